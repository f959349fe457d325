import type { Answer } from '../core/answer.ts';
import { isOpen } from '../core/operation.ts';
import type { Operation } from '../core/operation.ts';
import { readLedger, readOperations, writeOperation } from '../store/ledger.ts';
import { readPlan } from '../store/plans.ts';
import { begin } from './begin.ts';
import { finish, wait } from './brief.ts';
import type { Brief } from './brief.ts';
import { defineStep } from './define.ts';
import { followModel } from './follow-model.ts';
import { pollOperation, secondsUntilPoll } from './poll-operation.ts';
import { quarantineSeconds } from './ports.ts';
import type { Ports } from './ports.ts';

/**
 * Waits until nothing that this rollout has sent is still running: a new write would preempt it. Tells how far the
 * rollout has come.
 */
export const drainOperations = defineStep({
  name: 'drainOperations',
  async run(input, ports) {
    const begun = await begin(input, ports);
    return begun.kind === 'over' ? begun.answer : drain(begun.brief, ports);
  },
});

async function drain(brief: Brief, ports: Ports): Promise<Answer> {
  const { record, now } = brief;
  const phase = record.course.kind === 'back' ? 'rollingBack' : record.phase;
  const operations = await readOperations(ports.store, record.id);
  // What a rollback itself has sent is followed by its own steps.
  const isMeant = ({ kind, way }: Operation): boolean =>
    kind === 'upgrade' && (record.course.kind !== 'back' || way === 'forward');
  const open = operations.filter((operation) => isMeant(operation) && isOpen(operation));
  const polled = await Promise.all(open.map((operation) => pollOperation(operation, brief, ports)));
  const running = polled.filter(({ status }) => status === 'accepted');
  const unanswered = polled.filter(({ status }) => status === 'intended' || status === 'unknown');
  const young = unanswered.filter(
    ({ intendedAt }) => now - Date.parse(intendedAt) < quarantineSeconds(ports.pace) * 1000,
  );
  if (running.length > 0 || young.length > 0) {
    const seconds = running.length > 0 ? secondsUntilPoll(running, now) : ports.pace.pollSeconds;
    return wait(brief, ports, {
      seconds,
      phase,
      waitingFor: { kind: 'operation', message: 'waits for its own running operations to end' },
    });
  }
  for (const operation of unanswered) {
    await writeOperation(ports.store, record.id, {
      ...operation,
      status: 'abandoned',
      endedAt: new Date(now).toISOString(),
    });
  }
  return resolveModel(brief, ports);
}

/** A model write may have been on its way when the rollout turned: it counts if it arrived. */
async function resolveModel(brief: Brief, ports: Ports): Promise<Answer> {
  const { record } = brief;
  const rows = await readLedger(ports.store, record.id);
  // Batches that slide into each other may have been begun beyond the one that the record names.
  const touched = rows.filter((row) => row.touched).map(({ batch }) => batch);
  const reached = { kind: 'done', batch: Math.max(record.batch ?? 0, ...touched) } as const;
  const kept = record.modelState === 'before' ? await readPlan(ports.store, record.id) : undefined;
  if (kept === undefined || kept.plan.delta.length === 0) return reached;
  const operations = await readOperations(ports.store, record.id);
  if (!operations.some((operation) => operation.kind === 'model')) return reached;
  const phase = record.course.kind === 'back' ? 'rollingBack' : record.phase;
  const { delta } = kept.plan;
  const standing = await followModel(brief, ports, { kept, delta, way: 'forward', phase });
  if (standing.kind === 'over') return standing.answer;
  if (standing.kind === 'taken')
    await finish(brief, ports, { modelState: 'after', modelHash: standing.modelHash });
  return reached;
}
