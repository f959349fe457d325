import type { Pass } from '../../azure/port.ts';
import type { Freeze } from '../../core/record/freeze.ts';
import type { Lease } from '../../core/record/lease.ts';
import { standingOf } from '../../core/run/standing.ts';
import { readFreeze } from '../../store/freeze.ts';
import { readLease } from '../../store/leases.ts';
import { readRollout } from '../../store/rollouts.ts';
import type { Step } from './step.ts';

/** Why a write is not sent; the next look at the records says what that means for the rollout. */
export type Barrier =
  | 'frozen'
  | 'paused'
  | 'redirected'
  | 'leaseLost'
  | 'gateClosed'
  | 'recordMoved'
  | 'stalled';

export interface Fences {
  /** Whether it belongs to a batch, whose gate must stand open. */
  readonly opens?: boolean;
  /** Whether it takes nothing down, and is asked for while the rollout is paused. */
  readonly protects?: boolean;
}

export type Look =
  | { readonly kind: 'held'; readonly barrier: Barrier }
  | { readonly kind: 'free'; readonly pass: Pass };

/**
 * The last look: right before a write is sent, reads everything that may forbid it again: freeze, lease, pause, commands,
 * approval, and whether anybody else has moved the record since this step wrote it. If nobody has, whatever the step has
 * checked of the record still holds.
 */
export async function takeLook(step: Step, fences: Fences = {}): Promise<Look> {
  const { record, store, clock } = step;
  const { id, scaleSet } = record;
  const pass = { lookedAt: clock.now() };
  const [lease, stored, freeze] = await Promise.all([
    readLease(store, scaleSet),
    readRollout(store, id),
    readFreeze(store),
  ]);
  const barrier = barrierTo(step, fences, { lease, stored, freeze });
  return barrier === undefined ? { kind: 'free', pass } : { kind: 'held', barrier };
}

interface Seen {
  readonly lease: Lease | undefined;
  readonly freeze: Freeze | undefined;
  readonly stored: Pick<Step, 'record' | 'etag' | 'commands'> | undefined;
}

function barrierTo(
  step: Step,
  { opens = true, protects = false }: Fences,
  { lease, stored, freeze }: Seen,
): Barrier | undefined {
  const { id, fencingToken } = step.record;
  if (
    stored === undefined ||
    // fence I3: nobody sends what he decided from a record that has moved
    stored.etag !== step.etag
  )
    return 'recordMoved';
  // fence I8: nobody writes who does not hold the lease
  if (
    lease?.rolloutId !== id ||
    // fence I8: nobody writes with an old fencing token
    lease.token !== fencingToken
  )
    return 'leaseLost';
  // fence I5: nothing is written while everything is frozen
  if (freeze !== undefined) return 'frozen';
  // Leaving an instance alone applies whatever else was asked for in the meantime.
  if (protects) return undefined;
  const { record, commands } = stored;
  // fence I20: nothing is sent without a plan
  if (record.planHash === undefined) return 'redirected';
  const standing = standingOf(record, commands);
  const isRedirected =
    standing.wants === 'abort' || (standing.wants === 'rollback' && step.direction === 'forward');
  // fence I5: an abort or rollback that comes in the last moment stops the write
  if (isRedirected && step.direction !== 'stop') return 'redirected';
  // fence I5: a pause that comes in the last moment stops the write
  if (standing.paused) return 'paused';
  // fence I4: nothing is sent for a batch whose gate is not open
  if (step.direction === 'forward' && opens && record.openBatch !== step.batch) return 'gateClosed';
  return undefined;
}
