import { failures } from '../../core/messages/failures.ts';
import type { Failure } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { redirect } from './redirect.ts';
import type { Step } from './step.ts';

/** Stops where it is: in a rollback an operator must act. */
export async function stopFor(step: Step, failure: Failure): Promise<Answer> {
  const phase = step.record.direction === 'rollback' ? 'failed' : 'halted';
  return redirect(step, { direction: 'stop', endsAs: phase, failure, message: failure.message });
}

/** Somebody else has written the model: their change is never overwritten. `paths` are what they have changed. */
export async function stopForForeignModel(step: Step, paths: readonly string[]): Promise<Answer> {
  return stopFor(step, {
    code: 'conflict',
    message: failures.foreignModel(paths),
    remedy: failures.foreignModelRemedy,
  });
}
