import { afterEach, expect, it, vi } from 'vitest';
import { createRealDriver } from '../../local/host/drivers/real.ts';
import type { RealDriverSettings } from '../../local/host/drivers/real.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('misses no timer that comes due while it looks for what is due', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
  let time = 0;
  // Time goes on between any two looks at the clock.
  const clock = { now: () => (time += 10) };
  let due: number | undefined = 15;
  const store = {
    ready: (now: number) => (due !== undefined && due <= now ? ['sleeper'] : []),
    nextDueAt: (now: number) => (due !== undefined && due > now ? due : undefined),
    activities: () => [],
  };
  const turns: string[] = [];
  const engine = {
    async runTurn(id: string) {
      turns.push(id);
      due = undefined;
    },
  };
  const timers = { nextAt: () => undefined };
  const driver = createRealDriver({
    store,
    engine,
    clock,
    timers,
    maxConcurrentActivities: 1,
    log: () => undefined,
  } as unknown as RealDriverSettings);
  driver.wake();
  await vi.advanceTimersByTimeAsync(1000);
  expect(turns).toEqual(['sleeper']);
});
