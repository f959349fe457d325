import { isOnlyInconclusive } from '../../core/health/batch-verdict.ts';
import { failureOf } from '../../core/health/causes.ts';
import { audit } from '../../core/messages/audit.ts';
import { failures } from '../../core/messages/failures.ts';
import { INCONCLUSIVE } from '../../core/record/failures.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { withBatch } from '../../core/record/progress.ts';
import type { Answer } from '../../core/run/answer.ts';
import { nothingToRestore } from '../../core/run/direction.ts';
import { finish } from './commit.ts';
import { waitWhilePaused } from './paused.ts';
import { redirect } from './redirect.ts';
import type { Step } from './step.ts';

export interface Breach {
  readonly failed: readonly LedgerRow[];
  readonly ledger: readonly LedgerRow[];
}

/**
 * More instances failed than the spec tolerates: rolls back, stops or waits for a person, as the spec says; and always
 * waits where their health could not be determined.
 */
export async function breach(step: Step, { failed, ledger }: Breach): Promise<Answer> {
  const { record } = step;
  const isUnclear = isOnlyInconclusive(ledger, failed, record.spec.health);
  const certain = failureOf(failed, {
    remedy: failures.breachRemedy(record.id),
  });
  const failure = isUnclear
    ? { ...certain, code: INCONCLUSIVE, remedy: failures.inconclusiveRemedy }
    : certain;
  const batches = withBatch(record.batches, step.batch, {
    phase: 'failed',
    endedAt: new Date(step.now).toISOString(),
  });
  // A failure that redirects the rollout ends the pause for one that did not.
  const changes = { failure, batches, counts: countRows(ledger), failedAfterCommand: undefined };
  const events = [
    {
      kind: 'failed' as const,
      batch: step.batch,
      instances: failed.map(({ instanceId }) => instanceId),
      message: `${failure.code}: ${failure.message}`,
    },
  ];
  switch (isUnclear ? 'pause' : record.spec.onFailure) {
    case 'rollback':
      // fence I7: a rollout that changed nothing in the model has nothing to go back to
      if (record.canRollBack === false) {
        const { message } = nothingToRestore();
        return redirect(step, { direction: 'stop', endsAs: 'halted', message }, { changes, events });
      }
      return redirect(step, { direction: 'rollback', message: audit.rollingBack }, { changes, events });
    case 'halt':
      return redirect(
        step,
        { direction: 'stop', endsAs: 'halted', message: audit.halted },
        { changes, events },
      );
    case 'pause': {
      const failedAfterCommand = step.standing.lastSequence;
      const paused = await finish(step, { ...changes, failedAfterCommand }, events);
      return waitWhilePaused({ ...paused, standing: { ...paused.standing, paused: true } });
    }
  }
}
