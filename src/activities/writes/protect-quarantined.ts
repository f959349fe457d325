import { looks, skips } from '../../core/messages/instances.ts';
import { waits } from '../../core/messages/waits.ts';
import { audit } from '../../core/messages/audit.ts';
import type { InstanceRead, Read } from '../../azure/port.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { isUnanswered, lastKnownAt } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import { releaseCommand } from '../../core/record/quarantine.ts';
import type { Answer } from '../../core/run/answer.ts';
import { waitForAccess } from '../frame/access.ts';
import type { Denial } from '../frame/access.ts';
import { waitOutHold } from '../frame/holds.ts';
import { sendFenced } from './fenced-write.ts';
import { save } from '../frame/commit.ts';
import { wait } from '../frame/wait.ts';
import type { Step } from '../frame/step.ts';
import { lostWriteSeconds } from '../../core/record/times.ts';

/** A protection that the service does not take by then is given up: the rollout must not wait for it for ever. */
const MOST_TRIES = 6;

interface Ward {
  readonly row: LedgerRow;
  /** Protections that were sent for it before. */
  readonly tries: readonly Operation[];
}

/**
 * Protects the next quarantined instance in Azure, also while the rollout is paused: that is when somebody asks for it.
 * `undefined` when there is none, or when something else has to be known first.
 */
export async function protectQuarantined(step: Step): Promise<Answer | undefined> {
  const { toProtect = [] } = step.record;
  const { rows, operations } = step.records;
  const [instanceId] = toProtect;
  if (instanceId === undefined) return undefined;
  if (operations.some((operation) => isUnanswered(operation))) return undefined;
  const row = rows.find((one) => one.instanceId === instanceId && one.state === 'quarantined');
  if (row === undefined) return settleWard(step, { instanceId, changes: undefined, events: [] });
  const tries = operations.filter(
    ({ kind, instances }) => kind === 'protection' && instances.includes(instanceId),
  );
  const seen = await step.compute.instanceResource(step.address, instanceId);
  return judgeWard({ ...step, now: step.clock.now() }, { row, tries }, seen);
}

async function judgeWard(step: Step, ward: Ward, seen: Read<InstanceRead>): Promise<Answer> {
  const { row, tries } = ward;
  switch (seen.kind) {
    case 'throttled':
      return later(step, ward, seen.retryAfterSeconds);
    case 'unreachable':
      return later(step, ward, step.pace.pollSeconds);
    case 'denied':
      return waitForAccess(step, seen, {
        phase: phaseOf(step),
        staysDenied: (now) => giveUpDenied(now, ward, seen),
      });
    case 'refused':
      return giveUp(step, ward, `${seen.code}: ${seen.message}`);
    case 'missing':
      return gone(step, ward);
    case 'ok':
      break;
  }
  const { vmId, isProtected, resource, etag } = seen.value;
  if (row.vmId !== undefined && vmId !== undefined && vmId !== row.vmId) return gone(step, ward);
  if (isProtected) return isSafe(step, ward);
  const last = tries.at(-1);
  if (
    last !== undefined &&
    // fence I12: a protection that may still show is not written again
    mayStillShow(last, step)
  ) {
    return later(step, ward, step.pace.pollSeconds);
  }
  if (tries.length >= MOST_TRIES) {
    return giveUp(step, ward, last?.error?.message ?? looks.protectionHidden);
  }
  const held = await waitOutHold(step, { name: 'write', phase: phaseOf(step) });
  return held ?? send(step, ward, { resource, etag });
}

/** Views lag, and a write without an answer may still arrive: no second one before that is known. */
function mayStillShow(operation: Operation, { now, pace }: Step): boolean {
  const { status, intendedAt } = operation;
  if (status === 'refused' || status === 'withheld') return false;
  return status === 'accepted'
    ? now - lastKnownAt(operation) < pace.viewLagSeconds * 1000
    : now - Date.parse(intendedAt) < lostWriteSeconds(pace) * 1000;
}

function phaseOf({ record }: Step): Phase {
  return record.direction === 'rollback' ? 'rollingBack' : record.phase;
}

function purposeOf({ row }: Ward): string {
  return waits.protection(row.instanceId);
}

async function later(step: Step, ward: Ward, seconds: number): Promise<Answer> {
  return wait(step, {
    seconds,
    phase: phaseOf(step),
    waitingFor: { kind: 'operation', message: purposeOf(ward) },
  });
}

async function send(
  step: Step,
  ward: Ward,
  { resource, etag }: Pick<InstanceRead, 'resource' | 'etag'>,
): Promise<Answer> {
  const { row, tries } = ward;
  const { instanceId } = row;
  const { pollSeconds } = step.pace;
  const message = audit.protectIntended(instanceId);
  const sent = await sendFenced(step, {
    phase: phaseOf(step),
    operation: {
      key: `protect-${instanceId}-${String(tries.length + 1).padStart(3, '0')}`,
      kind: 'protection',
      action: 'protect',
      direction: row.direction,
      instances: [instanceId],
    },
    told: {
      kind: 'quarantineIntended',
      instances: [instanceId],
      message,
      by: row.quarantine?.by ?? '',
      etag,
    },
    fences: { protects: true },
    purpose: purposeOf(ward),
    send: (pass) => step.compute.writing(pass).protectInstance(step.address, instanceId, resource, etag),
    accepted: (now) => later(now, ward, pollSeconds),
    unanswered: (now) => later(now, ward, pollSeconds),
    refused: (now, refusal) => giveUpDenied(now, ward, refusal),
    staysDenied: (now, denial) => giveUpDenied(now, ward, denial),
  });
  return sent.kind === 'more' ? { kind: 'done' } : sent;
}

async function isSafe(step: Step, { row, tries }: Ward): Promise<Answer> {
  const { scaleSet } = step.record;
  const { instanceId, quarantine } = row;
  const endedAt = new Date(step.now).toISOString();
  const last = tries.at(-1);
  if (last !== undefined) step.records.putOperation({ ...last, status: 'succeeded', endedAt });
  const message = audit.quarantined(instanceId, releaseCommand(scaleSet, instanceId));
  return settleWard(step, {
    instanceId,
    changes: quarantine && { quarantine: { ...quarantine, isProtected: true } },
    events: [{ kind: 'quarantined', instances: [instanceId], message }],
  });
}

/** Without protection Azure may do with it what it likes: that it is quarantined would be a promise nobody keeps. */
async function giveUp(step: Step, { row }: Ward, why: string): Promise<Answer> {
  const { instanceId } = row;
  const skipReason = skips.notProtected(why);
  const message = audit.notProtected(instanceId, why);
  return settleWard(step, {
    instanceId,
    changes: { state: 'skipped', skipReason, quarantine: undefined },
    events: [{ kind: 'quarantineFailed', instances: [instanceId], message }],
  });
}

async function giveUpDenied(step: Step, ward: Ward, { code, message }: Denial): Promise<Answer> {
  return giveUp(step, ward, `${code}: ${message}`);
}

async function gone(step: Step, { row }: Ward): Promise<Answer> {
  const { instanceId } = row;
  const message = audit.quarantinedGone(instanceId);
  return settleWard(step, {
    instanceId,
    changes: { state: 'gone', quarantine: undefined },
    events: [{ kind: 'quarantineFailed', instances: [instanceId], message }],
  });
}

async function settleWard(
  step: Step,
  {
    instanceId,
    changes,
    events,
  }: {
    readonly instanceId: string;
    readonly changes: { readonly [K in keyof LedgerRow]?: LedgerRow[K] | undefined } | undefined;
    readonly events: readonly RolloutEvent[];
  },
): Promise<Answer> {
  const { record, records } = step;
  const updatedAt = new Date(step.now).toISOString();
  const rows = records.rows.map((row): LedgerRow => {
    if (row.instanceId !== instanceId || changes === undefined) return row;
    return Object.fromEntries(
      Object.entries({ ...row, ...changes, updatedAt }).filter(([, value]) => value !== undefined),
    ) as unknown as LedgerRow;
  });
  records.putRows(rows);
  const left = (record.toProtect ?? []).filter((id) => id !== instanceId);
  await save(step, { toProtect: left.length === 0 ? undefined : left, counts: countRows(rows) }, events);
  return { kind: 'wait', seconds: 0, phase: record.phase };
}
