import { failures } from '../../core/messages/failures.ts';
import type { Answer } from '../../core/run/answer.ts';
import { RecordMovedError } from '../../store/rollouts.ts';
import { keep } from './commit.ts';
import type { Barrier } from './fence.ts';
import { waitWhileFrozen } from './frozen.ts';
import { waitWhilePaused } from './paused.ts';
import type { Step } from './step.ts';
import { stopFor } from './stop.ts';

/** What a step answers when a fence stopped its write: nothing was sent. */
export async function answerTo(barrier: Barrier, step: Step): Promise<Answer> {
  switch (barrier) {
    case 'frozen':
      return waitWhileFrozen(step);
    case 'paused':
      return waitWhilePaused({ ...step, standing: { ...step.standing, paused: true } });
    case 'leaseLost':
      return stopFor(step, {
        code: 'leaseLost',
        message: failures.leaseLost,
        remedy: failures.leaseLostRemedy,
      });
    case 'redirected':
    case 'stalled':
      await keep(step);
      return { kind: 'wait', seconds: 0, phase: step.record.phase };
    case 'gateClosed':
      await keep(step);
      return { kind: 'again' };
    case 'recordMoved':
      throw new RecordMovedError(`somebody else works on rollout ${step.record.id}`);
  }
}
