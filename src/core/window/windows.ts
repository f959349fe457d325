import { z } from 'zod';
import { dateIn, isZone, nextDate, startOf } from './local-time.ts';
import { lengthOf, nextOpening, Opening } from './openings.ts';
import { zoneOf } from './windows-zones.ts';

const DATES = /^(\d{4}-\d{2}-\d{2})(?:\/(\d{4}-\d{2}-\d{2}))?$/;

export const timeZone = z
  .string()
  .max(100)
  .refine(
    (name) => isZone(zoneOf(name)),
    'must be a time zone such as Europe/Berlin or W. Europe Standard Time',
  );

const closedDates = z
  .string()
  .refine(
    isRange,
    'must be a day such as 2026-12-24, or the first and the last of several: 2026-12-24/2027-01-02',
  );

/** When batches may begin. A batch that has begun is finished, however late it gets. */
export const Windows = z.strictObject({
  /** An IANA name, or one of Windows. */
  timeZone: timeZone.default('UTC'),
  open: z.array(Opening).min(1).max(20),
  /** Days of that zone on which no window is open. */
  closedOn: z.array(closedDates).max(200).optional(),
});
export type Windows = Readonly<z.infer<typeof Windows>>;

/** Whether batches may begin at some moment, and when that changes. */
export type WindowState =
  | { readonly kind: 'open'; readonly until: number }
  /** `opens` is missing where it never does again. */
  | { readonly kind: 'closed'; readonly opens?: number };

/** Windows that follow each other without a gap are one; no more than so many are looked at. */
const MOST_STEPS = 400;

export function windowAt(windows: Windows, now: number): WindowState {
  const closes = closesAfter(windows, now);
  if (closes !== undefined) return { kind: 'open', until: closes };
  const opens = opensAfter(windows, now);
  return { kind: 'closed', ...(opens !== undefined && { opens }) };
}

/** Whether no window opens any more from this moment on. */
export function neverOpens(windows: Windows, from: number): boolean {
  const open = windows.open.filter((opening) => lengthOf(opening) > 0);
  const state = open.length === 0 ? undefined : windowAt({ ...windows, open }, from);
  return state === undefined || (state.kind === 'closed' && state.opens === undefined);
}

/** Hours of a year of quarter-hour windows, and more. */
const MOST_TURNS = 40_000;
/** Whoever asks is answered at once: hours that have not ended after so many windows are taken to be enough. */
const MOST_TURNS_AT_ONCE = 200;

/** When windows will have been open for so long in all; `undefined` where they never are. */
export function openFor(windows: Windows, from: number, milliseconds: number): number | undefined {
  const walked = walk(windows, { from, milliseconds, turns: MOST_TURNS });
  return walked.kind === 'over' ? walked.at : undefined;
}

/** Whether windows close for good before they have been open for so long in all. */
export function endsWithin(windows: Windows, from: number, milliseconds: number): boolean {
  return walk(windows, { from, milliseconds, turns: MOST_TURNS_AT_ONCE }).kind === 'ends';
}

type Walked = { readonly kind: 'over'; readonly at: number } | { readonly kind: 'ends' | 'unknown' };

function walk(
  windows: Windows,
  {
    from,
    milliseconds,
    turns,
  }: { readonly from: number; readonly milliseconds: number; readonly turns: number },
): Walked {
  let [at, left] = [from, milliseconds];
  for (let turn = 0; turn < turns; turn += 1) {
    const state = windowAt(windows, at);
    if (state.kind === 'closed') {
      if (state.opens === undefined) return { kind: 'ends' };
      at = state.opens;
      continue;
    }
    if (state.until - at >= left) return { kind: 'over', at: at + left };
    left -= state.until - at;
    at = state.until;
  }
  return { kind: 'unknown' };
}

/** When a window that is open now closes; `undefined` where none is. */
function closesAfter(windows: Windows, now: number): number | undefined {
  if (closedUntil(windows, now) !== undefined) return undefined;
  let end = now;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const later = Math.max(...windows.open.map((opening) => endOf(opening, windows, end)));
    if (later <= end) break;
    end = later;
  }
  if (end === now) return undefined;
  const dates = rangesOf(windows).map(([first]) => startOf(zoneOf(windows.timeZone), first));
  return Math.min(end, ...dates.filter((closed) => closed > now));
}

/** When the window that is open at a moment closes, leaving dates aside; that moment where it is not open. */
function endOf(opening: Opening, { timeZone: zone }: Windows, at: number): number {
  const length = lengthOf(opening);
  let end = at;
  let begins = nextOpening(opening, zoneOf(zone), at - length);
  for (let step = 0; begins !== undefined && begins <= at && step < MOST_STEPS; step += 1) {
    end = begins + length;
    begins = nextOpening(opening, zoneOf(zone), begins);
  }
  return end;
}

function opensAfter(windows: Windows, now: number): number | undefined {
  let at: number | undefined = now;
  for (let step = 0; step < MOST_STEPS && at !== undefined; step += 1) {
    const closed = closedUntil(windows, at);
    if (closed !== undefined && closesAfter(windows, closed) !== undefined) return closed;
    at = firstOf(windows, Math.max(at, (closed ?? at) - 1));
    if (at !== undefined && closedUntil(windows, at) === undefined) return at;
  }
  return undefined;
}

function firstOf({ open, timeZone: zone }: Windows, after: number): number | undefined {
  const all = open.map((opening) => nextOpening(opening, zoneOf(zone), after));
  const known = all.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** When the days end that a moment lies in and that are closed. */
function closedUntil(windows: Windows, at: number): number | undefined {
  const zone = zoneOf(windows.timeZone);
  const isClosed = (date: string): boolean =>
    rangesOf(windows).some(([first, last]) => first <= date && date <= last);
  let date = dateIn(zone, at);
  if (!isClosed(date)) return undefined;
  while (isClosed(date)) date = nextDate(date);
  return startOf(zone, date);
}

function rangesOf({ closedOn = [] }: Windows): readonly (readonly [first: string, last: string])[] {
  return closedOn.map((range) => {
    const [, first = '', last = first] = DATES.exec(range) ?? [];
    return [first, last];
  });
}

function isRange(text: string): boolean {
  const [, first = '', last = first] = DATES.exec(text) ?? [];
  const isDay = (date: string): boolean => !Number.isNaN(Date.parse(`${date}T00:00:00Z`));
  return isDay(first) && isDay(last) && first <= last && daysBetween(first, last) <= 366;
}

function daysBetween(first: string, last: string): number {
  return (Date.parse(last) - Date.parse(first)) / 86_400_000;
}
