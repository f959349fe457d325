import { lookOnceMore } from '../../core/health/last-look.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { membership } from '../../core/messages/membership.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Phase } from '../../core/record/phase.ts';
import { finish } from '../frame/commit.ts';
import { leave } from '../frame/leave.ts';
import type { Leave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { readInstances } from './read-instances.ts';

export type Looked =
  | { readonly kind: 'looked'; readonly step: Step; readonly instances: readonly Instance[] }
  | Leave;

/** Whether everything done in this direction was looked at since: a rollout does not end before that. */
export function isLookedAt({ record, records, direction }: Step): boolean {
  const { lastLook } = record;
  const done = records.rows.filter((row) => row.state === 'done' && row.direction === direction);
  return done.every(({ updatedAt }) => lastLook?.direction === direction && updatedAt <= lastLook.at);
}

/** The last look before the end, at every instance; returns what it shows of those that are done. */
export async function lookAtAll(step: Step, phase: Phase): Promise<Looked> {
  const seen = await readInstances(step, phase);
  if (seen.kind === 'leave') return seen;
  const { records, record, now, direction } = step;
  const { viewLagSeconds, pollSeconds } = step.pace;
  const known = new Map(seen.value.map((instance) => [instance.instanceId, instance]));
  const done = records.rows.filter((row) => row.state === 'done' && row.direction === direction);
  const looked = done.map((row) =>
    lookOnceMore(row, known.get(row.instanceId), { image: record.targetImage, now, viewLagSeconds }),
  );
  if (looked.includes('tooEarly')) {
    const waitingFor = { kind: 'health', message: membership.lastLook } as const;
    return leave(await wait(step, { seconds: pollSeconds, phase, waitingFor }));
  }
  const changed = looked.filter((row, index): row is LedgerRow => row !== done[index]);
  records.putRows(changed);
  const lastLook = { direction, at: new Date(now).toISOString() };
  const current = await finish(step, { lastLook, counts: countRows(records.rows) }, toldOf(changed));
  return { kind: 'looked', step: current, instances: seen.value };
}

function toldOf(changed: readonly LedgerRow[]): readonly RolloutEvent[] {
  const instances = changed.filter(({ state }) => state === 'failed').map(({ instanceId }) => instanceId);
  if (instances.length === 0) return [];
  return [{ kind: 'failed', instances, message: membership.shownOtherwise(instances) }];
}
