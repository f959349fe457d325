import { standingOf } from '../../core/run/standing.ts';
import { readLease } from '../../store/leases.ts';
import { readRollout } from '../../store/rollouts.ts';
import type { Brief } from './brief.ts';
import type { StepInput } from './define.ts';
import type { Ports } from './ports.ts';

/** Why a write is not sent; the next look at the records says what that means for the rollout. */
export type Barrier = 'paused' | 'turned' | 'leaseLost' | 'notOpened' | 'recordMoved';

/**
 * Reads everything that may forbid a write once more, last thing before it is sent: lease, pause, commands, approval,
 * and whether anybody else has moved the record since this step wrote it; what the step has checked of the record
 * holds otherwise. `opens`: the write belongs to a batch, whose gate must stand open. `protects`: it takes nothing
 * down, and is asked for while the rollout is paused.
 */
export async function barrierTo(
  input: StepInput,
  brief: Brief,
  { store }: Ports,
  { opens = true, protects = false }: { readonly opens?: boolean; readonly protects?: boolean } = {},
): Promise<Barrier | undefined> {
  const { id, scaleSet, fencingToken } = brief.record;
  const [lease, stored] = await Promise.all([readLease(store, scaleSet), readRollout(store, id)]);
  if (
    stored === undefined ||
    // fence I3: nobody sends what he decided from a record that has moved
    stored.etag !== brief.etag
  )
    return 'recordMoved';
  // fence I8: nobody writes who does not hold the lease
  if (
    lease?.rolloutId !== id ||
    // fence I8: nobody writes with an old fencing token
    lease.token !== fencingToken
  )
    return 'leaseLost';
  // That an instance be left alone holds whatever else was asked for meanwhile.
  if (protects) return undefined;
  const { record, commands } = stored;
  // fence I20: nothing is sent without a plan
  if (record.planHash === undefined) return 'turned';
  const standing = standingOf(record, commands);
  const isTurned = standing.wants === 'abort' || (standing.wants === 'rollback' && input.way === 'forward');
  // fence I5: an abort or rollback that comes in the last moment stops the write
  if (isTurned && input.way !== 'stop') return 'turned';
  // fence I5: a pause that comes in the last moment stops the write
  if (standing.paused) return 'paused';
  // fence I4: nothing is sent for a batch whose gate is not open
  if (input.way === 'forward' && opens && record.opened !== input.batch) return 'notOpened';
  return undefined;
}
