import { byInstanceId } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/power.ts';
import { isServing } from '../instance/serving.ts';
import type { PlannedBatch } from './batches.ts';

/** Targets that run and do not serve: nobody loses them, and the change may be what they need. */
export function unservingIn(targets: readonly Instance[]): readonly string[] {
  return targets
    .filter((one) => !isServing(one) && offStateOf(one) === undefined)
    .map(({ instanceId }) => instanceId)
    .sort(byInstanceId);
}

/** They join the first batch, behind its gate; a batch of which nobody is left is none. */
export function withUnservingFirst(
  batches: readonly PlannedBatch[],
  unserving: readonly string[],
): readonly PlannedBatch[] {
  const [first, ...others] = batches;
  if (first === undefined || unserving.length === 0) return batches;
  const isMoved = (id: string): boolean => unserving.includes(id);
  const joined = [...new Set([...first.instances, ...unserving])].sort(byInstanceId);
  const rest = others.map((batch) => ({ ...batch, instances: batch.instances.filter((id) => !isMoved(id)) }));
  return [{ ...first, instances: joined }, ...rest.filter(({ instances }) => instances.length > 0)].map(
    (batch, index) => ({ ...batch, index }),
  );
}
