import { z } from 'zod';
import type { Secrets } from '../core/spec/hidden.ts';
import { seal, unsealText } from './formats/format.ts';
import { secrets as values } from './formats/plan.ts';
import type { Store } from './port.ts';

const format = z.strictObject({ secrets: values });

/** Kept apart from every record, from the request to the end of the rollout: until then Azure may repeat them. */
export async function keepSecrets(
  { blobs, cipher }: Store,
  rollout: string,
  secrets: Secrets,
): Promise<void> {
  const name = nameOf(rollout);
  await blobs.create(name, cipher.encrypt(JSON.stringify(seal({ secrets })), name));
}

export async function readSecrets({ blobs, cipher }: Store, rollout: string): Promise<Secrets> {
  const name = nameOf(rollout);
  const text = await blobs.read(name);
  if (text === undefined) return {};
  return unsealText(cipher.decrypt(text, name), format, `what rollout ${rollout} keeps apart`).secrets;
}

export async function dropSecrets({ blobs }: Store, rollout: string): Promise<void> {
  await blobs.remove(nameOf(rollout));
}

/** Rollouts of which something is kept apart, at most `top`. */
export async function listSecrets({ blobs }: Store, top: number): Promise<readonly string[]> {
  return (await blobs.list(PREFIX, top)).map((name) => name.slice(PREFIX.length));
}

const PREFIX = 'secrets/';

function nameOf(rollout: string): string {
  return `${PREFIX}${rollout}`;
}
