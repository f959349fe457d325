import { viewOf } from '../health/expectation.ts';
import { byInstanceId } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import { isOnTarget } from '../instance/serving.ts';
import { batchNames } from '../messages/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { BatchProgress, Direction } from '../record/rollout.ts';

export interface Joining {
  readonly rows: readonly LedgerRow[];
  readonly batches: readonly BatchProgress[];
}

/**
 * Instances that came while the rollout ran and are not on the model that it brings the others to: autoscale made them
 * before the model was written, or a repair while it was another one. They make batches of their own, at the end.
 */
export function joining(
  instances: readonly Instance[],
  {
    known,
    batches,
    most,
    direction,
    image,
    now,
  }: {
    /** Everybody whom the plan has dealt with, skipped ones included. */
    readonly known: ReadonlySet<string>;
    readonly batches: readonly BatchProgress[];
    /** How many may be in one batch. */
    readonly most: number;
    readonly direction: Direction;
    readonly image: string | undefined;
    readonly now: string;
  },
): Joining {
  const joiners = instances
    .filter(
      (instance) =>
        !known.has(instance.instanceId) &&
        !instance.isProtected &&
        // fence I15: instances that came on the model are not upgraded again
        !isOnTarget(instance, image),
    )
    .sort((a, b) => byInstanceId(a.instanceId, b.instanceId));
  const added: BatchProgress[] = [];
  for (let from = 0; from < joiners.length; from += most) {
    // fence I2: instances that joined go in batches no larger than may be down
    const ids = joiners.slice(from, from + most).map(({ instanceId }) => instanceId);
    added.push({
      index: batches.length + added.length,
      name: batchNames.joined,
      phase: 'pending',
      instances: ids,
    });
  }
  const batchOf = new Map(added.flatMap(({ index, instances: ids }) => ids.map((id) => [id, index])));
  return {
    batches: [...batches, ...added],
    rows: joiners.map((instance) => ({
      instanceId: instance.instanceId,
      name: instance.name,
      batch: batchOf.get(instance.instanceId) ?? 0,
      direction,
      state: 'pending',
      actions: ['upgrade'],
      actionsDone: 0,
      touched: false,
      imageBefore: instance.image,
      imageNow: instance.image,
      attempts: 0,
      updatedAt: now,
      ...(instance.updateDomain !== undefined && { updateDomain: instance.updateDomain }),
      ...(instance.faultDomain !== undefined && { faultDomain: instance.faultDomain }),
      ...(instance.zone !== undefined && { zone: instance.zone }),
      ...(instance.vmId !== undefined && { vmId: instance.vmId }),
      ...viewOf(instance),
    })),
  };
}
