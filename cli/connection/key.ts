import { isLoopback } from './address.ts';
import { UsageError } from '../errors.ts';
import { connection as words } from '../messages/connection.ts';

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
    throw new UsageError(words.noKey);
  }
  const address = URL.parse(url);
  if (address?.protocol === 'http:' && !isLoopback(address.hostname)) {
    throw new UsageError(words.keyOverHttp);
  }
  return key;
}
