import type { InstanceRead, Read } from '../../azure/port.ts';
import { audit } from '../../core/messages/audit.ts';
import { looks } from '../../core/messages/instances.ts';
import { waits } from '../../core/messages/waits.ts';
import { isUnanswered, lastKnownAt } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { Answer } from '../../core/run/answer.ts';
import { waitForAccess } from '../frame/access.ts';
import type { Denial } from '../frame/access.ts';
import { waitOutHold } from '../frame/holds.ts';
import { lostWriteSeconds } from '../../core/record/times.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { endProtection, goneMeanwhile, notProtected, protectedNow } from './end-protection.ts';
import type { Protection } from './end-protection.ts';
import { sendFenced } from './fenced-write.ts';

/** A protection that Azure has not accepted by then is given up: the rollout must not wait for it forever. */
const MOST_TRIES = 6;

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
  if (row === undefined) return endProtection(step, { instanceId, changes: undefined, events: [] });
  const tries = operations.filter(
    ({ kind, instances }) => kind === 'protection' && instances.includes(instanceId),
  );
  const seen = await step.compute.instanceResource(step.address, instanceId);
  return judgeProtection({ ...step, now: step.clock.now() }, { row, tries }, seen);
}

async function judgeProtection(
  step: Step,
  protection: Protection,
  seen: Read<InstanceRead>,
): Promise<Answer> {
  switch (seen.kind) {
    case 'throttled':
      return later(step, protection, seen.retryAfterSeconds);
    case 'unreachable':
      return later(step, protection, step.pace.pollSeconds);
    case 'denied':
      return waitForAccess(step, seen, {
        phase: phaseOf(step),
        staysDenied: (now) => refused(now, protection, seen),
      });
    case 'refused':
      return refused(step, protection, seen);
    case 'missing':
      return goneMeanwhile(step, protection);
    case 'ok':
      return protect(step, protection, seen.value);
  }
}

async function protect(
  step: Step,
  protection: Protection,
  { vmId, isProtected, resource, etag }: InstanceRead,
): Promise<Answer> {
  const { row, tries } = protection;
  if (row.vmId !== undefined && vmId !== undefined && vmId !== row.vmId)
    return goneMeanwhile(step, protection);
  if (isProtected) return protectedNow(step, protection);
  const last = tries.at(-1);
  if (
    last !== undefined &&
    // fence I12: a protection that may still show is not written again
    mayStillShow(last, step)
  ) {
    return later(step, protection, step.pace.pollSeconds);
  }
  if (tries.length >= MOST_TRIES) {
    return notProtected(step, protection, last?.error?.message ?? looks.protectionHidden);
  }
  const held = await waitOutHold(step, { name: 'write', phase: phaseOf(step) });
  return held ?? send(step, protection, { resource, etag });
}

/** Views lag, and a write without an answer may still arrive: no second write before that is known. */
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

function purposeOf({ row }: Protection): string {
  return waits.protection(row.instanceId);
}

async function later(step: Step, protection: Protection, seconds: number): Promise<Answer> {
  return wait(step, {
    seconds,
    phase: phaseOf(step),
    waitingFor: { kind: 'operation', message: purposeOf(protection) },
  });
}

async function send(
  step: Step,
  protection: Protection,
  { resource, etag }: Pick<InstanceRead, 'resource' | 'etag'>,
): Promise<Answer> {
  const { row, tries } = protection;
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
    purpose: purposeOf(protection),
    send: (pass) => step.compute.writing(pass).protectInstance(step.address, instanceId, resource, etag),
    accepted: (now) => later(now, protection, pollSeconds),
    unanswered: (now) => later(now, protection, pollSeconds),
    refused: (now, refusal) => refused(now, protection, refusal),
    staysDenied: (now, denial) => refused(now, protection, denial),
  });
  return sent.kind === 'more' ? { kind: 'done' } : sent;
}

async function refused(step: Step, protection: Protection, { code, message }: Denial): Promise<Answer> {
  return notProtected(step, protection, `${code}: ${message}`);
}
