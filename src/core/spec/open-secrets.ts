import type { Refusal } from '../messages/refusals.ts';
import { writeOnly } from '../model/delta.ts';
import { secretIn } from '../model/secrets.ts';
import type { RolloutSpec } from './spec.ts';

/** Refuses a spec of which a record would keep a secret: those have fields of their own. */
export function refuseOpenSecrets({ change }: RolloutSpec): Refusal | undefined {
  for (const kind of ['set', 'add'] as const) {
    for (const [path, value] of Object.entries(change[kind] ?? {})) {
      const secret = secretIn(path, value);
      if (secret !== undefined) return writeOnly(`change.${kind}.${path}`, secret);
    }
  }
  return undefined;
}
