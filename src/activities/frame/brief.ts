import { setClock, readClock } from '../../core/record/active-clock.ts';
import type { Command } from '../../core/record/command.ts';
import type { Happening } from '../../core/record/events.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { RolloutRecord, WaitingFor } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import type { Turn } from '../../core/run/course.ts';
import { standingOf } from '../../core/run/standing.ts';
import type { Standing } from '../../core/run/standing.ts';
import { readCommands } from '../../store/commands.ts';
import { appendEvents } from '../../store/events.ts';
import { readRollout, replaceRollout } from '../../store/rollouts.ts';
import type { Ports } from './ports.ts';

/** What a step knows when it begins: the record, with its clock read, and what the command log asks for. */
export interface Brief {
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
  const stored = await readRollout(store, rollout);
  if (stored === undefined) throw new Error(`there is no record of rollout ${rollout}`);
  const commands = await readCommands(store, rollout);
  const now = clock.now();
  const record = { ...stored.record, clock: readClock(stored.record.clock, now) };
  return { record, etag: stored.etag, commands, standing: standingOf(record, commands), now };
}

/** Writes the record, and before it what happened; commands that nobody has told of yet are told first. */
export async function save(
  brief: Brief,
  { store }: Ports,
  changes: Changes,
  happenings: readonly Happening[] = [],
): Promise<Brief> {
  const { record } = brief;
  const unseen = brief.commands.filter(({ sequence }) => sequence > record.seenCommand);
  const time = new Date(brief.now).toISOString();
  const events = [...unseen.map((command) => told(command)), ...happenings].map((happening) => ({
    time,
    ...happening,
  }));
  // fence I22: no write goes out without its event
  const lastEvent = await appendEvents(store, record.id, { events, after: record.lastEvent });
  const next = defined({
    ...record,
    ...changes,
    lastEvent,
    seenCommand: brief.standing.lastSequence,
    // Whoever writes here is at work again.
    ...(record.recovery !== undefined && { recovery: { at: record.recovery.at } }),
  });
  const stored = await replaceRollout(store, next, brief.etag);
  return { ...brief, ...stored };
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
export async function wait(
  brief: Brief,
  ports: Ports,
  { changes, happenings, ...plan }: Wait,
): Promise<Answer> {
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
    ports,
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
  ports: Ports,
  changes: Changes,
  happenings: readonly Happening[] = [],
): Promise<Brief> {
  const clock = setClock(brief.record.clock, true, 0);
  return save(brief, ports, { waitingFor: undefined, clock, ...changes }, happenings);
}

/** Sets a new course for the whole rollout, in one write with whatever led to it: nothing may come between the two. */
export async function turnTo(
  brief: Brief,
  ports: Ports,
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
  await finish(brief, ports, changes, [...happenings, { kind: 'turned', message }]);
  return { kind: 'turned', course: course.kind };
}
