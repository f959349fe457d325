import type { Command, CommandName } from '../record/command.ts';
import { isEnded } from '../record/phase.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { standingOf } from './standing.ts';

export interface CommandRequest {
  readonly command: CommandName;
  readonly by: string;
  readonly batch?: number | undefined;
  readonly instances?: readonly string[] | undefined;
}

/** Why a command is not possible now. */
export interface Objection {
  readonly code: 'wrongPhase' | 'ownApproval';
  readonly message: string;
}

/** What speaks against a command at this moment; `undefined` when nothing does. */
export function objectionTo(
  request: CommandRequest,
  record: RolloutRecord,
  commands: readonly Command[],
): Objection | undefined {
  if (isEnded(record.phase)) return wrongPhase(`the rollout has ended: ${record.phase}`);
  const standing = standingOf(record, commands);
  const isWaiting = standing.paused || record.phase === 'waiting';
  const isForward = record.course.kind === 'forward' && standing.wants === undefined;
  const isFailed = standing.paused && record.failedAfterCommand !== undefined;
  switch (request.command) {
    case 'pause':
      return undefined;
    case 'abort':
      return undefined;
    case 'resume':
      return standing.paused ? undefined : wrongPhase('the rollout is not paused');
    case 'approve':
      return gateObjection(request, record);
    case 'reject':
      return gateObjection(request, record);
    case 'rollback':
      return isForward ? undefined : wrongPhase('the rollout no longer goes forward');
    case 'retry':
      return isFailed ? undefined : wrongPhase('the rollout is not paused by a failure');
    case 'quarantine':
      return isWaiting && isForward
        ? undefined
        : wrongPhase('the rollout neither waits nor is paused on its way forward');
    case 'skip':
      return isWaiting ? undefined : wrongPhase('the rollout is neither waiting nor paused');
  }
}

function gateObjection({ by, command, batch }: CommandRequest, record: RolloutRecord): Objection | undefined {
  const { gate } = record;
  if (gate === undefined) return wrongPhase('no gate waits for an approval');
  // fence I4: nobody approves a gate that is not open
  if (batch !== undefined && batch !== gate.batch) {
    return wrongPhase(`the gate of batch ${gate.batch} is open, not that of ${batch}`);
  }
  if (
    // fence I4: the requester is told that he may not approve
    command === 'approve' &&
    !record.spec.approvals.allowRequester &&
    by === record.requestedBy
  ) {
    return { code: 'ownApproval', message: 'who asked for this rollout may not approve it' };
  }
  return undefined;
}

function wrongPhase(message: string): Objection {
  return { code: 'wrongPhase', message };
}
