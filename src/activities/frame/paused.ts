import { INCONCLUSIVE } from '../../core/record/failures.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { wait } from './wait.ts';
import type { Step } from './step.ts';

/** Nothing is sent while the rollout is paused; what is under way goes on. */
export async function waitWhilePaused(step: Step): Promise<Answer> {
  const { record, standing } = step;
  const why =
    standing.pausedBy === undefined
      ? pausedByFailure(record)
      : `paused by ${standing.pausedBy}: vmss-rollout resume ${record.id}`;
  return wait(step, {
    seconds: Number.POSITIVE_INFINITY,
    phase: record.course.kind === 'back' ? 'rollingBack' : record.phase,
    waitingFor: { kind: 'resume', message: why },
  });
}

function pausedByFailure({ id, failure }: RolloutRecord): string {
  if (failure === undefined)
    return `paused after a failure of which nothing is left: vmss-rollout resume ${id}`;
  if (failure.code === INCONCLUSIVE) {
    return `paused because nobody can tell whether the change is well (${failure.message}): vmss-rollout resume ${id} looks again; or retry, skip or rollback ${id}`;
  }
  return `paused after a failure (${failure.code}): vmss-rollout retry ${id}, resume ${id} or rollback ${id}`;
}

/** A batch with a failure that has paused the rollout is not left behind before a person has decided. */
export function holdsForDecision({ record, standing }: Step, rows: readonly LedgerRow[]): boolean {
  const isFailure = standing.paused && standing.pausedBy === undefined && record.failure !== undefined;
  return isFailure && rows.some(({ state }) => state === 'failed');
}
