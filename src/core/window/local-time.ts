import { Cron } from 'croner';

/** A calendar day in some zone. */
export interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, calendar: 'iso8601', dateStyle: 'short' });
  formats.set(zone, made);
  return made;
}

/** Whether this machine knows the zone by its IANA name. */
export function isZone(zone: string): boolean {
  try {
    return formatOf(zone).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The day that a moment belongs to in a zone, as `2026-12-24`. */
export function dateIn(zone: string, at: number): string {
  return formatOf(zone).format(at);
}

export function dayIn(zone: string, at: number): LocalDay {
  const [year = 0, month = 0, day = 0] = dateIn(zone, at).split('-').map(Number);
  return { year, month, day };
}

/** Whole days since 1970, however long they were in their zone. */
export function daysOf({ year, month, day }: LocalDay): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

export function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** When a day begins in a zone: at midnight, or where the clock skips that, when it has been moved. */
export function startOf(zone: string, date: string): number {
  const begins = new Cron(`${date}T00:00:00`, { timezone: zone, paused: true }).nextRun(new Date(0));
  return begins?.getTime() ?? 0;
}

const crons = new Map<string, Cron>();

/** Reads a cron expression of five fields; throws for any other. */
export function readCron(cron: string, zone: string): Cron {
  const key = `${zone} ${cron}`;
  const known = crons.get(key);
  if (known !== undefined) return known;
  const made = new Cron(cron, { timezone: zone, paused: true, mode: '5-part', domAndDow: true });
  crons.set(key, made);
  return made;
}

/** The first time after a moment that an expression means; a time that the clock skips begins once it has been moved. */
export function nextOf(cron: string, zone: string, after: number): number | undefined {
  return readCron(cron, zone).nextRun(new Date(after))?.getTime();
}
