import { failures } from '../../core/messages/failures.ts';
import type { Failure } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { turnTo } from './turn.ts';
import type { Step } from './step.ts';

/** Stops where it is: on the way back an operator must act. */
export async function stopFor(step: Step, failure: Failure): Promise<Answer> {
  const phase = step.record.course.kind === 'back' ? 'failed' : 'halted';
  return turnTo(step, { course: { kind: 'stop', phase }, failure, message: failure.message });
}

/** Somebody else has written the model: their change is never overwritten. `paths` are what they have changed. */
export async function stopForForeignModel(step: Step, paths: readonly string[]): Promise<Answer> {
  return stopFor(step, {
    code: 'conflict',
    message: failures.foreignModel(paths),
    remedy: failures.foreignModelRemedy,
  });
}
