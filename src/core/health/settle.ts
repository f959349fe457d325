import type { Instance } from '../instance/instances.ts';
import { looks } from '../messages/instances.ts';
import { evidenceOf } from '../record/evidence.ts';
import { INCONCLUSIVE, withFailure, withoutFailure } from '../record/failures.ts';
import { nextStep, whenGone } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { lastKnownAt, OPERATION_TIMEOUT, ownEndOf } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';
import { viewOf } from '../record/new-row.ts';
import { expectationOf, isLastStep, isProven } from './expectation.ts';
import { wellAt } from './first-look.ts';
import { lookAt } from './look.ts';
import type { Look } from './look.ts';
import type { Observation } from './observation.ts';
import { isOffMeanwhile, settleCold, settleOff } from './settle-off.ts';

/** How often one instance is sent to the service before it counts as failed. */
const MAX_ATTEMPTS = 3;

/**
 * Moves one instance's row on by what a look at it shows. `operation` is its latest write; none of its instances is
 * believed to be done only because the service says so.
 */
export function settleRow(
  row: LedgerRow,
  instance: Instance | undefined,
  operation: Operation,
  seen: Observation,
): LedgerRow {
  const next = moveOn(row, instance, operation, seen);
  if (instance === undefined || next.state !== 'failed' || next.failure === undefined) return next;
  const { healthyBySeconds, attempts } = next;
  const healthyBy =
    healthyBySeconds === undefined ? undefined : seen.now + (healthyBySeconds - seen.seconds) * 1000;
  const evidence = evidenceOf(instance, { now: seen.now, attempts, operation, healthyBy });
  return { ...next, failure: { ...next.failure, evidence } };
}

function moveOn(
  row: LedgerRow,
  instance: Instance | undefined,
  operation: Operation,
  seen: Observation,
): LedgerRow {
  const now = new Date(seen.now).toISOString();
  // fence I15: an instance that goes under way is no failure
  if (instance === undefined) return { ...whenGone(row), updatedAt: now };
  const shown = { ...row, ...viewOf(instance), updatedAt: now };
  const look = lookAt(instance, expectationOf(row, operation, seen));
  if (operation.error?.code === OPERATION_TIMEOUT && look.kind !== 'healthy') {
    return fail(shown, OPERATION_TIMEOUT, operation.error.message);
  }
  // fence I3: while an operation runs nothing of it is sent again
  if (operation.status === 'accepted') {
    // While the operation runs only success counts, and only of the last action: whatever else shows may still change,
    // and another write to the instance would end the operation for all.
    const mayBeDone = isLastStep(row) && row.isCold !== true;
    const isDone = mayBeDone && look.kind === 'healthy' && isProven(shown, operation, seen);
    return isDone
      ? settleHealthy(shown, { instance, operation, seen })
      : { ...withoutHealthySince(shown), state: 'upgrading' };
  }
  if (look.kind === 'settling' && isOffMeanwhile(instance, operation, seen)) return settleOff(shown, seen);
  return settleAs(look, shown, { instance, operation, seen });
}

function settleAs(look: Look, row: LedgerRow, { instance, operation, seen }: Sight): LedgerRow {
  switch (look.kind) {
    case 'failed':
      return fail(row, look.code, look.message);
    case 'untouched':
      return settleUntouched(row, operation, seen);
    case 'healthy':
      return isProven(row, operation, seen)
        ? settleHealthy(withDeadline(row, seen), { instance, operation, seen })
        : row;
    case 'unhealthy':
    case 'settling': {
      const isUnclear = look.kind === 'settling' && look.isUnclear === true;
      const late = look.kind === 'unhealthy' ? 'unhealthyAfterUpgrade' : 'unhealthyTimeout';
      const waiting = withoutHealthySince(withDeadline(row, seen));
      // fence I7: a guest that starts slowly ends no rollback
      if (row.direction === 'rollback' && late === 'unhealthyTimeout' && !isUnclear) return anew(waiting);
      return isUnclear
        ? unlessUnclear(waiting, seen, look.message)
        : unlessLate(waiting, seen, late, look.message);
    }
  }
}

/** Nothing shows: the views lag, or the write never arrived, or it was cut short, or it left this instance out. */
function settleUntouched(row: LedgerRow, operation: Operation, seen: Observation): LedgerRow {
  const { healthyBySeconds: _by, healthySince: _since, ...kept } = row;
  if (operation.status === 'lost') return { ...kept, state: 'pending', attempts: row.attempts - 1 };
  if (operation.status === 'intended' || operation.status === 'unknown') return row;
  // fence I13: an instance that the operation left out is sent again, when no view can lag any more
  if (seen.now - lastKnownAt(operation) < seen.viewLagSeconds * 1000) return row;
  // fence I3: an instance is tried three times at most
  if (row.attempts < MAX_ATTEMPTS) return { ...kept, state: 'pending' };
  const code = operation.status === 'preempted' ? 'preempted' : (operation.error?.code ?? 'notUpgraded');
  const words = operation.error?.message ?? looks.notUpgraded;
  return fail(row, code, looks.afterAttempts(row.attempts, words));
}

interface Sight {
  readonly instance: Instance;
  readonly operation: Operation;
  readonly seen: Observation;
}

function settleHealthy(row: LedgerRow, sight: Sight): LedgerRow {
  const { seen } = sight;
  if (!isLastStep(row)) return nextStep(row);
  if (row.isCold === true) return settleCold(row);
  const well = row.healthySince === undefined ? beginsWell(row, sight) : row;
  // fence I16: an instance is done only after it was healthy long enough
  if (seen.now - Date.parse(well.healthySince ?? '') < stableFor(well, seen) * 1000)
    return { ...well, state: 'settling' };
  return { ...withoutFailure(well), state: 'done' };
}

function beginsWell({ wellAt: _before, ...row }: LedgerRow, { instance, operation, seen }: Sight): LedgerRow {
  const at = wellAt(instance, seen);
  return {
    ...row,
    healthySince: new Date(wellSince(row, instance, { operation, seen })).toISOString(),
    ...(at !== undefined && { wellAt: new Date(at).toISOString() }),
  };
}

/**
 * Since when it is known to be well: since the time of the sign itself, as the service gives it, but not since before
 * the last action on it was over. Where its health has gone again, or few looks are taken, only what was seen counts.
 */
function wellSince(
  { lapses = 0 }: LedgerRow,
  { health }: Instance,
  { operation, seen }: Omit<Sight, 'instance'>,
): number {
  const isSeenSeldom = lapses > 0 || seen.looksBetween === false;
  if (isSeenSeldom || health?.at === undefined) return seen.now;
  const from = operation.status === 'accepted' ? lastKnownAt(operation) : ownEndOf(operation);
  return Number.isNaN(from) ? seen.now : Math.min(Math.max(health.at, from), seen.now);
}

/** The deadline counts from the first look after the operation's end. */
function withDeadline(row: LedgerRow, seen: Observation): LedgerRow {
  return {
    ...row,
    state: 'settling',
    healthyBySeconds: row.healthyBySeconds ?? seen.seconds + seen.timeoutSeconds,
  };
}

/** It is not well at this look; that it was at the last one is remembered against it. */
function withoutHealthySince({ healthySince, ...row }: LedgerRow): LedgerRow {
  return healthySince === undefined
    ? row
    : {
        ...row,
        // fence I16: one look at which it was not healthy begins the count anew
        lapses: (row.lapses ?? 0) + 1,
      };
}

/** Looks are samples: one whose health comes and goes must seem well the longer, the oftener it has lapsed. */
export function stableFor({ lapses = 0 }: LedgerRow, { stableSeconds }: Observation): number {
  return stableSeconds * (1 + Math.min(lapses, MOST_LAPSES));
}

const MOST_LAPSES = 3;

function unlessLate(row: LedgerRow, seen: Observation, code: string, message: string): LedgerRow {
  // fence I10: an instance that never gets well fails
  return seen.seconds >= (row.healthyBySeconds ?? Number.POSITIVE_INFINITY) ? fail(row, code, message) : row;
}

/** Its time begins when it has started. */
function anew({ healthyBySeconds: _by, ...row }: LedgerRow): LedgerRow {
  return row;
}

/** What a view lacks at the last moment it may show a moment later: nobody gives up before no view can lag. */
function unlessUnclear(row: LedgerRow, seen: Observation, message: string): LedgerRow {
  return unlessLate(row, { ...seen, seconds: seen.seconds - seen.viewLagSeconds }, INCONCLUSIVE, message);
}

function fail(row: LedgerRow, code: string, message: string): LedgerRow {
  return withFailure(row, { code, message });
}
