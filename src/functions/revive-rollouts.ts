import type { TimerHandler } from '@azure/functions';
import { reviveRollouts } from '../operations/revive-rollouts.ts';
import type { App } from './app.ts';
import { workflowsOf } from './workflow.ts';

/** The timer that looks after rollouts whose workflow was lost. */
export function reviveRolloutsTimer(app: App): TimerHandler {
  return async (_timer, context) => {
    await reviveRollouts(app.ports(), workflowsOf(context), (rollout, what) =>
      context.warn(`rollout ${rollout}: ${what}`),
    );
  };
}
