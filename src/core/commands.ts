import type { Gate, Phase, RolloutRecord } from './rollout.ts';
import { isEnded } from './rollout.ts';

export const COMMANDS = [
  'pause',
  'resume',
  'approve',
  'reject',
  'rollback',
  'abort',
  'retry',
  'skip',
  'quarantine',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** One line of the command log; the log is the truth, events that announce it are only hints. */
export interface Command {
  readonly sequence: number;
  readonly command: CommandName;
  readonly by: string;
  readonly at: string;
  readonly reason?: string;
  readonly batch?: number;
  readonly instances?: readonly string[];
  /** For `approve` and `reject`: when the gate that they mean was opened. */
  readonly gateSince?: string;
  readonly idempotencyKey?: string;
  /** Fingerprint of what was asked with that key: it stands for nothing else. */
  readonly requestHash?: string;
}

/** What the command log asks for at this moment. */
export interface Standing {
  readonly paused: boolean;
  /** Who paused it; absent when a failure did. */
  readonly pausedBy?: string;
  readonly wants?: 'rollback' | 'abort';
  /** Who asked for that, and why. */
  readonly wantedBy?: Command;
  readonly lastSequence: number;
}

const GOES_ON: readonly CommandName[] = ['resume', 'retry', 'rollback', 'abort'];

/** Reads the log: a later command that sets the rollout moving ends a pause. */
export function standingOf(record: RolloutRecord, commands: readonly Command[]): Standing {
  const steering = commands.findLast(({ command }) => command === 'pause' || GOES_ON.includes(command));
  const byCommand = steering?.command === 'pause';
  const byFailure =
    record.failedAfterCommand !== undefined &&
    !commands.some(
      ({ sequence, command }) => GOES_ON.includes(command) && sequence > (record.failedAfterCommand ?? 0),
    );
  const wanted = lastOf(commands, 'abort') ?? lastOf(commands, 'rollback');
  return {
    paused: byCommand || byFailure,
    ...(byCommand && steering !== undefined && { pausedBy: steering.by }),
    ...(wanted !== undefined && {
      wants: wanted.command === 'abort' ? 'abort' : 'rollback',
      wantedBy: wanted,
    }),
    lastSequence: commands.at(-1)?.sequence ?? 0,
  };
}

function lastOf(commands: readonly Command[], name: CommandName): Command | undefined {
  return commands.findLast(({ command }) => command === name);
}

/** The phase as the API shows it. */
export function phaseShown(record: RolloutRecord, { paused }: Standing): Phase | 'paused' {
  return paused && !isEnded(record.phase) ? 'paused' : record.phase;
}

export type GateVerdict =
  | { readonly kind: 'open'; readonly by: readonly string[] }
  | { readonly kind: 'closed'; readonly approvals: number }
  | { readonly kind: 'rejected'; readonly command: Command }
  | { readonly kind: 'expired' };

/**
 * Who has approved this very gate. An approval counts once a person, only for the gate that stood open when it came,
 * and never for the requester where the spec says so.
 */
export function judgeGate(
  record: RolloutRecord,
  gate: Gate,
  commands: readonly Command[],
  now: number,
): GateVerdict {
  const { approvals } = record.spec;
  const meant = commands.filter(
    ({ batch, gateSince, at }) => batch === gate.batch && gateSince === gate.since && at <= gate.until,
  );
  const rejection = meant.find(({ command }) => command === 'reject');
  if (rejection !== undefined) return { kind: 'rejected', command: rejection };
  const approvers = new Set(
    meant
      .filter(
        ({ command, by }) => command === 'approve' && (approvals.allowRequester || by !== record.requestedBy),
      )
      .map(({ by }) => by),
  );
  if (approvers.size >= approvals.quorum) return { kind: 'open', by: [...approvers] };
  if (now < Date.parse(gate.until)) return { kind: 'closed', approvals: approvers.size };
  return approvals.onTimeout === 'approve' ? { kind: 'open', by: [] } : { kind: 'expired' };
}

/** Whether the spec asks for an approval before this batch. */
export function needsApproval(record: RolloutRecord, batch: number): boolean {
  const { before } = record.spec.approvals;
  if (typeof before !== 'string') return before.includes(batch);
  return before === 'batch' || (before === 'rollout' && batch === 0);
}

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
  if (batch !== undefined && batch !== gate.batch) {
    return wrongPhase(`the gate of batch ${gate.batch} is open, not that of ${batch}`);
  }
  if (command === 'approve' && !record.spec.approvals.allowRequester && by === record.requestedBy) {
    return { code: 'ownApproval', message: 'who asked for this rollout may not approve it' };
  }
  return undefined;
}

function wrongPhase(message: string): Objection {
  return { code: 'wrongPhase', message };
}
