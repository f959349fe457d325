import { notices as words } from '../messages/notices.ts';
import type { Command } from '../record/command.ts';
import type { AuditEvent } from '../record/events.ts';
import { isEnded } from '../record/phase.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { phaseShown, standingOf } from '../run/standing.ts';
import type { Notice } from './notice.ts';

/** What a commit makes of a rollout's record. */
export interface Committing {
  readonly before: RolloutRecord;
  readonly after: RolloutRecord;
  readonly events: readonly AuditEvent[];
  readonly commands: readonly Command[];
  /** Nothing was told of it yet: that it was accepted comes first. */
  readonly isFirst: boolean;
}

/**
 * What a commit has to tell: every phase that the API shows, in an unbroken chain from the first to the last; each
 * request for an approval; failures, and what has recovered from them.
 */
export function noticesOf(commit: Committing): readonly Notice[] {
  const { before, after, commands } = commit;
  const was = shown(before, commands);
  const is = shown(after, commands);
  return [
    ...(commit.isFirst ? [accepted(before, was)] : []),
    ...requested(commit, is),
    ...failed(commit, is),
    ...recovered(commit, is),
    ...(was === is ? [] : [changed(commit, was, is)]),
  ];
}

/** The phase that the API shows, by the commands that the record has taken note of. */
function shown(record: RolloutRecord, commands: readonly Command[]): string {
  const seen = commands.filter(({ sequence }) => sequence <= record.seenCommand);
  return phaseShown(record, standingOf(record, seen));
}

function accepted({ scaleSet }: RolloutRecord, phase: string): Notice {
  return { kind: 'phaseChanged', phase, message: words.accepted(scaleSet) };
}

function changed({ after, events }: Committing, was: string, is: string): Notice {
  const { phase, batch, failure } = after;
  const told = { phase: is, before: was, ...(batch !== undefined && { batch }) };
  if (isEnded(phase)) {
    const end = events.findLast(({ kind }) => kind === 'ended')?.message;
    const cause = failure && { code: failure.code, ...(failure.remedy && { remedy: failure.remedy }) };
    return { kind: 'ended', ...told, ...cause, message: end ?? failure?.message ?? words.nowIn(is) };
  }
  const pause = events.findLast(({ kind }) => kind === 'pause')?.message ?? failure?.message;
  const why = is === 'paused' ? pause : after.waitingFor?.message;
  return { kind: 'phaseChanged', ...told, message: why ?? words.nowIn(is) };
}

function requested({ after: { gate, planHash }, events }: Committing, phase: string): readonly Notice[] {
  return events
    .filter(({ kind }) => kind === 'approvalRequested')
    .map(({ message, batch }) => ({
      kind: 'approvalRequested',
      phase,
      message,
      ...(batch !== undefined && { batch }),
      ...(gate !== undefined && { since: gate.since, until: gate.until }),
      ...(planHash !== undefined && { planHash }),
    }));
}

/** A failure that the record names is told once, by its own words; others by those of their events. */
function failed({ before, after, events }: Committing, phase: string): readonly Notice[] {
  const { failure } = after;
  const isNew = failure !== undefined && failure.message !== before.failure?.message;
  if (isNew) {
    const { code, message, remedy, instances } = failure;
    const more = { ...(remedy !== undefined && { remedy }), ...(instances !== undefined && { instances }) };
    return [{ kind: 'failed', phase, code, message, ...more }];
  }
  return events
    .filter(({ kind }) => kind === 'failed')
    .map(({ message, batch, instances }) => ({
      kind: 'failed',
      phase,
      message,
      ...(batch !== undefined && { batch }),
      ...(instances !== undefined && { instances }),
    }));
}

function recovered({ before, after, events }: Committing, phase: string): readonly Notice[] {
  const restarted = events
    .filter(({ kind }) => kind === 'recovered')
    .map(({ message }) => ({ kind: 'recovered', phase, message }) as const);
  const isOver = before.failure !== undefined && after.failure === undefined;
  return isOver ? [...restarted, { kind: 'recovered', phase, message: words.goesOn }] : restarted;
}
