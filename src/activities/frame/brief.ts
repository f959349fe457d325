import { setClock, readClock } from '../../core/record/active-clock.ts';
import type { Command } from '../../core/record/command.ts';
import type { Happening } from '../../core/record/events.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { RolloutRecord, WaitingFor } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import type { Turn } from '../../core/run/course.ts';
import { standingOf } from '../../core/run/standing.ts';
import type { Standing } from '../../core/run/standing.ts';
import { readRecords } from '../../store/records.ts';
import type { Records } from '../../store/records.ts';
import type { Ports } from './ports.ts';

/** What a step knows when it begins: the record, with its clock read, and what the command log asks for. */
export interface Brief {
  /** What is put into these takes effect with the next `save`, `wait`, `finish`, `turnTo` or `keep`. */
  readonly records: Records;
  readonly record: RolloutRecord;
  readonly etag: string;
  readonly commands: readonly Command[];
  readonly standing: Standing;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Fields to change; `undefined` takes one away. */
export type Changes = { readonly [K in keyof RolloutRecord]?: RolloutRecord[K] | undefined };

export async function readBrief(rollout: string, { store, clock }: Ports): Promise<Brief> {
  const records = await readRecords(store, rollout);
  if (records === undefined) throw new Error(`there is no record of rollout ${rollout}`);
  const { commands, etag } = records;
  const now = clock.now();
  const record = { ...records.record, clock: readClock(records.record.clock, now) };
  return { records, record, etag, commands, standing: standingOf(record, commands), now };
}

/**
 * Writes the record, all that was put into the records, and what happened, in one go: a run that comes too late moves
 * nothing. Commands that nobody has told of yet are told first.
 */
export async function save(
  brief: Brief,
  changes: Changes,
  happenings: readonly Happening[] = [],
): Promise<Brief> {
  const { record, etag, records } = brief;
  const unseen = brief.commands.filter(({ sequence }) => sequence > record.seenCommand);
  // fence I22: nothing goes out before its intent and its event are written
  const committed = await records.commit({
    record: defined({
      ...record,
      ...changes,
      seenCommand: brief.standing.lastSequence,
      // Whoever writes here is at work again.
      ...(record.recovery !== undefined && { recovery: { at: record.recovery.at } }),
    }),
    happenings: [...unseen.map((command) => told(command)), ...happenings],
    time: new Date(brief.now).toISOString(),
    etag,
  });
  return { ...brief, ...committed };
}

/** Writes what was put into the records, where a step ends without more to say. */
export async function keep(brief: Brief): Promise<Brief> {
  const { records, etag, now } = brief;
  if (!records.isChanged) return brief;
  const { record } = records;
  const time = new Date(now).toISOString();
  const committed = await records.commit({ record, happenings: [], time, etag });
  return { ...brief, etag: committed.etag };
}

function defined(record: Changes): RolloutRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as unknown as RolloutRecord;
}

function told({ command, by, reason, batch, instances }: Command): Happening {
  return {
    kind: command,
    by,
    message: reason === undefined ? `${command} by ${by}` : `${command} by ${by}: ${reason}`,
    ...(batch !== undefined && { batch }),
    ...(instances !== undefined && { instances }),
  };
}

export interface Wait {
  readonly seconds: number;
  readonly phase: Phase;
  readonly waitingFor: Omit<WaitingFor, 'since'>;
  readonly changes?: Changes;
  readonly happenings?: readonly Happening[];
}

/** A sleep is never longer than this, since the event that would end it early may be lost. */
const LONGEST_SLEEP_SECONDS = 300;

/** Goes to sleep, and writes down why. */
export async function wait(brief: Brief, { changes, happenings, ...plan }: Wait): Promise<Answer> {
  const { record, standing } = brief;
  // fence I17: a lost wake-up costs no more than some minutes
  const seconds = Math.min(Math.max(1, Math.ceil(plan.seconds)), LONGEST_SLEEP_SECONDS);
  const { waitingFor: before } = record;
  const isSame = before?.kind === plan.waitingFor.kind && before.batch === plan.waitingFor.batch;
  const since = isSame ? before.since : new Date(brief.now).toISOString();
  // fence I6: the time of a pause counts against no deadline
  const running = !standing.paused && plan.waitingFor.kind !== 'approval';
  await save(
    brief,
    {
      phase: plan.phase,
      waitingFor: { ...plan.waitingFor, since, message: withWayOut(plan.waitingFor.message, record) },
      clock: setClock(record.clock, running, seconds),
      ...changes,
    },
    happenings,
  );
  return { kind: 'wait', seconds, phase: plan.phase };
}

/** Every wait names what ends it: a person whom it takes too long must not have to look that up. */
function withWayOut(message: string, { id, course }: RolloutRecord): string {
  if (message.includes('vmss-rollout')) return message;
  return course.kind === 'stop'
    ? `${message}; it ends by itself after that`
    : `${message}; it goes on by itself: vmss-rollout abort ${id} ends it`;
}

/** The step is over: nothing is waited for any more. */
export async function finish(
  brief: Brief,
  changes: Changes,
  happenings: readonly Happening[] = [],
): Promise<Brief> {
  const clock = setClock(brief.record.clock, true, 0);
  return save(brief, { waitingFor: undefined, clock, ...changes }, happenings);
}

/** Sets a new course for the whole rollout, in one write with whatever led to it: nothing may come between the two. */
export async function turnTo(
  brief: Brief,
  turn: Turn,
  {
    changes: others,
    happenings = [],
  }: { readonly changes?: Changes; readonly happenings?: readonly Happening[] } = {},
): Promise<Answer> {
  const { course, failure, message } = turn;
  if (course.kind === 'forward') throw new Error('a rollout never turns forward again');
  const changes = {
    ...others,
    course,
    gate: undefined,
    ...(failure !== undefined && { failure }),
    ...(course.kind === 'back' && { phase: 'rollingBack' as const }),
  };
  await finish(brief, changes, [...happenings, { kind: 'turned', message }]);
  return { kind: 'turned', course: course.kind };
}
