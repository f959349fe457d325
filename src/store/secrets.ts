import type { Secrets } from '../core/spec/hidden.ts';
import type { Store } from './port.ts';

/** Kept apart from every record, only from the request until the model has them. */
export async function keepSecrets({ blobs }: Store, rollout: string, secrets: Secrets): Promise<void> {
  await blobs.create(nameOf(rollout), JSON.stringify(secrets));
}

export async function readSecrets({ blobs }: Store, rollout: string): Promise<Secrets> {
  const text = await blobs.read(nameOf(rollout));
  return text === undefined ? {} : (JSON.parse(text) as Secrets);
}

export async function dropSecrets({ blobs }: Store, rollout: string): Promise<void> {
  await blobs.remove(nameOf(rollout));
}

function nameOf(rollout: string): string {
  return `secrets/${rollout}`;
}
