import type { Model } from '../core/model/model.ts';
import type { Plan } from '../core/plan/plan.ts';
import { seal, unsealText } from './formats/format.ts';
import { keptPlan } from './formats/plan.ts';
import type { Store } from './port.ts';

/** The plan and the model as it was before, kept together so that they always belong to each other. */
export interface KeptPlan {
  readonly plan: Plan;
  readonly snapshot: Model;
}

export async function readPlan({ blobs }: Store, rollout: string): Promise<KeptPlan | undefined> {
  const text = await blobs.read(nameOf(rollout));
  return text === undefined ? undefined : unsealText(text, keptPlan, `the plan of rollout ${rollout}`);
}

/** Written once and never again: whoever comes second gets what the first has kept. */
export async function keepPlan(store: Store, rollout: string, kept: KeptPlan): Promise<KeptPlan> {
  if (await store.blobs.create(nameOf(rollout), JSON.stringify(seal(kept)))) return kept;
  // fence I20: a plan that was kept stays, also when the process died over it
  return (await readPlan(store, rollout)) ?? kept;
}

function nameOf(rollout: string): string {
  return `plans/${rollout}`;
}
