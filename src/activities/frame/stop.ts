import { failures } from '../../core/messages/failures.ts';
import type { Failure } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { turnTo } from './brief.ts';
import type { Brief } from './brief.ts';

/** Stops where it is: on the way back an operator must act. */
export async function stopFor(brief: Brief, failure: Failure): Promise<Answer> {
  const phase = brief.record.course.kind === 'back' ? 'failed' : 'halted';
  return turnTo(brief, { course: { kind: 'stop', phase }, failure, message: failure.message });
}

/** Somebody else has written the model: their change is never overwritten. `paths` are what they have changed. */
export async function stopForForeignModel(brief: Brief, paths: readonly string[]): Promise<Answer> {
  return stopFor(brief, {
    code: 'conflict',
    message: failures.foreignModel(paths),
    remedy: failures.foreignModelRemedy,
  });
}
