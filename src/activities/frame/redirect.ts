import type { RolloutEvent } from '../../core/record/events.ts';
import type { Answer } from '../../core/run/answer.ts';
import type { Redirection } from '../../core/run/direction.ts';
import { finish } from './commit.ts';
import type { Changes } from './commit.ts';
import type { Step } from './step.ts';

/** Redirects the whole rollout, in one commit with the reason: nothing may come between the two. */
export async function redirect(
  step: Step,
  redirection: Redirection,
  {
    changes: others,
    events = [],
  }: { readonly changes?: Changes; readonly events?: readonly RolloutEvent[] } = {},
): Promise<Answer> {
  const { message, ...heading } = redirection;
  const { direction } = heading;
  const changes = {
    ...others,
    ...heading,
    gate: undefined,
    ...(direction === 'stop' &&
      step.record.direction !== 'stop' && {
        stopping: { seconds: step.record.clock.seconds, afterCommand: step.standing.lastSequence },
      }),
    ...(direction === 'rollback' && {
      phase: 'rollingBack' as const,
      rollbackFromSeconds: step.record.clock.seconds,
    }),
  };
  await finish(step, changes, [...events, { kind: 'redirected', message }]);
  return { kind: 'redirected', direction };
}
