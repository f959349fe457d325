import { judgeBatch } from '../../core/health/batch-verdict.ts';
import { firstLookAt, settledWithin } from '../../core/health/first-look.ts';
import {
  secondsUntilFirstStable,
  secondsUntilLate,
  secondsUntilStable,
} from '../../core/health/settle-times.ts';
import { adopt } from '../../core/health/unanswered.ts';
import { instancesNamed, isOrAre } from '../../core/messages/named.ts';
import { countRows, isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import { withBatch } from '../../core/record/progress.ts';
import type { Answer } from '../../core/run/answer.ts';
import { patience } from '../../core/run/patience.ts';
import { secondsUntilPoll } from '../../core/run/polling.ts';
import { begin } from '../begin.ts';
import { breach } from '../frame/breach.ts';
import { finish, keep, wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { defineStep } from '../frame/define.ts';
import type { StepInput } from '../frame/define.ts';
import { holdsForDecision, waitWhilePaused } from '../frame/paused.ts';
import type { Ports } from '../frame/ports.ts';
import { follow, judge, observe } from '../looks/judge-rows.ts';
import type { Followed } from '../looks/judge-rows.ts';
import { pollPace } from '../looks/poll-operation.ts';
import { readOpen } from '../looks/read-open.ts';
import { pagesOf, readOrWait } from '../looks/reads.ts';

/** Follows a batch's operations to their end, then looks at every instance until each is well, failed, or sent anew. */
export const settleBatch = defineStep({
  name: 'settleBatch',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { rows: ledger, operations: all } = brief.records;
    const ours = all.filter((operation) => isOnBatch(operation, ledger, input));
    const rows = adopt(ledger, ours).filter((row) => row.batch === input.batch && row.way === input.way);
    if (!rows.some((row) => isUnderWay(row))) {
      // Disks that Azure refused have failed their instance in the step before.
      const failed = newFailures({ input, rows, ledger }, brief);
      // fence I21: an instance whose disks Azure refused ends the way forward
      if (failed !== undefined) return breach(brief, { input, ledger, failed });
      if (input.way === 'forward' && holdsForDecision(brief, rows)) return waitWhilePaused(brief);
      return conclude(brief, { input, rows, ledger });
    }

    if (input.way === 'forward' && isReopened(brief, input)) return { kind: 'again' };
    const { before, operations } = await follow(ours, brief, ports, all);
    const running = operations.filter(({ status }) => status === 'accepted');
    // fence I2: the next batch waits until the one before has settled
    if (running.length > 0) return waitForOperations(brief, ports, input, { running, all });
    const early = await waitForGuests(brief, ports, { input, rows, operations });
    if (early !== undefined) return early;
    return look(brief, ports, { input, rows, ledger, before, operations });
  },
});

/** Looked at again after its gate was closed: it goes through all its steps once more. */
function isReopened({ record }: Brief, { batch }: StepInput): boolean {
  const { phase, settledAt } = record.batches[batch] ?? {};
  return phase === 'upgrading' && settledAt === undefined && record.opened !== batch;
}

/** Not by the batch that it was sent for: one that slid may have reached into this one. */
function isOnBatch(
  { kind, way, instances }: Operation,
  ledger: readonly LedgerRow[],
  input: StepInput,
): boolean {
  return (
    kind === 'upgrade' &&
    way === input.way &&
    ledger.some((row) => row.batch === input.batch && instances.includes(row.instanceId))
  );
}

interface Batch {
  readonly input: StepInput;
  /** The batch's own rows. */
  readonly rows: readonly LedgerRow[];
  readonly ledger: readonly LedgerRow[];
}

async function waitForOperations(
  brief: Brief,
  ports: Ports,
  input: StepInput,
  { running, all }: { readonly running: readonly Operation[]; readonly all: readonly Operation[] },
): Promise<Answer> {
  const ids = running.flatMap(({ instances }) => instances);
  return wait(brief, {
    seconds: secondsUntilPoll(running, brief.now, pollPace(brief, ports, all)),
    phase: input.way === 'back' ? 'rollingBack' : 'upgrading',
    waitingFor: {
      kind: 'operation',
      batch: input.batch,
      message: `Azure upgrades ${instancesNamed(ids)}`,
    },
  });
}

/** Right after an operation's end the guests still start: a look then would only cost requests. */
async function waitForGuests(
  brief: Brief,
  ports: Ports,
  { input, rows, operations }: Pick<Batch, 'input' | 'rows'> & { readonly operations: readonly Operation[] },
): Promise<Answer | undefined> {
  const { settleSeconds, disruptive = false } = brief.record;
  const { viewLagSeconds } = ports.pace;
  const seconds =
    (firstLookAt(rows, operations, { settleSeconds, viewLagSeconds, disruptive }) - brief.now) / 1000;
  if (seconds <= 0) return undefined;
  const ids = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  return wait(brief, {
    seconds,
    phase: input.way === 'back' ? 'rollingBack' : 'settling',
    waitingFor: {
      kind: 'health',
      batch: input.batch,
      message: `${instancesNamed(ids)} ${isOrAre(ids)} starting`,
    },
  });
}

async function look(
  brief: Brief,
  ports: Ports,
  { before, operations, ...batch }: Batch & Followed,
): Promise<Answer> {
  const phase: Phase = batch.input.way === 'back' ? 'rollingBack' : 'settling';
  const seen = await readOrWait(brief, {
    name: 'instances',
    phase,
    read: () => readOpen(brief, ports, batch.rows),
  });
  if (seen.kind === 'no') return seen.answer;
  const observation = observe(brief, ports);
  const { rows } = judge(brief, {
    before,
    operations,
    rows: batch.rows,
    instances: seen.value,
    observation,
  });
  const changed = new Map(rows.map((row) => [row.instanceId, row]));
  const ledger = batch.ledger.map((row) => changed.get(row.instanceId) ?? row);
  const after = { input: batch.input, rows, ledger };
  const failed = newFailures(after, brief);
  // fence I21: a breach turns the rollout before anything else is sent
  if (failed !== undefined) return breach(brief, { ...after, failed });
  if (!rows.some((row) => isUnderWay(row))) {
    return conclude(brief, { ...after, settleSeconds: settledWithin(rows, operations) });
  }

  const waiting = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  const { record, now } = brief;
  // A look at a large set costs many requests: it is taken when some of its instances may be done.
  const worthIt = pagesOf(brief) > 1 ? secondsUntilFirstStable(rows, observation) : undefined;
  const least = Math.max(ports.pace.pollSeconds, worthIt ?? 0);
  const pause = patience(record.waitingFor, 'health', { now, least, most: 60 });
  return wait(brief, {
    seconds: secondsUntilStable(rows, observation) ?? Math.min(pause, secondsUntilLate(rows, observation)),
    phase,
    waitingFor: {
      kind: 'health',
      batch: batch.input.batch,
      message: `${instancesNamed(waiting)} ${isOrAre(waiting)} settling`,
    },
    changes: {
      counts: countRows(ledger),
      ...(batch.input.way === 'forward' && {
        batches: withBatch(record.batches, batch.input.batch, { phase: 'settling' }),
      }),
    },
  });
}

/** The failures that end the way forward. One that has paused the rollout before does not pause it again. */
function newFailures({ input, rows }: Batch, { record }: Brief): readonly LedgerRow[] | undefined {
  if (input.way !== 'forward') return undefined;
  const failed = judgeBatch(rows, record.spec.health);
  const isNew = failed?.some(({ instanceId }) => record.failure?.instances?.includes(instanceId) !== true);
  return isNew === true ? failed : undefined;
}

/** Nothing is under way any more: the batch is sent once more for what is left of it, or it is over. */
async function conclude(
  brief: Brief,
  { input, rows, ledger, settleSeconds }: Batch & { readonly settleSeconds?: number | undefined },
): Promise<Answer> {
  const { record, now } = brief;
  const isLeft = rows.some(({ state }) => state === 'pending');
  const counts = countRows(ledger);
  if (isLeft) {
    await finish(brief, { counts });
    return { kind: 'again' };
  }
  const at = new Date(now).toISOString();
  const isBack = input.way === 'back';
  const current = record.batches[input.batch];
  const isKnown = isBack ? current?.phase === 'rolledBack' : current?.settledAt !== undefined;
  if (current === undefined || isKnown) {
    await keep(brief);
    return { kind: 'done' };
  }
  const batches = isBack
    ? withBatch(record.batches, input.batch, rows.length === 0 ? {} : { phase: 'rolledBack', endedAt: at })
    : withBatch(record.batches, input.batch, { settledAt: at });
  const message = `batch ${input.batch} has settled`;
  const happenings = rows.length === 0 ? [] : [{ kind: 'settled', batch: input.batch, message }];
  const learned = settleSeconds === undefined ? {} : { settleSeconds };
  await finish(brief, { counts, batches, ...learned }, happenings);
  return { kind: 'done' };
}
