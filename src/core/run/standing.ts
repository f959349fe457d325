import type { Command, CommandName } from '../record/command.ts';
import { isEnded } from '../record/phase.ts';
import type { Phase } from '../record/phase.ts';
import type { RolloutRecord } from '../record/rollout.ts';

/** What the command log asks for now. */
export interface Standing {
  readonly paused: boolean;
  /** Who paused it; absent when a failure did. */
  readonly pausedBy?: string;
  /** The command that paused it. */
  readonly pause?: Command;
  readonly wants?: 'rollback' | 'abort';
  /** Who asked for that, and why. */
  readonly wantedBy?: Command;
  readonly lastSequence: number;
}

const GOES_ON: readonly CommandName[] = ['resume', 'retry', 'rollback', 'abort'];

/** Reads the log: a later command that makes the rollout continue ends a pause. */
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
    paused:
      byCommand ||
      // fence I21: a failure pauses until a later command
      byFailure,
    ...(byCommand && steering !== undefined && { pausedBy: steering.by, pause: steering }),
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

/** Who or what paused it, why, and since when; a failure that did is named too. */
export interface Pause {
  readonly by: string | null;
  readonly since: string;
  readonly reason?: string;
}

export function pauseOf(record: RolloutRecord, { paused, pause }: Standing): Pause | undefined {
  if (!paused || isEnded(record.phase)) return undefined;
  if (pause !== undefined) {
    const { by, at, reason } = pause;
    return { by, since: at, ...(reason !== undefined && { reason }) };
  }
  const { failure, pausedAt = '' } = record;
  return { by: null, since: pausedAt, ...(failure !== undefined && { reason: failure.message }) };
}

/** The phase as the API shows it. */
export function phaseShown(record: RolloutRecord, { paused }: Standing): Phase | 'paused' {
  return paused && !isEnded(record.phase) ? 'paused' : record.phase;
}
