import type { Answer } from '../core/answer.ts';
import { judgeBatch, phaseOfEnded } from '../core/batch-verdict.ts';
import { isServing } from '../core/health.ts';
import type { Instance } from '../core/instances.ts';
import type { LedgerRow } from '../core/ledger.ts';
import { withBatch } from '../core/progress.ts';
import { readLedger, writeLedger } from '../store/ledger.ts';
import { begin } from './begin.ts';
import { finish, wait } from './brief.ts';
import type { Brief } from './brief.ts';
import { breach } from './breach.ts';
import { defineStep } from './define.ts';
import type { StepInput } from './define.ts';
import { addressOf } from './model-write.ts';
import type { Ports } from './ports.ts';
import { readOrWait } from './reads.ts';

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
    if (spec.soakSeconds === 0) return succeed(brief, ports, input);
    return soak(brief, ports, input, Date.parse(batch.settledAt) + spec.soakSeconds * 1000);
  },
});

async function soak(brief: Brief, ports: Ports, input: StepInput, until: number): Promise<Answer> {
  const { record, now } = brief;
  const phase = 'soaking';
  const isFirst = record.waitingFor?.kind !== 'soak' && now < until;
  if (!isFirst) {
    const seen = await readOrWait(brief, ports, {
      name: 'instances',
      phase,
      read: () => ports.compute.instances(addressOf(brief)),
    });
    if (seen.kind === 'no') return seen.answer;
    const bad = await goneBad(brief, ports, input, seen.value);
    if (bad !== undefined) return bad;
  }
  if (now >= until) return succeed(brief, ports, input);
  const at = new Date(until).toISOString();
  return wait(brief, ports, {
    seconds: (until - now) / 1000,
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

async function goneBad(
  brief: Brief,
  ports: Ports,
  input: StepInput,
  instances: readonly Instance[],
): Promise<Answer | undefined> {
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  const ledger = await readLedger(ports.store, brief.record.id);
  const judged = ledger.map((row): LedgerRow => {
    const instance = known.get(row.instanceId);
    if (row.batch !== input.batch || row.state !== 'done' || instance === undefined || isServing(instance))
      return row;
    const failure = { code: 'unhealthyAfterUpgrade', message: `${whatShows(instance)} while soaking` };
    return { ...row, state: 'failed', failure, updatedAt: new Date(brief.now).toISOString() };
  });
  const rows = judged.filter(({ batch }) => batch === input.batch);
  const failed = judgeBatch(rows, brief.record.spec.health);
  if (failed === undefined) return undefined;
  await writeLedger(ports.store, brief.record.id, rows);
  return breach(brief, ports, { input, failed, ledger: judged });
}

function whatShows({ health, power, provisioningState }: Instance): string {
  return `health ${health?.state ?? 'unreported'}, power ${power ?? 'unknown'}, provisioning ${provisioningState}`;
}

async function succeed(brief: Brief, ports: Ports, { batch }: StepInput): Promise<Answer> {
  const { record, now } = brief;
  const rows = (await readLedger(ports.store, record.id)).filter((row) => row.batch === batch);
  const phase = phaseOfEnded(rows);
  const batches = withBatch(record.batches, batch, { phase, endedAt: new Date(now).toISOString() });
  await finish(brief, ports, { batches, opened: undefined }, [
    { kind: phase, batch, message: `batch ${batch} ${phase}` },
  ]);
  return { kind: 'done' };
}
