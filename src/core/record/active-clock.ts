import type { ActiveClock } from './rollout.ts';

/** How much longer than meant a sleep may last before the rest counts as an outage; queues are slow at times. */
const SLACK_SECONDS = 60;

export function startClock(now: string): ActiveClock {
  return { seconds: 0, at: now, running: false, sleepSeconds: 0 };
}

/**
 * Reads the clock: time goes on while it runs, but no further than the workflow meant to sleep. What is longer was an
 * outage of the app itself, and no deadline counts it.
 */
export function readClock(clock: ActiveClock, now: number): ActiveClock {
  const passed = Math.max(0, (now - Date.parse(clock.at)) / 1000);
  const counted = clock.running ? Math.min(passed, clock.sleepSeconds + SLACK_SECONDS) : 0;
  return { ...clock, seconds: clock.seconds + counted, at: new Date(now).toISOString() };
}

/** How the clock is left when the workflow goes to sleep. */
export function setClock(clock: ActiveClock, running: boolean, sleepSeconds: number): ActiveClock {
  return { ...clock, running, sleepSeconds };
}
