import { InvalidArgumentError } from 'commander';

export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('Write a port, 1 to 65535.');
  return port;
}

export function parseScale(text: string): number {
  const scale = Number(text);
  if (!(scale > 0) || !Number.isFinite(scale)) throw new InvalidArgumentError('Write a number above 0.');
  return scale;
}

export function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

export function parseInstances(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 1000) throw new InvalidArgumentError('Write 1 to 1000.');
  return count;
}

export function addScaleSet(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*:\d{1,4}$/.test(text))
    throw new InvalidArgumentError('Write it as NAME:COUNT.');
  return [...before, text];
}

/** No credential is ever sent over plain http, and the simulator's kind of it is for this machine only. */
export function parseArm(text: string): string {
  const url = URL.parse(text);
  const loopback = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) {
    throw new InvalidArgumentError('Write an https URL, or plain http on the loopback.');
  }
  return url.href.replace(/\/$/, '');
}
