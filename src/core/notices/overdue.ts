import { notices as words } from '../messages/notices.ts';
import { isEnded } from '../record/phase.ts';
import type { Command } from '../record/command.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { alarmsOf } from '../run/alarms.ts';
import { pauseOf, phaseShown, standingOf } from '../run/standing.ts';
import type { Notice } from './notice.ts';
import type { NoticeSettings } from './settings.ts';

/** What the passing of time tells; its name is the same however often somebody looks. */
export interface Overdue {
  readonly name: string;
  readonly notice: Notice;
}

/** Something that only a person ends. */
export interface Waits {
  readonly what: string;
  readonly since: string;
  readonly message: string;
  readonly more?: Pick<Notice, 'batch' | 'stage' | 'until'>;
}

/**
 * What is to be told of a rollout by now: reminders of what it waits for a person for, again and again; once for each
 * wait that nobody has come, and once for everything else that keeps it up too long.
 */
export function overdueOf(
  record: RolloutRecord,
  commands: readonly Command[],
  { settings, now }: { readonly settings: NoticeSettings; readonly now: number },
): readonly Overdue[] {
  if (isEnded(record.phase)) return [];
  const phase = phaseShown(record, standingOf(record, commands));
  const people = forPeople(record, commands).flatMap((waits) => waitsTold(waits, phase, { settings, now }));
  const others = alarmsOf(record, commands, now)
    .filter(({ alarm }) => alarm !== 'waitingTooLong')
    .map(({ alarm, since, message = words.nowIn(phase) }) =>
      escalation({ what: alarm, since, message }, phase),
    );
  return [...people, ...others];
}

/** The reminders and the escalation of one wait that are due by now. */
export function waitsTold(
  waits: Waits,
  phase: string,
  { settings, now }: { readonly settings: NoticeSettings; readonly now: number },
): readonly Overdue[] {
  const isLong = now - Date.parse(waits.since) >= settings.escalateAfterSeconds * 1000;
  return [
    ...reminder(waits, phase, { every: settings.remindAfterSeconds, now }),
    ...(isLong ? [escalation(waits, phase)] : []),
  ];
}

function forPeople(record: RolloutRecord, commands: readonly Command[]): readonly Waits[] {
  const { waitingFor: wait } = record;
  const pause = pauseOf(record, standingOf(record, commands));
  const approval =
    wait?.kind === 'approval'
      ? [
          {
            what: 'approval',
            since: record.gate?.since ?? wait.since,
            message: wait.message,
            more: batchOf(wait),
          },
        ]
      : [];
  const paused =
    pause === undefined
      ? []
      : [{ what: 'paused', since: pause.since, message: pause.reason ?? words.isPaused }];
  return [...approval, ...paused];
}

function batchOf({ batch, until }: Pick<Notice, 'batch' | 'until'>): Pick<Notice, 'batch' | 'until'> {
  return { ...(batch !== undefined && { batch }), ...(until !== undefined && { until }) };
}

/** The last one that is due: whoever was away for hours tells it once. */
function reminder(
  { what, since, message, more }: Waits,
  phase: string,
  { every, now }: { readonly every: number; readonly now: number },
): readonly Overdue[] {
  const times = Math.floor((now - Date.parse(since)) / 1000 / every);
  if (times < 1) return [];
  const notice: Notice = { kind: 'reminder', phase, message: words.still(message, since), since, ...more };
  return [{ name: `reminder-${what}-${stamp(since)}-${times}`, notice }];
}

function escalation({ what, since, message, more }: Waits, phase: string): Overdue {
  const notice: Notice = { kind: 'escalation', phase, message: words.still(message, since), since, ...more };
  return { name: `escalation-${what}-${stamp(since)}`, notice };
}

/** A time as a part of a name. */
function stamp(time: string): string {
  return time.replaceAll(/[^0-9T]/g, '');
}
