import { nextOf } from '../window/local-time.ts';
import { zoneOfLooks } from './schedule.ts';
import type { Schedule } from './schedule.ts';
import { windowAt } from '../window/windows.ts';

const HOUR = 3_600_000;

/** When a schedule has looked, and what it then had to come back for. */
export interface Looked {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Before its next time, since something waits for its turn. */
  readonly again?: number;
}

/**
 * When a schedule looks next, milliseconds since the epoch; in the past where that was missed. However many times were
 * missed, the next look makes up for all of them. `undefined` where it never looks again.
 */
export function nextLook(schedule: Schedule, looked: Looked | undefined): number | undefined {
  if (!schedule.enabled) return undefined;
  if (looked === undefined) return 0;
  const due = dueAfter(schedule, looked.at);
  if (looked.again === undefined) return due;
  return due === undefined ? looked.again : Math.min(due, looked.again);
}

function dueAfter(schedule: Schedule, at: number): number | undefined {
  const { looks, windows } = schedule;
  if (looks !== undefined) return nextOf(looks.cron, zoneOfLooks(schedule), at);
  if (windows === undefined) return at + HOUR;
  const window = windowAt(windows, at);
  if (window.kind === 'closed') return window.opens;
  if (at + HOUR < window.until) return at + HOUR;
  const later = windowAt(windows, window.until);
  return later.kind === 'closed' ? later.opens : window.until;
}

/** Whether a look that is due may begin rollouts now: without times of its own a schedule starts them in its windows. */
export function mayStart({ looks, windows }: Schedule, now: number): boolean {
  return looks !== undefined || windows === undefined || windowAt(windows, now).kind === 'open';
}
