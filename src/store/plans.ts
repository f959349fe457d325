import type { Model } from '../core/model/model.ts';
import type { Plan } from '../core/plan/plan.ts';
import { seal, unsealText } from './formats/format.ts';
import { keptPlan } from './formats/plan.ts';
import type { Store } from './port.ts';

/**
 * The plan and the model as it was before, kept together so that they always belong to each other. Encrypted, since a
 * model holds keys and signed URLs in the settings of its extensions.
 */
export interface KeptPlan {
  readonly plan: Plan;
  readonly snapshot: Model;
}

export async function readPlan({ blobs, cipher }: Store, rollout: string): Promise<KeptPlan | undefined> {
  const name = nameOf(rollout);
  const text = await blobs.read(name);
  if (text === undefined) return undefined;
  return unsealText(cipher.decrypt(text, name), keptPlan, `the plan of rollout ${rollout}`);
}

/** Written once and never again: whoever comes second gets what the first has kept. */
export async function keepPlan(store: Store, rollout: string, kept: KeptPlan): Promise<KeptPlan> {
  const name = nameOf(rollout);
  const text = store.cipher.encrypt(JSON.stringify(seal(kept)), name);
  if (await store.blobs.create(name, text)) return kept;
  // fence I20: a plan that was kept stays, also when the process died over it
  return (await readPlan(store, rollout)) ?? kept;
}

export async function dropPlan({ blobs }: Store, rollout: string): Promise<void> {
  await blobs.remove(nameOf(rollout));
}

function nameOf(rollout: string): string {
  return `plans/${rollout}`;
}
