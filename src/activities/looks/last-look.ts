import { isOpenEnded, lastLookAt } from '../../core/health/last-look.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { waits } from '../../core/messages/waits.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { lastKnownAt } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import { lackingIn } from '../../core/run/membership.ts';
import { found, leave } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { observe } from './judge-rows.ts';
import { readEach } from './read-each.ts';

/** A healthy guest is healthy within minutes; whoever stopped a rollout wants the scale set soon. */
const LAST_LOOK_SECONDS = 180;

/** So many are asked for in one look. */
const MOST_ASKED = 10;

/**
 * Before a stopped rollout ends, instances that were under way are recorded by what they show. Returns the rows as they
 * are then.
 */
export async function takeLastLook(
  step: Step,
  rows: readonly LedgerRow[],
): Promise<OrLeave<readonly LedgerRow[]>> {
  const open = rows.filter((row) => isOpenEnded(row));
  if (open.length === 0) return found(rows);
  const { operations } = step.records;
  const seen = await step.compute.instances(step.address);
  const known = seen.kind === 'ok' ? await knownOf(step, open, seen.value) : new Map();
  const observation = { ...observe(step), now: step.clock.now() };
  const isLastCall = observation.now >= until(open, operations);
  const looked = rows.map((row): LedgerRow => {
    if (!isOpenEnded(row)) return row;
    const operation = operations.find(({ key }) => key === row.operation);
    const judged =
      seen.kind === 'ok' ? lastLookAt(row, known.get(row.instanceId), operation, observation) : row;
    return isLastCall && isOpenEnded(judged) ? { ...judged, ended: 'unknown' } : judged;
  });
  step.records.putRows(looked);
  const left = looked.filter((row) => isOpenEnded(row)).map(({ instanceId }) => instanceId);
  if (left.length === 0) return found(looked);
  const answer = await wait(step, {
    seconds: seen.kind === 'throttled' ? seen.retryAfterSeconds : step.pace.pollSeconds,
    phase: step.record.phase,
    waitingFor: { kind: 'health', message: waits.lastLook(left) },
  });
  return leave(answer);
}

/** What is known of the open rows: those that the list lacks are asked for one by one. */
async function knownOf(
  { compute, address }: Step,
  open: readonly LedgerRow[],
  listed: readonly Instance[],
): Promise<ReadonlyMap<string, Instance | 'missing'>> {
  const known = new Map<string, Instance | 'missing'>(listed.map((one) => [one.instanceId, one]));
  const ids = open.map(({ instanceId }) => instanceId);
  const own = await readEach(compute, address, lackingIn(listed, ids).slice(0, MOST_ASKED));
  if (own.kind !== 'ok') return known;
  for (const one of own.value.there) known.set(one.instanceId, one);
  for (const id of own.value.missing) known.set(id, 'missing');
  return known;
}

function until(rows: readonly LedgerRow[], operations: readonly Operation[]): number {
  const keys = new Set(rows.map(({ operation }) => operation));
  const ends = operations.filter(({ key }) => keys.has(key)).map((operation) => lastKnownAt(operation));
  return Math.max(0, ...ends) + LAST_LOOK_SECONDS * 1000;
}
