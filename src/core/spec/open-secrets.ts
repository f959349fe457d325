import type { Refusal } from '../messages/refusals.ts';
import { writeOnly } from '../model/delta.ts';
import { secretIn } from '../model/secrets.ts';
import { writtenIn } from './change-checks.ts';
import type { RolloutSpec } from './spec.ts';

/** Refuses a spec of which a record would keep a secret: those have fields of their own. */
export function refuseOpenSecrets({ change }: Pick<RolloutSpec, 'change'>): Refusal | undefined {
  for (const { kind, path, value } of writtenIn(change)) {
    const secret = kind === 'remove' ? undefined : secretIn(path, value ?? null);
    if (secret !== undefined) return writeOnly(`change.${kind}.${path}`, secret, kind);
  }
  return undefined;
}
