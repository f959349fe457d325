import type { Freeze } from '../record/freeze.ts';
import { isEnded } from '../record/phase.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import type { Command } from '../record/command.ts';
import { waitOf } from './recovery.ts';
import { pauseOf, phaseShown, standingOf } from './standing.ts';

/** What wakes somebody up: each has an alert rule in `infra/` and an entry in the runbook. */
export const ALARMS = [
  'stuck',
  'waitingTooLong',
  'nearFloor',
  'accessDenied',
  'frozen',
  'deadLetter',
] as const;

/** As it is written to the log: a person reads the message, an alert rule the kind. */
export interface Alarm {
  readonly alarm: (typeof ALARMS)[number];
  readonly rollout?: string;
  readonly scaleSet?: string;
  readonly phase?: string;
  readonly since: string;
  readonly message?: string;
}

/** How long a rollout may wait for a person or for the floor before somebody is told. */
const PERSON_SECONDS = 3600;
const FLOOR_SECONDS = 300;

/** A rollout that is this much later than it planned to be, and waits for nobody, is stuck. */
const LATE_SECONDS = 600;

/** What has been wrong with a rollout for too long. */
export function alarmsOf(record: RolloutRecord, commands: readonly Command[], now: number): readonly Alarm[] {
  if (isEnded(record.phase)) return [];
  const standing = standingOf(record, commands);
  const of = {
    rollout: record.id,
    scaleSet: record.scaleSet,
    phase: phaseShown(record, standing),
  };
  const isOlder = (since: string, seconds: number): boolean => now - Date.parse(since) >= seconds * 1000;
  const wait = waitOf(record);
  const pause = pauseOf(record, standing);
  const alarm = (kind: Alarm['alarm'], since: string, message?: string): Alarm => ({
    alarm: kind,
    ...of,
    since,
    ...(message !== undefined && { message }),
  });
  const alarms: Alarm[] = [];
  if (pause !== undefined && isOlder(pause.since, PERSON_SECONDS))
    alarms.push(alarm('waitingTooLong', pause.since, pause.reason));
  if (wait?.kind === 'approval' && isOlder(wait.since, PERSON_SECONDS))
    alarms.push(alarm('waitingTooLong', wait.since, wait.message));
  if (wait?.kind === 'floor' && isOlder(wait.since, FLOOR_SECONDS))
    alarms.push(alarm('nearFloor', wait.since, wait.message));
  if (wait?.kind === 'access') alarms.push(alarm('accessDenied', wait.since, wait.message));
  if (wait?.kind === 'recovery') alarms.push(alarm('stuck', wait.since, wait.message));
  else if (isOlder(record.clock.at, record.clock.sleepSeconds + LATE_SECONDS))
    alarms.push(alarm('stuck', record.clock.at, wait?.message));
  return alarms;
}

/** A notice that was given up is told once, when that happens; its target may be away for long. */
export function alarmOfDeadLetter(message: string, now: number): Alarm {
  return { alarm: 'deadLetter', since: new Date(now).toISOString(), message };
}

/** A freeze is set by a person and easily forgotten. */
export function alarmOfFreeze({ since, reason }: Freeze): Alarm {
  return { alarm: 'frozen', since, message: reason };
}
