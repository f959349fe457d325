import { BlockList, isIP } from 'node:net';

/*
 * Which addresses the app may be led to by a name. What IANA lists as not globally reachable is refused, and so is all of
 * IPv6 outside global unicast: an address in IPv4 has many forms there.
 * https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry
 */

const NOT_GLOBAL_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // The platform's own: DNS, health probes and the agent of every machine in Azure.
  ['168.63.129.16', 32],
] as const;

const GLOBAL_6 = ['2000::', 3] as const;
const NOT_GLOBAL_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const;

const refused4 = new BlockList();
for (const [net, prefix] of NOT_GLOBAL_4) refused4.addSubnet(net, prefix, 'ipv4');
const global6 = new BlockList();
global6.addSubnet(...GLOBAL_6, 'ipv6');
const refused6 = new BlockList();
for (const [net, prefix] of NOT_GLOBAL_6) refused6.addSubnet(net, prefix, 'ipv6');

/** Whether anybody on the Internet can have this address: no machine of a private network, none of the platform. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused4.check(address, 'ipv4');
    case 6:
      return global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Whether it is this machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
