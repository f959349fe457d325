import { takesDown } from './actions.ts';
import { evidenceOf } from './evidence.ts';
import { INCONCLUSIVE, withFailure, withoutFailure } from './failures.ts';
import { lookAt } from './health.ts';
import type { Expectation } from './health.ts';
import type { Instance } from './instances.ts';
import { nextStep } from './ledger.ts';
import type { LedgerRow } from './ledger.ts';
import type { Operation } from './operation.ts';
import { isOffMeanwhile, settleCold, settleOff } from './settle-off.ts';
import type { OffPolicy } from './switched-off.ts';

/** How often one instance is sent to the service before it counts as failed. */
const MAX_ATTEMPTS = 3;

/** The error of an operation that was not waited for any longer. */
export const OPERATION_TIMEOUT = 'operationTimeout';

/** All that judging a row takes beside the row itself. */
export interface Observation {
  readonly now: number;
  /** Reading of the rollout's active clock. */
  readonly seconds: number;
  readonly image: string | undefined;
  readonly disruptive: boolean;
  /** How long views may show what was; also how long a lost write may still take effect. */
  readonly quarantineSeconds: number;
  readonly viewLagSeconds: number;
  readonly stableSeconds: number;
  /** Whether there is time and room to look at instances while they are to stay well. */
  readonly looksBetween?: boolean;
  readonly timeoutSeconds: number;
  /** What becomes of an instance that somebody has deallocated meanwhile; absent: it is skipped. */
  readonly offPolicy?: OffPolicy;
}

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
  if (instance === undefined) return { ...row, state: 'gone', updatedAt: now };
  const shown = { ...row, ...viewOf(instance), updatedAt: now };
  const look = lookAt(instance, expectationOf(row, operation, seen));
  if (operation.status === 'accepted') {
    // While the operation runs only success counts, and only of the last action: whatever else shows may still change,
    // and another write to the instance would end the operation for all.
    const mayBeDone = isLastStep(row) && row.isCold !== true;
    const isDone = mayBeDone && look.kind === 'healthy' && isProven(shown, operation, seen);
    return isDone ? settleHealthy(shown, seen) : { ...withoutHealthySince(shown), state: 'upgrading' };
  }
  if (operation.error?.code === OPERATION_TIMEOUT && look.kind !== 'healthy') {
    return fail(shown, OPERATION_TIMEOUT, operation.error.message);
  }
  if (look.kind === 'settling' && isOffMeanwhile(instance, operation, seen)) return settleOff(shown, seen);
  switch (look.kind) {
    case 'failed':
      return fail(shown, look.code, look.message);
    case 'untouched':
      return settleUntouched(shown, operation, seen);
    case 'healthy':
      return isProven(shown, operation, seen) ? settleHealthy(withDeadline(shown, seen), seen) : shown;
    case 'unhealthy':
      return unlessLate(
        withoutHealthySince(withDeadline(shown, seen)),
        seen,
        'unhealthyAfterUpgrade',
        look.message,
      );
    case 'settling':
      return unlessLate(
        withoutHealthySince(withDeadline(shown, seen)),
        seen,
        look.isUnclear === true ? INCONCLUSIVE : 'unhealthyTimeout',
        look.message,
      );
  }
}

/** What the instance's own views show, for whoever asks. */
export function viewOf(instance: Instance): Partial<LedgerRow> {
  return {
    imageNow: instance.image,
    latestModelApplied: instance.latestModelApplied,
    provisioningState: instance.provisioningState,
    ...(instance.power !== undefined && { power: instance.power }),
    ...(instance.health !== undefined && { health: instance.health.state }),
  };
}

function isLastStep({ actions, step }: Pick<LedgerRow, 'actions' | 'step'>): boolean {
  return step >= actions.length - 1;
}

/** What a row's instance must show after this write to it. */
export function expectationOf(
  {
    actions,
    step,
    disks,
    isCold = false,
  }: Pick<LedgerRow, 'actions' | 'step' | 'disks'> & { readonly isCold?: boolean },
  operation: Operation,
  { image, disruptive }: Pick<Observation, 'image' | 'disruptive'>,
): Expectation {
  const action = operation.action ?? 'upgrade';
  return {
    action,
    // Disks are attached to an instance that is well, not to one that may be about to fail.
    isLast: isLastStep({ actions, step }) || actions[step + 1] === 'dataDisks',
    image,
    disks,
    disruptive: takesDown(action, disruptive),
    isCold,
    since: Date.parse(operation.acceptedAt ?? operation.intendedAt),
  };
}

/** Nothing shows: the views lag, or the write never arrived, or it was cut short, or it left this instance out. */
function settleUntouched(row: LedgerRow, operation: Operation, seen: Observation): LedgerRow {
  const { healthyBySeconds: _by, healthySince: _since, ...kept } = row;
  if (operation.status === 'lost') return { ...kept, state: 'pending', attempts: row.attempts - 1 };
  if (operation.status === 'intended' || operation.status === 'unknown') return row;
  const endedAt = Date.parse(operation.endedAt ?? operation.intendedAt);
  if (seen.now - endedAt < seen.viewLagSeconds * 1000) return row;
  if (row.attempts < MAX_ATTEMPTS) return { ...kept, state: 'pending' };
  const code = operation.status === 'preempted' ? 'preempted' : (operation.error?.code ?? 'notUpgraded');
  const words = operation.error?.message ?? 'the service left it as it was';
  return fail(row, code, `after ${row.attempts} attempts: ${words}`);
}

/**
 * Whether what is seen can be no view from before the write: the new image proves it, else only time does. A view of
 * before the model's change says that the latest model is applied, too.
 */
export function isProven(
  { imageBefore }: LedgerRow,
  { action, endedAt, intendedAt }: Operation,
  seen: Observation,
): boolean {
  // A power state or a younger provisioning time is proof in itself.
  if (action !== undefined && action !== 'upgrade' && action !== 'dataDisks') return true;
  // Disks may have been there before, and a late view shows them again.
  if (action !== 'dataDisks' && seen.image !== undefined && seen.image !== imageBefore) return true;
  return seen.now - Date.parse(endedAt ?? intendedAt) >= seen.viewLagSeconds * 1000;
}

function settleHealthy(row: LedgerRow, seen: Observation): LedgerRow {
  if (!isLastStep(row)) return nextStep(row);
  if (row.isCold === true) return settleCold(row);
  const since = row.healthySince ?? new Date(seen.now).toISOString();
  if (seen.now - Date.parse(since) < stableFor(row, seen) * 1000)
    return { ...row, state: 'settling', healthySince: since };
  return { ...withoutFailure(row), state: 'done', healthySince: since };
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
  return healthySince === undefined ? row : { ...row, lapses: (row.lapses ?? 0) + 1 };
}

/** Looks are samples: one whose health comes and goes must seem well the longer, the oftener it has lapsed. */
function stableFor({ lapses = 0 }: LedgerRow, { stableSeconds }: Observation): number {
  return stableSeconds * (1 + Math.min(lapses, MOST_LAPSES));
}

const MOST_LAPSES = 3;

function unlessLate(row: LedgerRow, seen: Observation, code: string, message: string): LedgerRow {
  return seen.seconds >= (row.healthyBySeconds ?? Number.POSITIVE_INFINITY) ? fail(row, code, message) : row;
}

function fail(row: LedgerRow, code: string, message: string): LedgerRow {
  return withFailure(row, { code, message });
}

/** Seconds until a row may be done without anything new happening; `undefined` when that depends on the service. */
export function secondsUntilStable(rows: readonly LedgerRow[], seen: Observation): number | undefined {
  const settling = rows.filter((row) => row.state === 'settling');
  const waits = settling.map((row) =>
    row.healthySince === undefined ? undefined : secondsUntilLook(row, Date.parse(row.healthySince), seen),
  );
  if (waits.length === 0 || waits.includes(undefined)) return undefined;
  return Math.max(1, Math.ceil(Math.max(...waits.map((wait) => wait ?? 0))));
}

/** At uneven shares of the time, so that nothing that comes and goes evenly is always seen well. */
const LOOKS = [0.27, 0.52, 0.83];

function secondsUntilLook(row: LedgerRow, since: number, seen: Observation): number {
  const needed = stableFor(row, seen);
  const passed = (seen.now - since) / 1000;
  const looks = seen.looksBetween === true ? LOOKS.map((share) => share * needed) : [];
  return (looks.find((at) => at - passed >= 1) ?? needed) - passed;
}

/** Seconds until the first row may be done; `undefined` when none is well yet. */
export function secondsUntilFirstStable(rows: readonly LedgerRow[], seen: Observation): number | undefined {
  const waits = rows
    .filter((row) => row.state === 'settling' && row.healthySince !== undefined)
    .map((row) => stableFor(row, seen) - (seen.now - Date.parse(row.healthySince ?? '')) / 1000);
  return waits.length === 0 ? undefined : Math.max(1, Math.ceil(Math.min(...waits)));
}

/** Seconds until the first deadline of a row is over; at least 1. */
export function secondsUntilLate(rows: readonly LedgerRow[], { seconds }: Observation): number {
  const left = rows
    .filter((row) => row.state === 'settling')
    .map((row) => (row.healthyBySeconds ?? Number.POSITIVE_INFINITY) - seconds);
  return Math.max(1, Math.ceil(Math.min(...left)));
}

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
      ({ instances, way }) => way === row.way && instances.includes(row.instanceId),
    );
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

const SINGLE = { actions: ['upgrade'], step: 0 } as const;

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
    return (
      kind === 'settling' || kind === 'failed' || (kind !== 'untouched' && age >= seen.viewLagSeconds * 1000)
    );
  };
  if (named.some((instance) => shows(instance))) {
    return { ...operation, status: 'abandoned', acceptedAt: operation.intendedAt, endedAt: now };
  }
  return age >= seen.quarantineSeconds * 1000 ? { ...operation, status: 'lost', endedAt: now } : operation;
}
