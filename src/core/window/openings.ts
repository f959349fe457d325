import { z } from 'zod';
import { daysOf, dayIn, nextOf, readCron } from './local-time.ts';
import type { LocalDay } from './local-time.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const ORDINALS: Readonly<Record<string, string>> = {
  first: '1',
  second: '2',
  third: '3',
  fourth: '4',
  last: 'L',
};
const RECURS =
  /^(?:(?<days>\d{0,2})Days?|(?<weeks>\d{0,2})Weeks?(?: (?<weekdays>[a-z, ]+))?|(?<months>\d{0,2})Months? (?:(?<ordinal>first|second|third|fourth|last) (?<weekday>[a-z]+)|(?<monthDays>day\d{1,2}(?:, ?day\d{1,2})*)))$/i;
const STARTS = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d)$/;

/** What recurs, and on which of the days that its expression names. */
interface Recurrence {
  readonly cron: string;
  readonly every: number;
  readonly unit: 'day' | 'week' | 'month';
}

/** Reads `recurEvery` as maintenance configurations of Azure write it; `undefined` for anything else. */
export function readRecurrence(recurEvery: string, startDateTime: string): Recurrence | undefined {
  const [, date = '', hours = '', minutes = ''] = STARTS.exec(startDateTime) ?? [];
  const groups = RECURS.exec(recurEvery.trim())?.groups;
  if (date === '' || groups === undefined) return undefined;
  const at = `${Number(minutes)} ${Number(hours)}`;
  const { days, weeks, weekdays, months, ordinal, weekday, monthDays } = groups;
  if (days !== undefined) return { cron: `${at} * * *`, every: timesOf(days), unit: 'day' };
  if (weeks !== undefined) {
    const named = weekdays === undefined ? [new Date(`${date}T00:00:00Z`).getUTCDay()] : numbersOf(weekdays);
    return named.includes(-1)
      ? undefined
      : { cron: `${at} * * ${named.join(',')}`, every: timesOf(weeks), unit: 'week' };
  }
  const monthly = { every: timesOf(months ?? ''), unit: 'month' } as const;
  if (monthDays !== undefined) {
    return { ...monthly, cron: `${at} ${monthDays.replaceAll(/day| /gi, '')} * *` };
  }
  const [day = -1] = numbersOf(weekday ?? '');
  const which = ORDINALS[(ordinal ?? '').toLowerCase()] ?? '';
  return day === -1 ? undefined : { ...monthly, cron: `${at} * * ${day}#${which}` };
}

const timesOf = (text: string): number => (text === '' ? 1 : Math.max(1, Number(text)));

const numbersOf = (names: string): readonly number[] =>
  names.split(',').map((name) => WEEKDAYS.indexOf(name.trim().toLowerCase()));

const byCron = z.strictObject({
  /** Five fields: minute, hour, day of the month, month, weekday. */
  cron: z.string().max(200).refine(isCron, 'must be a cron expression of five fields that has a next time'),
  durationMinutes: z.int().min(5).max(10_080),
});

const byConfiguration = z
  .strictObject({
    startDateTime: z.string().regex(STARTS, 'must be a day and a time such as 2026-12-05 22:00'),
    duration: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be hours and minutes such as 03:55'),
    recurEvery: z.string().max(200),
    expirationDateTime: z
      .string()
      .regex(STARTS, 'must be a day and a time such as 2027-12-05 22:00')
      .optional(),
  })
  .refine(recurs, {
    path: ['recurEvery'],
    error: 'must be such as Day, 2Weeks Saturday,Sunday, Month Third Sunday or Month day23,day24',
  });

/** When a window opens again and again, by a cron expression or as a maintenance configuration of Azure says it. */
export const Opening = z.union([byCron, byConfiguration]);
export type Opening = Readonly<z.infer<typeof Opening>>;

function isCron(cron: string): boolean {
  try {
    return readCron(cron, 'UTC').nextRun(new Date('2026-01-01T00:00:00Z')) !== null;
  } catch {
    return false;
  }
}

function recurs({
  recurEvery,
  startDateTime,
}: {
  readonly recurEvery: string;
  readonly startDateTime: string;
}) {
  const recurrence = readRecurrence(recurEvery, startDateTime);
  return recurrence !== undefined && isCron(recurrence.cron);
}

export function lengthOf(opening: Opening): number {
  if ('cron' in opening) return opening.durationMinutes * 60_000;
  const [hours = 0, minutes = 0] = opening.duration.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}

/** So many times may not count one after the other: the 31st of every twelfth month, from a month without one. */
const MOST_SKIPPED = 1000;

/** When the window opens for the first time after a moment; `undefined` where it never does again. */
export function nextOpening(opening: Opening, zone: string, after: number): number | undefined {
  if ('cron' in opening) return nextOf(opening.cron, zone, after);
  const recurrence = readRecurrence(opening.recurEvery, opening.startDateTime);
  if (recurrence === undefined) return undefined;
  const [first, last] = [opening.startDateTime, opening.expirationDateTime ?? '9999-12-31 23:59'];
  let at: number | undefined = Math.max(after, Date.parse(`${first.slice(0, 10)}T00:00:00Z`) - 86_400_000);
  for (let looked = 0; looked < MOST_SKIPPED; looked += 1) {
    at = nextOf(recurrence.cron, zone, at);
    if (at === undefined) return undefined;
    const day = dayIn(zone, at);
    if (daysOf(day) > daysOf(dayOf(last))) return undefined;
    if (counts(recurrence, dayOf(first), day)) return at;
  }
  return undefined;
}

function dayOf(text: string): LocalDay {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return { year, month, day };
}

/** Whether it is the turn of this day, counted from the first. */
function counts({ every, unit }: Recurrence, first: LocalDay, day: LocalDay): boolean {
  const days = daysOf(day) - daysOf(first);
  if (days < 0) return false;
  if (unit === 'day') return days % every === 0;
  if (unit === 'month') return (12 * (day.year - first.year) + day.month - first.month) % every === 0;
  // Weeks begin on Sunday, as their days are counted; 1970 began on a Thursday.
  const week = (at: LocalDay): number => Math.floor((daysOf(at) + 4) / 7);
  return (week(day) - week(first)) % every === 0;
}
