import type { InstanceAction } from '../actions/table.ts';
import { byInstanceId } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import { isOnTarget } from '../instance/serving.ts';
import { batchNames } from '../messages/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { newRow } from '../record/new-row.ts';
import type { BatchProgress, Direction } from '../record/rollout.ts';

export interface Joining {
  readonly rows: readonly LedgerRow[];
  readonly batches: readonly BatchProgress[];
}

interface Rollout {
  /** Every instance that the plan covers, skipped ones included. */
  readonly known: ReadonlySet<string>;
  readonly batches: readonly BatchProgress[];
  /** How many may be in one batch. */
  readonly most: number;
  readonly direction: Direction;
  /** The actions on all other instances. */
  readonly actions: readonly InstanceAction[];
  readonly image: string | undefined;
  readonly now: string;
}

/**
 * Instances that were added during the rollout and are not on its target model: autoscale created them before the model
 * was written, or a repair did while the model was different. They form batches of their own, at the end.
 */
export function joining(instances: readonly Instance[], rollout: Rollout): Joining {
  const { batches, most, direction, actions, now } = rollout;
  const joiners = instances
    .filter((instance) => joins(instance, rollout))
    .sort((a, b) => byInstanceId(a.instanceId, b.instanceId));
  const rows = joiners.map((instance, at) => {
    // fence I2: instances that joined go in batches no larger than may be down
    const batch = batches.length + Math.floor(at / most);
    // fence I15: instances that joined get the same actions as the others
    return newRow(instance, { batch, direction, actions, updatedAt: now });
  });
  const added = [...Map.groupBy(rows, ({ batch }) => batch)].map(([index, own]): BatchProgress => ({
    index,
    name: batchNames.joined,
    phase: 'pending',
    instances: own.map(({ instanceId }) => instanceId),
  }));
  return { batches: [...batches, ...added], rows };
}

function joins(instance: Instance, { known, image }: Rollout): boolean {
  return (
    !known.has(instance.instanceId) &&
    !instance.isProtected &&
    // fence I15: instances that came on the model are not upgraded again
    !isOnTarget(instance, image)
  );
}
