import { createHmac } from 'node:crypto';

/** What a receiver needs to tell our requests from others', and a new one from one that is sent again. */
const HEADERS = {
  id: 'vmss-rollout-id',
  timestamp: 'vmss-rollout-timestamp',
  signature: 'vmss-rollout-signature',
} as const;

const LEAST_LENGTH = 32;

/** One secret, or two while one replaces the other; `undefined` where one is too short to sign with. */
export function secretsIn(setting: string): readonly string[] | undefined {
  const secrets = setting.split(',').map((secret) => secret.trim());
  return secrets.every(({ length }) => length >= LEAST_LENGTH) ? secrets : undefined;
}

/** HMAC-SHA256 of `timestamp.id.body`; with each of several secrets while one replaces another. */
export function signedHeaders(
  secrets: readonly string[],
  { id, body, seconds }: { readonly id: string; readonly body: string; readonly seconds: number },
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(seconds));
  const signatures = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${timestamp}.${id}.${body}`).digest('hex')}`,
  );
  return {
    [HEADERS.id]: id,
    [HEADERS.timestamp]: timestamp,
    [HEADERS.signature]: signatures.join(','),
  };
}
