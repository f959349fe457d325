import { isIP } from 'node:net';

/** Where notices may go: hosts by name, or `*.` and the domain above them. */
export interface Allowed {
  readonly hosts: readonly string[];
  /** For development: this machine, by http too, on any port. */
  readonly loopback: boolean;
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The address of a target, where notices may go there: by https, on its port, to a host by an allowed name. */
export function targetUrl(text: string, { hosts, loopback }: Allowed): URL | undefined {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return undefined;
  if (loopback && LOOPBACK_NAMES.has(url.hostname) && /^https?:$/.test(url.protocol)) return url;
  // fence V9: a notice leaves by https alone, to the port of that
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  // fence V9: no host is called by its address
  if (!isName(url.hostname)) return undefined;
  // fence V9: a notice goes to no host that no admin has allowed
  if (!hosts.some((host) => isOf(url.hostname, host))) return undefined;
  return url;
}

/** A number in any form is an address: the URL's parser has made it one with dots. */
function isName(hostname: string): boolean {
  return !hostname.startsWith('[') && isIP(hostname) === 0;
}

function isOf(hostname: string, host: string): boolean {
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
}
