import { waits } from '../../core/messages/waits.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { Answer } from '../../core/run/answer.ts';
import { lostInARow, MOST_LOST, pauseAfterLost } from '../../core/run/lost.ts';
import { endUnanswered } from '../frame/access.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';

/** After each lost write the next one waits longer; after several, none is sent any more. */
export async function waitAfterLost(step: Step, phase: Phase): Promise<Answer | undefined> {
  const { batch, direction, now, records } = step;
  const upgrades = records.operations.filter(
    (operation) => operation.kind === 'upgrade' && operation.direction === direction,
  );
  const last = upgrades.findLast(({ status }) => status === 'lost');
  if (last === undefined) return undefined;
  const lost = lostInARow(upgrades, { ...last, key: AFTER_ALL });
  if (lost >= MOST_LOST) return endUnanswered(step, last);
  const left = secondsLeft(last, lost, now);
  if (left <= 0) return undefined;
  return wait(step, {
    seconds: left,
    phase,
    waitingFor: { kind: 'unreachable', batch, message: waits.writeLost(last.silence ?? '') },
  });
}

const AFTER_ALL = '~';

function secondsLeft({ endedAt, intendedAt }: Operation, lost: number, now: number): number {
  return pauseAfterLost(lost - 1) - (now - Date.parse(endedAt ?? intendedAt)) / 1000;
}
