import { waits } from '../../core/messages/waits.ts';
import type { Answer } from '../../core/run/answer.ts';
import { readFreeze } from '../../store/freeze.ts';
import { keep } from './commit.ts';
import type { Step } from './step.ts';
import { wait } from './wait.ts';

/** Nothing is sent; what is under way continues, and reads continue. */
export async function waitWhileFrozen(step: Step): Promise<Answer> {
  const { record } = step;
  const freeze = await readFreeze(step.store);
  if (freeze === undefined) {
    await keep(step);
    return { kind: 'wait', seconds: 0, phase: record.phase };
  }
  return wait(step, {
    seconds: Number.POSITIVE_INFINITY,
    phase: phaseOf(step),
    waitingFor: { kind: 'freeze', message: waits.frozen(freeze.by, freeze.reason) },
  });
}

/** A rollout that stops no longer waits for its next batch. */
function phaseOf({ record: { direction, phase } }: Step) {
  if (direction === 'rollback') return 'rollingBack';
  return direction === 'forward' ? 'waiting' : phase;
}
