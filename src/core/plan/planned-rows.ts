import { leavesOff } from '../actions/asked.ts';
import type { Instance } from '../instance/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { newRow } from '../record/new-row.ts';
import { rowOf } from '../record/off-rows.ts';
import type { Plan } from './plan.ts';
import { plannedActions, plannedDisks } from './planned-work.ts';

/** The ledger that a rollout begins with: a row for each instance of each batch. */
export function plannedRows(plan: Plan, instances: readonly Instance[], now: string): readonly LedgerRow[] {
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  return plan.batches.flatMap((batch) =>
    batch.instances.map((id) => {
      const instance = known.get(id);
      if (instance === undefined)
        throw new Error(`the plan names instance ${id}, which it was not made from`);
      return rowFor(plan, instance, { batch: batch.index, now });
    }),
  );
}

function rowFor(
  plan: Plan,
  instance: Instance,
  { batch, now }: { readonly batch: number; readonly now: string },
): LedgerRow {
  const { instanceId } = instance;
  const off = plan.switchedOff?.find(({ instance: id }) => id === instanceId);
  const actions = plannedActions(plan, instanceId);
  return {
    ...newRow(instance, { batch, direction: 'forward', actions, updatedAt: now }),
    ...rowOf(actions, off),
    ...(off === undefined && leavesOff(actions) && { isCold: true as const }),
    ...plannedDisks(plan, instanceId),
    ...(plan.unserving?.includes(instanceId) === true && { unserving: true as const }),
  };
}
