import type { OrchestrationContext, Task } from 'durable-functions';
import type { StepInput } from '../activities/frame/input.ts';
import { closeRollout } from '../activities/steps/close-rollout.ts';
import { openGate } from '../activities/steps/open-gate.ts';
import { planRestoration } from '../activities/steps/plan-restoration.ts';
import { restoreLeftGuards } from '../activities/steps/restore-left-guards.ts';
import { followRunbook, untilRedirected } from './runbook.ts';
import type { Runbook } from './runbook.ts';

/** Restores the guards that an ended rollout left held; takes nothing down, and changes nothing else. */
export function* guardRestoration(context: OrchestrationContext): Generator<Task, void> {
  yield* followRunbook(context, function* (runbook) {
    let direction = yield* untilRedirected(restoration(runbook));
    // There is nothing to roll back: what was started is followed to its end, and the rest stays held.
    while (direction !== undefined) direction = yield* untilRedirected(leaveOff(runbook, direction));
  });
}

function* restoration(runbook: Runbook): Generator<Task, void> {
  const forward = { batch: 0, direction: 'forward' } as const;
  yield* runbook.until(planRestoration, forward);
  yield* runbook.until(openGate, forward);
  yield* leaveOff(runbook, forward.direction);
}

function* leaveOff(runbook: Runbook, direction: StepInput['direction']): Generator<Task, void> {
  while ((yield* runbook.until(restoreLeftGuards, { batch: 0, direction })).kind === 'again');
  yield* runbook.until(closeRollout, { batch: 0, direction });
}
