import { leavesNone } from '../actions/asked.ts';
import { isAtRest } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { isUntracked } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';
import { expectationOf, isProven } from './expectation.ts';
import { lookAt } from './look.ts';
import type { Observation } from './observation.ts';

/**
 * Rows that an open write names but does not show as under way: the app died between writing down the write and the
 * rows. The write counts, whether it was sent or not.
 */
export function adopt(rows: readonly LedgerRow[], operations: readonly Operation[]): readonly LedgerRow[] {
  const open = operations.filter(
    ({ kind, status }) => kind === 'upgrade' && (status === 'intended' || status === 'unknown'),
  );
  return rows.map((row) => {
    const operation = open.find(
      ({ instances, direction }) => direction === row.direction && instances.includes(row.instanceId),
    );
    // fence I9: what a write that the app died over names counts as sent
    if (operation === undefined || row.state !== 'pending') return row;
    return {
      ...row,
      state: 'upgrading',
      operation: operation.key,
      attempts: row.attempts + 1,
      touched: true,
    };
  });
}

const SINGLE = { actions: ['upgrade'], actionsDone: 0 } as const;

/**
 * Judges a write without an answer by what its instances show: one that changes proves that it arrived; when after a
 * while none does, it never did.
 */
export function judgeUnanswered(
  operation: Operation,
  { rows, instances }: { readonly rows: readonly LedgerRow[]; readonly instances: readonly Instance[] },
  seen: Observation,
): Operation {
  if (operation.status !== 'intended' && operation.status !== 'unknown') return operation;
  const named = instances.filter(({ instanceId }) => operation.instances.includes(instanceId));
  const now = new Date(seen.now).toISOString();
  const age = seen.now - Date.parse(operation.intendedAt);
  const shows = (instance: Instance): boolean => {
    const row = rows.find(({ instanceId }) => instanceId === instance.instanceId);
    const { kind } = lookAt(instance, expectationOf(row ?? SINGLE, operation, seen));
    if (kind === 'settling' || kind === 'failed') return true;
    if (kind === 'untouched') return false;
    // A row that is done by this look must not leave its own write open: the next batch would wait for it for ever.
    const isDone = row !== undefined && isProven(row, operation, seen);
    return isDone || age >= seen.lostWriteSeconds * 1000;
  };
  // fence I12: a write without an answer that shows at an instance has arrived
  if (named.some((instance) => shows(instance))) {
    return { ...operation, status: 'abandoned', acceptedAt: operation.intendedAt, endedAt: now };
  }
  // fence I12: a write without an answer is not given up before it can no longer take effect
  return age >= seen.lostWriteSeconds * 1000 ? { ...operation, status: 'lost', endedAt: now } : operation;
}

/** Views of before the write are gone by then, also of what the service began late. */
const LAGS = 2;

/**
 * Judges an accepted write that cannot be followed: it is over when every one of its instances shows it and is at rest.
 * One that shows nothing may still be waiting for its turn.
 */
export function judgeUntracked(
  operation: Operation,
  { rows, instances }: { readonly rows: readonly LedgerRow[]; readonly instances: readonly Instance[] },
  seen: Observation,
): Operation {
  if (!isUntracked(operation)) return operation;
  const age = seen.now - Date.parse(operation.acceptedAt ?? operation.intendedAt);
  const named = instances.filter(({ instanceId }) => operation.instances.includes(instanceId));
  const isGone = named.length === 0 && operation.action !== undefined && leavesNone([operation.action]);
  if (age < LAGS * seen.viewLagSeconds * 1000 || (named.length === 0 && !isGone)) return operation;
  const isOver = named.every((instance) => {
    const row = rows.find(({ instanceId }) => instanceId === instance.instanceId);
    const { kind } = lookAt(instance, expectationOf(row ?? SINGLE, operation, seen));
    return kind !== 'untouched' && isAtRest(instance);
  });
  // fence I12: what cannot be followed is over only when its instances show it
  if (!isOver) return operation;
  return { ...operation, status: 'abandoned', endedAt: new Date(seen.now).toISOString() };
}
