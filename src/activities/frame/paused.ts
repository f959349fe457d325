import { waits } from '../../core/messages/waits.ts';
import { INCONCLUSIVE } from '../../core/record/failures.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import type { Step } from './step.ts';
import { wait } from './wait.ts';

/** Nothing is sent while the rollout is paused; what is under way goes on. */
export async function waitWhilePaused(step: Step): Promise<Answer> {
  const { record, standing } = step;
  const why = standing.pausedBy === undefined ? pausedByFailure(record) : waits.pausedBy(standing.pausedBy);
  return wait(step, {
    seconds: Number.POSITIVE_INFINITY,
    phase: record.direction === 'rollback' ? 'rollingBack' : record.phase,
    waitingFor: { kind: 'resume', message: why },
  });
}

function pausedByFailure({ failure }: RolloutRecord): string {
  if (failure === undefined) return waits.pausedAfterNoFailure;
  return failure.code === INCONCLUSIVE
    ? waits.pausedInconclusive(failure.message)
    : waits.pausedAfterFailure(failure.code);
}

/** A batch whose failure paused the rollout is not left before a person has decided. */
export function holdsForDecision({ record, standing }: Step, rows: readonly LedgerRow[]): boolean {
  const isFailure = standing.paused && standing.pausedBy === undefined && record.failure !== undefined;
  return isFailure && rows.some(({ state }) => state === 'failed');
}
