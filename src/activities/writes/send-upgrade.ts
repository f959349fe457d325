import type { InstanceRead, Pass, Write } from '../../azure/port.ts';
import { aboutAction, isGroupAction } from '../../core/actions/table.ts';
import { diskWords } from '../../core/instance/disks.ts';
import type { DiskWork } from '../../core/instance/disks.ts';
import type { Model } from '../../core/model/model.ts';
import { audit } from '../../core/messages/audit.ts';
import { failures } from '../../core/messages/failures.ts';
import { countRows, nextAction } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { BatchProgress } from '../../core/record/rollout.ts';
import { finish } from '../frame/commit.ts';
import type { OrLeave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { stopFor } from '../frame/stop.ts';
import { readOrLeave } from '../looks/reads.ts';
import { sendFenced } from './fenced-write.ts';
import type { Ended, FencedWrite, Sent } from './fenced-write.ts';
import { waitAfterLost } from './after-lost.ts';
import { disksRefused, disksToSend, oneAtATime } from './send-disks.ts';
import type { Upgrade } from './upgrade.ts';

type Intended = FencedWrite['operation'];

/** Sends one grouped action for the instances of these rows. */
export async function sendUpgrade(step: Step, wanted: Upgrade): Promise<Sent> {
  const early = await waitAfterLost(step, wanted.phase);
  if (early !== undefined) return early;
  const upgrade = oneAtATime(wanted);
  const { phase, rows, set } = upgrade;
  const { record } = step;
  const operation = operationOf(step, upgrade);
  const { instances, action = 'upgrade' } = operation;
  const work = disksToSend(upgrade);
  const own = action === 'protect' ? await readToProtect(step, phase, instances) : undefined;
  if (own?.kind === 'leave') return own.answer;
  const message =
    work === undefined
      ? audit.instancesIntended(action, instances)
      : audit.disksIntended(diskWords(work), instances);
  const begun = rows.map((row) => row.batch);
  const isForward = step.direction === 'forward';
  return sendFenced(step, {
    phase,
    operation,
    rows,
    told: {
      kind: 'upgradeIntended',
      ...batchOf(rows),
      instances,
      message,
      by: record.requestedBy,
      etag: set.etag,
    },
    changes: {
      phase,
      batch: Math.max(...begun),
      batches: isForward ? withBegun(step, new Set(begun)) : record.batches,
    },
    send: (pass) => send(step, { operation, work, own: own?.value, model: set.model, pass }),
    ...outcomesOf(upgrade, operation),
  });
}

/** What becomes of the rows and the audit, whatever Azure answers. */
function outcomesOf(
  upgrade: Upgrade,
  { instances, action = 'upgrade' }: Intended,
): Pick<FencedWrite, 'accepted' | 'unanswered' | 'refused'> {
  const { rows, remaining } = upgrade;
  return {
    accepted: async (now, { operation: { requestId } }) => {
      const told = {
        kind: 'upgradeAccepted' as const,
        ...batchOf(rows),
        instances,
        message: audit.instancesAccepted(action, instances),
        ...(requestId !== undefined && { requestId }),
      };
      await finish(now, { counts: countRows(now.records.rows) }, [told]);
      return { kind: remaining > 0 ? 'more' : 'done' };
    },
    unanswered: async (now, ended) => {
      const told = audit.instancesUnknown(action, instances, ended.message);
      await finish(now, { counts: countRows(now.records.rows) }, [
        { kind: 'upgradeUnknown', ...batchOf(rows), message: told },
      ]);
      return { kind: 'done' };
    },
    refused: (now, refusal) =>
      isGroupAction(action) ? refused(now, instances, refusal) : disksRefused(now, upgrade, refusal),
  };
}

function operationOf({ batch, direction }: Step, { rows, operations, sliding }: Upgrade): Intended {
  const action = rows.map((row) => nextAction(row)).find((next) => next !== undefined) ?? 'upgrade';
  const earlier = operations.filter(
    (operation) => operation.batch === batch && operation.direction === direction,
  ).length;
  return {
    key: `upgrade-${direction}-${String(batch).padStart(4, '0')}-${String(earlier + 1).padStart(3, '0')}`,
    kind: 'upgrade',
    action,
    direction,
    batch,
    instances: rows.map(({ instanceId }) => instanceId),
    ...(sliding && { sliding }),
  };
}

function withBegun({ record, now }: Step, begun: ReadonlySet<number>): readonly BatchProgress[] {
  const startedAt = new Date(now).toISOString();
  return record.batches.map((batch) =>
    begun.has(batch.index) ? { startedAt, ...batch, phase: 'upgrading' } : batch,
  );
}

async function send(
  step: Step,
  {
    operation: { action = 'upgrade', instances },
    work,
    own,
    model,
    pass,
  }: {
    readonly operation: Intended;
    readonly work: DiskWork | undefined;
    readonly own: InstanceRead | undefined;
    readonly model: Model;
    readonly pass: Pass;
  },
): Promise<Write> {
  const { compute, address } = step;
  const writes = compute.writing(pass);
  if (isGroupAction(action))
    return writes.act(address, action, instances, aboutAction(action).options?.(model));
  const [instance] = instances;
  if (instance !== undefined && own !== undefined)
    return writes.protectInstance(address, instance, own.resource, own.etag);
  if (instance === undefined || work === undefined) throw new Error('a write of disks has one instance');
  return writes.changeDisks(address, instance, work);
}

/** The instance as it is written whole: read before the last look, and fenced by its ETag. */
async function readToProtect(
  step: Step,
  phase: Upgrade['phase'],
  [instance = '']: readonly string[],
): Promise<OrLeave<InstanceRead>> {
  const read = () => step.compute.instanceResource(step.address, instance);
  return readOrLeave(step, { name: 'instances', phase, read });
}

async function refused(
  step: Step,
  instances: readonly string[],
  { code, message }: Ended<'refused'>,
): Promise<Sent> {
  return stopFor(step, {
    code: 'refusedByAzure',
    message: `${code}: ${message}`,
    remedy: failures.writeRejectedRemedy,
    instances,
  });
}

/** The batch of all the rows; none where they are of several. */
function batchOf(rows: readonly LedgerRow[]): { readonly batch?: number } {
  const [batch, ...others] = new Set(rows.map((row) => row.batch));
  return batch === undefined || others.length > 0 ? {} : { batch };
}
