import { isOnlyInconclusive } from '../../core/health/batch-verdict.ts';
import { failureOf } from '../../core/health/causes.ts';
import { audit } from '../../core/messages/audit.ts';
import { failures } from '../../core/messages/failures.ts';
import { INCONCLUSIVE } from '../../core/record/failures.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { withBatch } from '../../core/record/progress.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { nothingToRestore } from '../../core/run/direction.ts';
import type { Redirection } from '../../core/run/direction.ts';
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
  const certain = failureOf(failed, { remedy: failures.breachRemedy(record.id) });
  const failure = isUnclear
    ? { ...certain, code: INCONCLUSIVE, remedy: failures.inconclusiveRemedy }
    : certain;
  const event = {
    kind: 'failed',
    batch: step.batch,
    instances: failed.map(({ instanceId }) => instanceId),
    message: `${failure.code}: ${failure.message}`,
  } as const;
  const phase = 'failed';
  const endedAt = new Date(step.now).toISOString();
  const batches = withBatch(record.batches, step.batch, { phase, endedAt });
  // A failure that redirects the rollout ends the pause for one that did not.
  const changes = { failure, batches, counts: countRows(ledger), failedAfterCommand: undefined };
  const redirection = isUnclear ? undefined : redirectionAfter(record);
  if (redirection !== undefined) return redirect(step, redirection, { changes, events: [event] });
  const failedAfterCommand = step.standing.lastSequence;
  const paused = await finish(step, { ...changes, failedAfterCommand, pausedAt: endedAt }, [event]);
  return waitWhilePaused({ ...paused, standing: { ...paused.standing, paused: true } });
}

/** Where the spec sends a failed rollout; `undefined` if a person decides. */
function redirectionAfter(record: RolloutRecord): Redirection | undefined {
  switch (record.spec.onFailure) {
    case 'rollback':
      // fence I7: a rollout that changed nothing in the model has nothing to go back to
      if (record.canRollBack === false) {
        const { message } = nothingToRestore();
        return { direction: 'stop', endsAs: 'halted', message };
      }
      return { direction: 'rollback', message: audit.rollingBack };
    case 'halt':
      return { direction: 'stop', endsAs: 'halted', message: audit.halted };
    case 'pause':
      return undefined;
  }
}
