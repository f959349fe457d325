const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `2 m 40 s`: how long something took or takes, in the two largest units. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return two(whole, [MINUTE, 'm'], [1, 's']);
  if (whole < DAY) return two(whole, [HOUR, 'h'], [MINUTE, 'm']);
  return two(whole, [DAY, 'd'], [HOUR, 'h']);
}

type Unit = readonly [number, string];

function two(seconds: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const rest = Math.floor((seconds % large) / small);
  const first = `${Math.floor(seconds / large)} ${largeName}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}

/** `3 m ago`, `in 2 h`: coarse, so that nothing on the page twitches each second for long. */
export function relative(iso: string, now: number): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  const span = coarse(Math.abs(seconds));
  if (span === '') return 'just now';
  return seconds < 0 ? `in ${span}` : `${span} ago`;
}

/** `12 min`: how long it is since then, as coarsely. */
export function spanSince(iso: string, now: number): string {
  return coarse((now - Date.parse(iso)) / 1000) || 'a moment';
}

function coarse(seconds: number): string {
  if (seconds < 5) return '';
  if (seconds < MINUTE) return `${Math.floor(seconds / 5) * 5} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < 10 * HOUR) return two(seconds, [HOUR, 'h'], [MINUTE, 'm']);
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.floor(seconds / DAY)} days`;
}

/** `2026-11-21 08:03:16 UTC` */
export function exact(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** `02:10`, with the day before it where that is another than today's. */
export function clock(iso: string, now: number): string {
  const today = new Date(now).toISOString().slice(0, 10);
  const time = iso.slice(11, 16);
  return iso.startsWith(today) ? time : `${iso.slice(5, 10)} ${time}`;
}

export function secondsBetween(from: string | null, to: string | null, now: number): number | undefined {
  if (from === null) return undefined;
  return ((to === null ? now : Date.parse(to)) - Date.parse(from)) / 1000;
}
