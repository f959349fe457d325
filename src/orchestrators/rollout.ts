import type { OrchestrationContext, Task } from 'durable-functions';
import { applyModel } from '../activities/steps/apply-model.ts';
import { bringUp } from '../activities/steps/bring-up.ts';
import type { StepDefinition } from '../activities/define-step.ts';
import type { StepInput } from '../activities/frame/input.ts';
import { closeRollout } from '../activities/steps/close-rollout.ts';
import { drainOperations } from '../activities/steps/drain-operations.ts';
import { restoreGuards } from '../activities/steps/restore-guards.ts';
import { holdGuards } from '../activities/steps/hold-guards.ts';
import { openGate } from '../activities/steps/open-gate.ts';
import { planRollout } from '../activities/steps/plan-rollout.ts';
import { restoreModel } from '../activities/steps/restore-model.ts';
import { settleBatch } from '../activities/steps/settle-batch.ts';
import { slideBatches } from '../activities/steps/slide-batches.ts';
import { soakBatch } from '../activities/steps/soak-batch.ts';
import { takeInJoiners } from '../activities/steps/take-in-joiners.ts';
import { upgradeBatch } from '../activities/steps/upgrade-batch.ts';
import { followRunbook, untilRedirected } from './runbook.ts';
import type { Again, Done, Due, Following, Runbook } from './runbook.ts';

/** Rolls one change out over one scale set, batch by batch; rolls back or stops where a step says so. */
export function* rollout(context: OrchestrationContext): Generator<Task, void> {
  yield* followRunbook(context, function* (runbook, { batch = 0 }) {
    const direction = yield* untilRedirected(goForward(runbook, batch));
    if (direction === undefined) return;
    if (direction === 'rollback' && (yield* untilRedirected(rollBack(runbook))) === undefined) return;
    yield* stop(runbook);
  });
}

/** The steps of each batch. */
const STEPS = [openGate, upgradeBatch, settleBatch, soakBatch];

/** Sliding also does the work of the batches after this one; they find only what it gave up. */
const SLIDING_STEPS = [openGate, slideBatches, upgradeBatch, settleBatch, soakBatch];

/** Once only, after the gate of the first batch and before anything is done to an instance. */
const MODEL_STEPS = [holdGuards, applyModel];

/** What follows the plan, whatever it is. */
const FIRST = [openGate, ...MODEL_STEPS];

function* goForward(runbook: Runbook, from: number): Generator<Task, void> {
  const direction = 'forward';
  const plan = yield* runbook.until(planRollout, { batch: from, direction }, { due: dueFor(FIRST, from) });
  const steps = plan.kind === 'done' && plan.slides === true ? SLIDING_STEPS : STEPS;
  let due = [...FIRST, ...steps.slice(1)];
  let batches = batchesOf(plan);
  for (let first = from; ;) {
    for (let batch = first; batch < Math.max(batches, 1);) {
      const after =
        batch + 1 < batches ? dueFor(steps, batch + 1) : [...dueFor([takeInJoiners], batches), ...END];
      const next = yield* rollBatch(runbook, batch, due, { due: after, batches });
      if (next > batch) due = steps;
      batch = next;
    }
    first = batches;
    const joined = yield* runbook.until(takeInJoiners, { batch: batches, direction }, { due: END, batches });
    batches = batchesOf(joined);
    if (batches > first) continue;
    const closed = yield* end(runbook, direction);
    // Otherwise an instance of an earlier batch has to be sent again.
    if (closed.kind === 'done') return;
    first = 0;
  }
}

/** Guards first, so that the end can name those that stay held. */
const END = dueFor([restoreGuards, closeRollout], 0);

function dueFor(steps: readonly StepDefinition[], batch: number): readonly Due[] {
  return steps.map((step) => ({ step, batch }));
}

function batchesOf(answer: Done | Again): number {
  return answer.kind === 'done' ? (answer.batches ?? 0) : 0;
}

/**
 * Takes one batch through all its steps; `after` is what follows. Returns the batch that comes next: the same one if
 * part of it has to be sent again, or an earlier one that is not over.
 */
function* rollBatch(
  runbook: Runbook,
  batch: number,
  steps: readonly StepDefinition[],
  after: Following,
): Generator<Task, number> {
  for (const [index, step] of steps.entries()) {
    const due = [...dueFor(steps.slice(index + 1), batch), ...after.due];
    const answer = yield* runbook.until(step, { batch, direction: 'forward' }, { ...after, due });
    if (answer.kind === 'again') return batch;
    if (answer.batch !== undefined && answer.batch < batch) return answer.batch;
  }
  return batch + 1;
}

/** Restores the model first, then rolls back every touched instance, latest batch first. */
function* rollBack(runbook: Runbook): Generator<Task, void> {
  const direction = 'rollback';
  const drained = yield* runbook.until(drainOperations, { batch: 0, direction });
  yield* runbook.until(restoreModel, { batch: 0, direction });
  const { batch: furthest = 0 } = drained.kind === 'done' ? drained : {};
  for (let batch = furthest; batch >= 0; batch -= 1) {
    while (!(yield* upgradeAndSettle(runbook, batch, direction)));
  }
  // Untouched instances only if a policy stays held until they have the restored model too, or if they joined on the new.
  const batches = batchesOf(yield* runbook.until(takeInJoiners, { batch: 0, direction }));
  for (let batch = furthest + 1; batch < batches; batch += 1) {
    while (!(yield* upgradeAndSettle(runbook, batch, direction)));
  }
  yield* end(runbook, direction);
}

function* upgradeAndSettle(
  runbook: Runbook,
  batch: number,
  direction: 'rollback' | 'stop',
): Generator<Task, boolean> {
  yield* runbook.until(
    upgradeBatch,
    { batch, direction },
    {
      due: dueFor([settleBatch], batch),
    },
  );
  const settled = yield* runbook.until(settleBatch, { batch, direction });
  return settled.kind !== 'again';
}

/** Starts nothing new: waits for what is under way, then starts instances that the rollout itself took down. */
function* stop(runbook: Runbook): Generator<Task, void> {
  const direction = 'stop';
  yield* untilRedirected(runbook.until(drainOperations, { batch: 0, direction }));
  yield* untilRedirected(bringUpAgain(runbook));
  yield* untilRedirected(restoreAllGuards(runbook, direction));
  yield* runbook.until(closeRollout, { batch: 0, direction });
}

function* bringUpAgain(runbook: Runbook): Generator<Task, void> {
  const direction = 'stop';
  const found = yield* runbook.until(bringUp, { batch: 0, direction });
  const batches = found.kind === 'done' ? (found.batches ?? 0) : 0;
  for (let batch = 0; batch < batches; batch += 1) {
    while (!(yield* upgradeAndSettle(runbook, batch, direction)));
  }
}

function* end(runbook: Runbook, direction: 'forward' | 'rollback'): Generator<Task, Done | Again> {
  yield* restoreAllGuards(runbook, direction);
  return yield* runbook.until(closeRollout, { batch: 0, direction });
}

function* restoreAllGuards(runbook: Runbook, direction: StepInput['direction']): Generator<Task, void> {
  const next = { due: dueFor([closeRollout], 0) };
  while ((yield* runbook.until(restoreGuards, { batch: 0, direction }, next)).kind === 'again');
}
