import { judgeBatch, phaseOfEnded } from '../../core/health/batch-verdict.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { isServing, isUnclear } from '../../core/instance/serving.ts';
import { audit } from '../../core/messages/audit.ts';
import { looks } from '../../core/messages/instances.ts';
import { waits } from '../../core/messages/waits.ts';
import { evidenceOf } from '../../core/record/evidence.ts';
import { INCONCLUSIVE, withFailure } from '../../core/record/failures.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { batchName, withBatch } from '../../core/record/progress.ts';
import type { Answer } from '../../core/run/answer.ts';
import { defineStep } from '../define-step.ts';
import { breach } from '../frame/breach.ts';
import { finish } from '../frame/commit.ts';
import { holdsForDecision, waitWhilePaused } from '../frame/paused.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { readInstances } from '../looks/read-instances.ts';

/** Lets a settled batch carry load for a while; an instance that turns unhealthy then is a failure of the change. */
export const soakBatch = defineStep({
  name: 'soakBatch',
  async run(step) {
    const { spec, batches, openBatch } = step.record;
    const batch = batches[step.batch];
    if (batch === undefined || openBatch !== step.batch) return { kind: 'done' };
    if (batch.settledAt === undefined) return { kind: 'again' };
    if (holdsForDecision(step, rowsOf(step))) return waitWhilePaused(step);
    if (spec.soakSeconds === 0 || !hasGuests(step)) return succeed(step);
    return soak(step, Date.parse(batch.settledAt) + spec.soakSeconds * 1000);
  },
});

function rowsOf({ records, batch }: Step): readonly LedgerRow[] {
  return records.rows.filter((row) => row.batch === batch);
}

/** Only what runs can go bad: a batch that is off has nothing to wait for. */
function hasGuests(step: Step): boolean {
  const rows = rowsOf(step);
  return rows.length === 0 || rows.some(({ isCold }) => isCold !== true);
}

async function soak(step: Step, until: number): Promise<Answer> {
  const { record, now } = step;
  const phase = 'soaking';
  const isFirst = record.waitingFor?.kind !== 'soak' && now < until;
  let isDoubtful = false;
  if (!isFirst) {
    const seen = await readInstances(step, phase);
    if (seen.kind === 'leave') return seen.answer;
    const ledger = judgeSoaking(step, seen.value);
    const failed = newlyFailed(ledger, step);
    // fence I16: an instance that goes bad while soaking is a failure
    if (failed !== undefined) return breach(step, { failed, ledger });
    isDoubtful = ledger.some((row) => row.batch === step.batch && row.badSince !== undefined);
  }
  if (
    now >= until &&
    // fence I16: no soak ends over an instance that does not serve just then
    !isDoubtful
  )
    return succeed(step);
  const at = new Date(until).toISOString();
  const { stableSeconds } = record.spec.health;
  return wait(step, {
    seconds: isDoubtful ? Math.max(stableSeconds, step.pace.pollSeconds) : (until - now) / 1000,
    phase,
    waitingFor: {
      kind: 'soak',
      batch: step.batch,
      until: at,
      message: waits.soak(batchName(record, step.batch), at),
    },
    changes: { batches: withBatch(record.batches, step.batch, { phase: 'soaking' }) },
  });
}

/** How much longer an instance must stay unhealthy to count as such than it must stay healthy to count as healthy. */
const BAD_FOR = 3;

/** One look at the batch; a short lapse of one instance is no reason to roll everything back. */
function judgeSoaking(
  { record, records, batch, now }: Step,
  instances: readonly Instance[],
): readonly LedgerRow[] {
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  const updatedAt = new Date(now).toISOString();
  const patience = BAD_FOR * record.spec.health.stableSeconds * 1000;
  const judged = records.rows.map((row): LedgerRow => {
    const instance = known.get(row.instanceId);
    if (row.batch !== batch || row.state !== 'done' || instance === undefined) return row;
    // Off by plan, or by somebody's will since it was well; a guest that goes down by itself shows `stopped`.
    if (row.isCold === true || instance.power === 'deallocated') return row;
    const { badSince = updatedAt, ...well } = row;
    if (isServing(instance)) return row.badSince === undefined ? row : { ...well, updatedAt };
    if (now - Date.parse(badSince) < patience) return { ...well, badSince, updatedAt };
    const operation = records.operations.find(({ key }) => key === row.operation);
    return withFailure(
      { ...well, updatedAt },
      {
        code: isUnclear(instance) ? INCONCLUSIVE : 'unhealthyAfterUpgrade',
        message: whatShows(instance),
        evidence: evidenceOf(instance, { now, attempts: row.attempts, operation }),
      },
    );
  });
  records.putRows(judged);
  return judged;
}

/** A failure that already paused the rollout does not pause it again. */
function newlyFailed(
  ledger: readonly LedgerRow[],
  { record, batch }: Step,
): readonly LedgerRow[] | undefined {
  const failed = judgeBatch(
    ledger.filter((row) => row.batch === batch),
    record.spec.health,
  );
  const isNew = failed?.some(({ instanceId }) => record.failure?.instances?.includes(instanceId) !== true);
  return isNew === true ? failed : undefined;
}

function whatShows({ health, power, provisioningState }: Instance): string {
  return looks.soaking(health?.state, power, provisioningState);
}

async function succeed(step: Step): Promise<Answer> {
  const { record, batch, now } = step;
  const phase = phaseOfEnded(rowsOf(step));
  const batches = withBatch(record.batches, batch, { phase, endedAt: new Date(now).toISOString() });
  await finish(
    step,
    {
      batches,
      // fence I4: an approval is spent with its batch
      openBatch: undefined,
    },
    [{ kind: phase, batch, message: audit.batchEnded(batchName(record, batch), phase) }],
  );
  return { kind: 'done' };
}
