import type { Answer } from '../core/answer.ts';
import { judgeBatch } from '../core/batch-verdict.ts';
import type { Instance } from '../core/instances.ts';
import { countRows, isUnderWay } from '../core/ledger.ts';
import type { LedgerRow } from '../core/ledger.ts';
import type { Operation } from '../core/operation.ts';
import { patience } from '../core/patience.ts';
import { withBatch } from '../core/progress.ts';
import type { Phase } from '../core/rollout.ts';
import { adopt, judgeUnanswered, secondsUntilLate, secondsUntilStable, settleRow } from '../core/settle.ts';
import type { Observation } from '../core/settle.ts';
import { readLedger, readOperations, writeLedger, writeOperation } from '../store/ledger.ts';
import { begin } from './begin.ts';
import { finish, wait } from './brief.ts';
import type { Brief } from './brief.ts';
import { breach } from './breach.ts';
import { defineStep } from './define.ts';
import type { StepInput } from './define.ts';
import { addressOf } from './model-write.ts';
import { endOverdue, pollOperation, secondsUntilPoll } from './poll-operation.ts';
import { quarantineSeconds } from './ports.ts';
import type { Ports } from './ports.ts';
import { readOrWait } from './reads.ts';

/** Follows a batch's operations to their end, then looks at every instance until each is well, failed, or sent anew. */
export const settleBatch = defineStep({
  name: 'settleBatch',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { id } = brief.record;
    const [ledger, all] = await Promise.all([readLedger(ports.store, id), readOperations(ports.store, id)]);
    const ours = all.filter((operation) => operation.batch === input.batch && operation.way === input.way);
    const rows = adopt(ledger, ours).filter((row) => row.batch === input.batch && row.way === input.way);
    if (!rows.some((row) => isUnderWay(row))) {
      // The process may have died between noting failed rows and acting on them.
      const failed = newFailures({ input, rows, ledger }, brief);
      if (failed !== undefined) return breach(brief, ports, { input, ledger, failed });
      return conclude(brief, ports, { input, rows, ledger });
    }

    const operations = await Promise.all(ours.map((operation) => pollOperation(operation, brief, ports)));
    const ended = operations.map((operation) => endOverdue(operation, brief));
    const running = ended.filter(({ status }) => status === 'accepted');
    if (running.length > 0) return waitForOperations(brief, ports, input, running);
    return look(brief, ports, { input, rows, ledger, before: operations, operations: ended });
  },
});

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
  running: readonly Operation[],
): Promise<Answer> {
  const ids = running.flatMap(({ instances }) => instances);
  return wait(brief, ports, {
    seconds: secondsUntilPoll(running, brief.now),
    phase: input.way === 'back' ? 'rollingBack' : 'upgrading',
    waitingFor: {
      kind: 'operation',
      batch: input.batch,
      message: `Azure upgrades instances ${ids.join(', ')}`,
    },
  });
}

async function look(
  brief: Brief,
  ports: Ports,
  {
    before,
    operations,
    ...batch
  }: Batch & { readonly before: readonly Operation[]; readonly operations: readonly Operation[] },
): Promise<Answer> {
  const phase: Phase = batch.input.way === 'back' ? 'rollingBack' : 'settling';
  const seen = await readOrWait(brief, ports, {
    name: 'instances',
    phase,
    read: () => ports.compute.instances(addressOf(brief)),
  });
  if (seen.kind === 'no') return seen.answer;
  const observation = observe(brief, ports);
  const judged = operations.map((operation) =>
    judgeUnanswered(operation, { rows: batch.rows, instances: seen.value }, observation),
  );
  await Promise.all(
    judged
      .filter((operation, index) => operation !== before[index])
      .map((operation) => writeOperation(ports.store, brief.record.id, operation)),
  );
  const rows = settleRows(batch.rows, seen.value, { operations: judged, observation });
  await writeLedger(ports.store, brief.record.id, rows);
  const changed = new Map(rows.map((row) => [row.instanceId, row]));
  const ledger = batch.ledger.map((row) => changed.get(row.instanceId) ?? row);
  const after = { input: batch.input, rows, ledger };
  const failed = newFailures(after, brief);
  if (failed !== undefined) return breach(brief, ports, { ...after, failed });
  if (!rows.some((row) => isUnderWay(row))) return conclude(brief, ports, after);

  const waiting = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  const { record, now } = brief;
  const least = ports.pace.pollSeconds;
  const pause = patience(record.waitingFor, 'health', { now, least, most: 60 });
  return wait(brief, ports, {
    seconds: secondsUntilStable(rows, observation) ?? Math.min(pause, secondsUntilLate(rows, observation)),
    phase,
    waitingFor: {
      kind: 'health',
      batch: batch.input.batch,
      message: `instances ${waiting.join(', ')} are settling`,
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

function observe({ record, now }: Brief, { pace }: Ports): Observation {
  const { stableSeconds, timeoutSeconds } = record.spec.health;
  return {
    now,
    seconds: record.clock.seconds,
    image: record.targetImage,
    disruptive: record.disruptive === true,
    quarantineSeconds: quarantineSeconds(pace),
    viewLagSeconds: pace.viewLagSeconds,
    stableSeconds,
    timeoutSeconds,
  };
}

function settleRows(
  rows: readonly LedgerRow[],
  instances: readonly Instance[],
  {
    operations,
    observation,
  }: { readonly operations: readonly Operation[]; readonly observation: Observation },
): readonly LedgerRow[] {
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  return rows.map((row) => {
    const operation = operations.find(({ key }) => key === row.operation);
    if (!isUnderWay(row)) return row;
    // No write of this way is known for it: it has to be sent.
    if (operation === undefined) return { ...row, state: 'pending' };
    return settleRow(row, known.get(row.instanceId), operation, observation);
  });
}

/** Nothing is under way any more: the batch is sent once more for what is left of it, or it is over. */
async function conclude(brief: Brief, ports: Ports, { input, rows, ledger }: Batch): Promise<Answer> {
  const { record, now } = brief;
  const isLeft = rows.some(({ state }) => state === 'pending');
  const counts = countRows(ledger);
  if (isLeft) {
    await finish(brief, ports, { counts });
    return { kind: 'again' };
  }
  const at = new Date(now).toISOString();
  const isBack = input.way === 'back';
  const current = record.batches[input.batch];
  const isKnown = isBack ? current?.phase === 'rolledBack' : current?.settledAt !== undefined;
  if (current === undefined || isKnown) return { kind: 'done' };
  const batches = isBack
    ? withBatch(record.batches, input.batch, rows.length === 0 ? {} : { phase: 'rolledBack', endedAt: at })
    : withBatch(record.batches, input.batch, { settledAt: at });
  const message = `batch ${input.batch} has settled`;
  const happenings = rows.length === 0 ? [] : [{ kind: 'settled', batch: input.batch, message }];
  await finish(brief, ports, { counts, batches }, happenings);
  return { kind: 'done' };
}
