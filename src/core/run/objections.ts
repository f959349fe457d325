import { isSameCaller } from '../access/caller.ts';
import { objections } from '../messages/objections.ts';
import type { Command, CommandName } from '../record/command.ts';
import { isEnded } from '../record/phase.ts';
import { batchName } from '../record/progress.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { standingOf } from './standing.ts';

export interface CommandRequest {
  readonly command: CommandName;
  readonly by: string;
  readonly batch?: number | undefined;
  readonly instances?: readonly string[] | undefined;
  readonly belowFloor?: boolean | undefined;
  readonly ignoreWindow?: boolean | undefined;
  /** Of the plan that whoever approves has looked at. */
  readonly planHash?: string | undefined;
}

/** Why a command is not possible now. */
export interface Objection {
  readonly code: 'wrongPhase' | 'ownApproval';
  readonly message: string;
}

/** Why a command is not possible at this moment; `undefined` if it is. */
export function objectionTo(
  request: CommandRequest,
  record: RolloutRecord,
  commands: readonly Command[],
): Objection | undefined {
  if (isEnded(record.phase)) return wrongPhase(objections.ended(record.phase));
  const standing = standingOf(record, commands);
  const isWaiting = standing.paused || record.phase === 'waiting';
  const isForward = record.direction === 'forward' && standing.wants === undefined;
  const isFailed = standing.paused && record.failedAfterCommand !== undefined;
  switch (request.command) {
    case 'pause':
      return undefined;
    case 'abort':
      return undefined;
    case 'resume':
      return standing.paused || isAgainstWindow(request, record)
        ? undefined
        : wrongPhase(objections.notPaused);
    case 'approve':
    case 'reject':
      return isForward ? gateObjection(request, record) : wrongPhase(objections.noGate);
    case 'rollback':
      return isForward ? undefined : wrongPhase(objections.notForward);
    case 'retry':
      return planObjection(record, isForward) ?? (isFailed ? undefined : wrongPhase(objections.notFailed));
    case 'quarantine':
      return isForward && isWaiting
        ? planObjection(record, isForward)
        : wrongPhase(objections.notHeldForward);
    case 'skip':
      return planObjection(record, isForward) ?? (isWaiting ? undefined : wrongPhase(objections.notHeld));
  }
}

/** Whoever lets a rollout begin outside its windows ends no pause by it, but that wait. */
function isAgainstWindow({ ignoreWindow }: CommandRequest, { waitingFor }: RolloutRecord): boolean {
  return ignoreWindow === true && waitingFor?.kind === 'window';
}

/** A command can name instances while the rollout goes forward with a plan. */
function planObjection({ planHash }: RolloutRecord, isForward: boolean): Objection | undefined {
  if (!isForward) return wrongPhase(objections.notForward);
  return planHash === undefined ? wrongPhase(objections.notPlanned) : undefined;
}

function gateObjection(
  { by, command, batch, planHash }: CommandRequest,
  record: RolloutRecord,
): Objection | undefined {
  const { gate } = record;
  if (gate === undefined) return wrongPhase(objections.noGate);
  // fence I4: nobody approves a gate that is not open
  if (batch !== undefined && batch !== gate.batch) {
    return wrongPhase(objections.otherGate(batchName(record, gate.batch), batch));
  }
  // fence I4: nobody approves another plan than the one that they have looked at
  if (planHash !== undefined && planHash !== gate.planHash) {
    return wrongPhase(objections.otherPlan(gate.planHash, planHash));
  }
  if (
    // fence I4: the requester is told that he may not approve
    command === 'approve' &&
    !record.spec.approvals.allowRequester &&
    isSameCaller(by, record.requestedBy)
  ) {
    return { code: 'ownApproval', message: objections.ownApproval };
  }
  return undefined;
}

export function wrongPhase(message: string): Objection {
  return { code: 'wrongPhase', message };
}
