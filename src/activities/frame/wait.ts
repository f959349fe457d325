import { setClock } from '../../core/record/active-clock.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { WaitingFor, WaitKind } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { keepsDenial, triesOf } from '../../core/run/vain.ts';
import { save } from './commit.ts';
import type { Changes } from './commit.ts';
import type { Step } from './step.ts';

export interface Wait {
  readonly seconds: number;
  readonly phase: Phase;
  readonly waitingFor: Omit<WaitingFor, 'since' | 'tries'>;
  /** Whether it only waits out what an earlier answer asked for: that is not a new attempt. */
  readonly isHold?: boolean;
  readonly changes?: Changes;
  readonly events?: readonly RolloutEvent[];
}

/** A sleep is never longer than this, since the event that would end it early may be lost. */
const LONGEST_SLEEP_SECONDS = 300;

/** What others let happen: that time counts against no deadline. */
const FOR_OTHERS: readonly WaitKind[] = ['approval', 'window', 'freeze', 'queue'];

/** Goes to sleep, and records why. */
export async function wait(step: Step, { changes, events, isHold, ...plan }: Wait): Promise<Answer> {
  const { record, standing } = step;
  // fence I17: a lost wake-up costs no more than some minutes
  const seconds = Math.min(Math.max(1, Math.ceil(plan.seconds)), LONGEST_SLEEP_SECONDS);
  const { waitingFor: before } = record;
  const { kind } = plan.waitingFor;
  const tries = isHold === true && before?.kind === kind ? before.tries : triesOf(kind, before);
  // Whatever Azure does not answer, it is one outage.
  const isSame = before?.kind === kind && (tries !== undefined || before.batch === plan.waitingFor.batch);
  const since = isSame ? before.since : new Date(step.now).toISOString();
  // fence I6: the time of a pause counts against no deadline
  const running = !standing.paused && !FOR_OTHERS.includes(kind);
  await save(
    step,
    {
      phase: plan.phase,
      waitingFor: { ...plan.waitingFor, since, ...(tries !== undefined && { tries }) },
      ...(!keepsDenial(kind) && { denied: undefined }),
      clock: setClock(record.clock, running, seconds),
      shortSince: undefined,
      ...changes,
    },
    events,
  );
  return { kind: 'wait', seconds, phase: plan.phase };
}
