import { isOnlyInconclusive } from '../../core/health/batch-verdict.ts';
import { failureOf } from '../../core/health/causes.ts';
import { INCONCLUSIVE } from '../../core/record/failures.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { withBatch } from '../../core/record/progress.ts';
import type { Answer } from '../../core/run/answer.ts';
import { nothingToRestore } from '../../core/run/course.ts';
import { finish, turnTo } from './brief.ts';
import type { Brief } from './brief.ts';
import type { StepInput } from './define.ts';
import { waitWhilePaused } from './paused.ts';

export interface Breach {
  readonly input: StepInput;
  readonly failed: readonly LedgerRow[];
  readonly ledger: readonly LedgerRow[];
}

/**
 * More instances failed than the spec tolerates: rolls back, stops or waits for a person, as the spec says; and always
 * waits where nobody can tell whether they are well.
 */
export async function breach(brief: Brief, { input, failed, ledger }: Breach): Promise<Answer> {
  const { record } = brief;
  const isUnclear = isOnlyInconclusive(ledger, failed, record.spec.health);
  const certain = failureOf(failed, {
    remedy: `see what happened with vmss-rollout explain ${record.id}, repair the image or the change, then start again`,
  });
  const failure = isUnclear ? { ...certain, code: INCONCLUSIVE, remedy: waysOn(record.id, failed) } : certain;
  const batches = withBatch(record.batches, input.batch, {
    phase: 'failed',
    endedAt: new Date(brief.now).toISOString(),
  });
  // A failure that turns the rollout ends the pause for one that did not.
  const changes = { failure, batches, counts: countRows(ledger), failedAfterCommand: undefined };
  const happenings = [
    {
      kind: 'failed',
      batch: input.batch,
      instances: failed.map(({ instanceId }) => instanceId),
      message: `${failure.code}: ${failure.message}`,
    },
  ];
  switch (isUnclear ? 'pause' : record.spec.onFailure) {
    case 'rollback':
      // fence I7: a rollout that changed nothing in the model has nothing to go back to
      if (record.canGoBack === false) {
        const halt = { kind: 'stop', phase: 'halted' } as const;
        return turnTo(brief, { course: halt, message: nothingToRestore().message }, { changes, happenings });
      }
      return turnTo(
        brief,
        { course: { kind: 'back' }, message: 'rolling back after the failure' },
        { changes, happenings },
      );
    case 'halt':
      return turnTo(
        brief,
        { course: { kind: 'stop', phase: 'halted' }, message: 'halted after the failure' },
        { changes, happenings },
      );
    case 'pause': {
      const failedAfterCommand = brief.standing.lastSequence;
      const paused = await finish(brief, { ...changes, failedAfterCommand }, happenings);
      return waitWhilePaused({ ...paused, standing: { ...paused.standing, paused: true } });
    }
  }
}

function waysOn(id: string, failed: readonly LedgerRow[]): string {
  const skipped = failed.map(({ instanceId }) => `--instance ${instanceId}`).slice(0, 5);
  return `look at the instances, then: vmss-rollout resume ${id} looks again, retry ${id} upgrades once more, skip ${id} ${skipped.join(' ')} leaves out (resume then goes on), rollback ${id} takes all back`;
}
