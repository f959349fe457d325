import { setTimeout as delay } from 'node:timers/promises';
import { parseSchedule, type Schedule } from '../host/triggers/schedule.ts';
import type { ToldFunction } from './worker/worker.ts';

const LOOK_MILLISECONDS = 250;

/**
 * Fires each timer function when its schedule says so, which on Azure the Functions host does. One that fell due while
 * the host was away is fired when it is back, as there.
 */
export function keepSchedule(functions: readonly ToldFunction[], hostUrl: string): { stop(): void } {
  const stopped = new AbortController();
  for (const { name, schedule } of functions) {
    if (schedule !== undefined) void keep(name, parseSchedule(schedule, process.env));
  }

  async function keep(name: string, schedule: Schedule): Promise<void> {
    let due = schedule.next(Date.now());
    while (due !== undefined && (await slept())) {
      if (Date.now() >= due && (await fire(name))) due = schedule.next(Date.now());
    }
  }

  async function fire(name: string): Promise<boolean> {
    const url = `${hostUrl}/admin/functions/${name}`;
    const answer = await fetch(url, { method: 'POST' }).catch(() => undefined);
    return answer?.status === 202;
  }

  async function slept(): Promise<boolean> {
    await delay(LOOK_MILLISECONDS, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    return !stopped.signal.aborted;
  }

  return { stop: () => stopped.abort() };
}
