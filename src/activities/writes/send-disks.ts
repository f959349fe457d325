import { worksOnDisks } from '../../core/actions/sequence.ts';
import { isGroupAction } from '../../core/actions/table.ts';
import type { DiskWork } from '../../core/instance/disks.ts';
import { workLeft } from '../../core/instance/shown-disks.ts';
import { countRows, nextAction } from '../../core/record/ledger.ts';
import type { Answer } from '../../core/run/answer.ts';
import { finish } from '../frame/commit.ts';
import { modelRefused, refusalOf } from '../frame/refused.ts';
import type { Step } from '../frame/step.ts';
import type { Upgrade } from './upgrade.ts';

/** What the service takes for one instance at a time leaves the others of the batch to the next write. */
export function oneAtATime(upgrade: Upgrade): Upgrade {
  const [first, ...others] = upgrade.rows;
  const action = first && nextAction(first);
  if (first === undefined || action === undefined || isGroupAction(action)) return upgrade;
  return { ...upgrade, rows: [first], remaining: upgrade.remaining + others.length };
}

/** What to write of an instance's disks now; `undefined` if the write is not about disks. */
export function disksToSend({ rows: [row], instances }: Upgrade): DiskWork | undefined {
  if (row?.disks === undefined || !worksOnDisks(nextAction(row))) return undefined;
  const instance = instances.find(({ instanceId }) => instanceId === row.instanceId);
  return instance === undefined ? row.disks : workLeft(instance, row.disks);
}

/**
 * Azure refuses this disk. If the rollout has written nothing yet, the whole rollout is refused; otherwise the instance
 * has failed, like any other.
 */
export async function disksRefused(
  step: Step,
  { rows, operations }: Upgrade,
  refusal: { readonly code: string; readonly message: string },
): Promise<Answer> {
  const { records } = step;
  const isFirst = operations.every(({ status }) => status === 'withheld' || status === 'refused');
  const mayBeRefused =
    step.direction === 'forward' && isFirst && !records.rows.some(({ touched }) => touched);
  if (mayBeRefused) return modelRefused(step, refusalOf(refusal));
  const failure = { code: 'refusedByAzure', message: `${refusal.code}: ${refusal.message}` };
  const updatedAt = new Date(step.now).toISOString();
  const failed = rows.map((row) => ({ ...row, state: 'failed' as const, failure, updatedAt }));
  records.putRows(failed);
  await finish(step, { counts: countRows(records.rows) }, [
    {
      kind: 'notAccepted',
      batch: step.batch,
      instances: rows.map(({ instanceId }) => instanceId),
      message: failure.message,
    },
  ]);
  return { kind: 'done' };
}
