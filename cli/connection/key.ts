import { isLoopback } from './address.ts';
import { UsageError } from '../errors.ts';

/**
 * The key of the function app, from `VMSS_ROLLOUT_KEY`: never an argument, which every user of the machine could read.
 * It belongs to the app that is named, and goes to no other. Its value stands in no message.
 */
export function functionKey(
  url: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const key = (env['VMSS_ROLLOUT_KEY'] ?? '').trim();
  if (key === '' || url === undefined || url === '') return undefined;
  if (!/^[\x21-\x7E]{1,1024}$/.test(key)) {
    throw new UsageError('VMSS_ROLLOUT_KEY is no key of a function app: it holds blanks or other signs');
  }
  const address = URL.parse(url);
  if (address?.protocol === 'http:' && !isLoopback(address.hostname)) {
    throw new UsageError('VMSS_ROLLOUT_KEY is never sent over plain http: name the app with https');
  }
  return key;
}
