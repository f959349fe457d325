import { judgeBatch, phaseOfEnded } from '../../core/health/batch-verdict.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { isServing, isUnclear } from '../../core/instance/serving.ts';
import { evidenceOf } from '../../core/record/evidence.ts';
import { INCONCLUSIVE, withFailure } from '../../core/record/failures.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { withBatch } from '../../core/record/progress.ts';
import type { Answer } from '../../core/run/answer.ts';
import { begin } from '../begin.ts';
import { addressOf } from '../frame/address.ts';
import { breach } from '../frame/breach.ts';
import { finish, wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { defineStep } from '../frame/define.ts';
import type { StepInput } from '../frame/define.ts';
import { holdsForDecision, waitWhilePaused } from '../frame/paused.ts';
import type { Ports } from '../frame/ports.ts';
import { readOrWait } from '../looks/reads.ts';

/** Lets a settled batch carry load for a while; an instance that goes bad meanwhile is a failure of the change. */
export const soakBatch = defineStep({
  name: 'soakBatch',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { spec, batches, opened } = brief.record;
    const batch = batches[input.batch];
    if (batch === undefined || opened !== input.batch) return { kind: 'done' };
    if (batch.settledAt === undefined) return { kind: 'again' };
    if (brief.standing.paused) {
      if (holdsForDecision(brief, rowsOf(brief, input))) return waitWhilePaused(brief);
    }
    if (spec.soakSeconds === 0 || !hasGuests(brief, input)) return succeed(brief, input);
    return soak(brief, ports, input, Date.parse(batch.settledAt) + spec.soakSeconds * 1000);
  },
});

function rowsOf({ records }: Brief, { batch }: StepInput): readonly LedgerRow[] {
  return records.rows.filter((row) => row.batch === batch);
}

/** Only what runs can go bad: a batch that is off has nothing to wait for. */
function hasGuests(brief: Brief, input: StepInput): boolean {
  const rows = rowsOf(brief, input);
  return rows.length === 0 || rows.some(({ isCold }) => isCold !== true);
}

async function soak(brief: Brief, ports: Ports, input: StepInput, until: number): Promise<Answer> {
  const { record, now } = brief;
  const phase = 'soaking';
  const isFirst = record.waitingFor?.kind !== 'soak' && now < until;
  let isDoubtful = false;
  if (!isFirst) {
    const seen = await readOrWait(brief, {
      name: 'instances',
      phase,
      read: () => ports.compute.instances(addressOf(brief)),
    });
    if (seen.kind === 'no') return seen.answer;
    const ledger = judgeSoaking(brief, input, seen.value);
    const failed = newlyFailed(ledger, brief, input);
    // fence I16: an instance that goes bad while soaking is a failure
    if (failed !== undefined) return breach(brief, { input, failed, ledger });
    isDoubtful = ledger.some((row) => row.batch === input.batch && row.badSince !== undefined);
  }
  if (
    now >= until &&
    // fence I16: no soak ends over an instance that does not serve just then
    !isDoubtful
  )
    return succeed(brief, input);
  const at = new Date(until).toISOString();
  const { stableSeconds } = record.spec.health;
  return wait(brief, {
    seconds: isDoubtful ? Math.max(stableSeconds, ports.pace.pollSeconds) : (until - now) / 1000,
    phase,
    waitingFor: {
      kind: 'soak',
      batch: input.batch,
      until: at,
      message: `batch ${input.batch} soaks until ${at}`,
    },
    changes: { batches: withBatch(record.batches, input.batch, { phase: 'soaking' }) },
  });
}

/** So many times as long as an instance must stay well to count as well, it must stay bad to count as bad. */
const BAD_FOR = 3;

/** One look at the batch; a short lapse of one instance is no reason to undo everything. */
function judgeSoaking(
  { record, records, now }: Brief,
  { batch }: StepInput,
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
        message: `${whatShows(instance)} while soaking`,
        evidence: evidenceOf(instance, { now, attempts: row.attempts, operation }),
      },
    );
  });
  records.putRows(judged);
  return judged;
}

/** A failure that has paused the rollout before does not pause it again. */
function newlyFailed(
  ledger: readonly LedgerRow[],
  { record }: Brief,
  { batch }: StepInput,
): readonly LedgerRow[] | undefined {
  const failed = judgeBatch(
    ledger.filter((row) => row.batch === batch),
    record.spec.health,
  );
  const isNew = failed?.some(({ instanceId }) => record.failure?.instances?.includes(instanceId) !== true);
  return isNew === true ? failed : undefined;
}

function whatShows({ health, power, provisioningState }: Instance): string {
  return `health ${health?.state ?? 'unreported'}, power ${power ?? 'unknown'}, provisioning ${provisioningState}`;
}

async function succeed(brief: Brief, input: StepInput): Promise<Answer> {
  const { record, now } = brief;
  const { batch } = input;
  const phase = phaseOfEnded(rowsOf(brief, input));
  const batches = withBatch(record.batches, batch, { phase, endedAt: new Date(now).toISOString() });
  await finish(
    brief,
    {
      batches,
      // fence I4: an approval is spent with its batch
      opened: undefined,
    },
    [{ kind: phase, batch, message: `batch ${batch} ${phase}` }],
  );
  return { kind: 'done' };
}
