import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFunctionApp } from '../../local/host/worker/app/function-app.ts';
import { createRegistry } from '../../local/host/worker/core/registry.ts';
import { arrivalOf } from '../../local/host/durable/replay/timers.ts';
import { fileMonitor } from '../../local/host/triggers/monitor.ts';
import { parseSchedule } from '../../local/host/triggers/schedule.ts';
import { createTimerTriggers } from '../../local/host/triggers/timer-triggers.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** One timer function under a host that is up from `upAt` on; answers with what its runs were told. */
function hostWith(trigger: object, upAt: number) {
  const registry = createRegistry();
  const core = registry.coreModule as { registerFunction(metadata: object, callback: unknown): void };
  core.registerFunction(
    { name: 'tick', bindings: { timer: { type: 'timerTrigger', direction: 'in', ...trigger } } },
    () => 1,
  );
  const told: boolean[] = [];
  const clock = { time: upAt, now: () => clock.time };
  const timers = createTimerTriggers({
    app: createFunctionApp(registry),
    clock,
    env: {},
    log: () => undefined,
    monitor: fileMonitor(folder),
    invoke: async (_fn, info) => {
      told.push((JSON.parse(info) as { IsPastDue: boolean }).IsPastDue);
    },
  });
  return { timers, told, clock };
}

/** durable-host.md 7; the catch-up after a restart is read from sources, not run. */
describe('a timer function', () => {
  const hourly = { schedule: '0 0 * * * *' };

  it('is told after a restart that it is past due, once', async () => {
    hostWith(hourly, NOON + 1);
    const later = hostWith(hourly, NOON + 3 * HOUR + 1);
    await later.timers.runDue();
    expect(later.told).toEqual([true]);
    expect(later.timers.nextAt()).toBe(NOON + 4 * HOUR);
  });

  it.each([
    ['its schedule is below a minute', { schedule: '*/10 * * * * *' }],
    ['it is not to be monitored', { ...hourly, useMonitor: false }],
  ])('is not caught up with when %s', async (_why, trigger) => {
    hostWith(trigger, NOON + 1);
    const later = hostWith(trigger, NOON + 3 * HOUR + 1);
    await later.timers.runDue();
    expect(later.told).toEqual([]);
  });

  it('runs on time without being past due', async () => {
    const { timers, told, clock } = hostWith(hourly, NOON + 1);
    clock.time = NOON + HOUR;
    await timers.runDue();
    expect(told).toEqual([false]);
  });

  it('takes NCRONTAB, time spans and settings, and refuses the rest', () => {
    expect(parseSchedule('0 30 9 * * 1-5', {}).next(NOON)).toBe(Date.parse('2026-03-02T09:30:00Z'));
    expect(parseSchedule('01:30:00', {}).next(NOON)).toBe(NOON + 1.5 * HOUR);
    expect(parseSchedule('%WHEN%', { WHEN: '0 0 13 * * *' }).next(NOON)).toBe(NOON + HOUR);
    expect(parseSchedule('0 0 9 * * *', { WEBSITE_TIME_ZONE: 'Europe/Berlin' }).next(NOON)).toBe(
      Date.parse('2026-03-02T08:00:00Z'),
    );
    expect(() => parseSchedule('%GONE%', {})).toThrow('GONE');
    expect(() => parseSchedule('every day', {})).toThrow('no NCRONTAB expression');
  });
});

/** golden 1.5: a 5 s timer took 4.07 s, a retry interval of 1 s practically none, past timers fire at once. */
it.each([
  [5000, 4080],
  [2500, 2080],
  [1000, 80],
  [40, 40],
  [0, 0],
])('a durable timer of %i ms fires after %i ms', (delay, after) => {
  expect(arrivalOf(NOON + delay, NOON, false) - NOON).toBe(after);
  expect(arrivalOf(NOON + delay, NOON, true) - NOON).toBe(delay);
});
