import { describe, expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../local/host/drivers/virtual-host.ts';
import { CONSTRUCTS, type TestHub } from './support/cases.ts';
import { constructsApp } from './support/constructs-app.ts';

const START = new Date('2026-03-01T12:00:00Z');

function inProcess(host: VirtualHost): TestHub {
  const { client } = host;
  const status: TestHub['status'] = async (id) => {
    const now = client.status(id);
    if (now === undefined) throw new Error(`no ${id}`);
    return now;
  };
  return {
    async start(orchestration, instanceId, input) {
      client.start(orchestration, { instanceId, input });
    },
    async raise(id, event, data) {
      client.raiseEvent(id, event, data);
    },
    async operate(id, operation, reason) {
      client[operation](id, reason);
    },
    status,
    async until(id, looks) {
      await host.runUntil(async () => looks(await status(id)));
      return status(id);
    },
  };
}

describe('the same app in virtual time', () => {
  for (const seed of [undefined, 1, 77]) {
    it.each(CONSTRUCTS)(`$orchestration ends $status (seed ${seed})`, async (construct) => {
      const { orchestration, input, during, status, output } = construct;
      await using host = createVirtualHost({
        app: await constructsApp(),
        startAt: START,
        checkReplay: 'everyTurn',
        ...(seed === undefined ? {} : { seed }),
      });
      const id = `${orchestration}-${status}-${seed}`;
      const hub = inProcess(host);
      await hub.start(orchestration, id, input);
      await during?.(hub, id);
      expect(await host.runToEnd(id)).toMatchObject({ runtimeStatus: status, output });
      expect(host.diagnostics.filter(({ rule }) => rule === 'replay-differs')).toEqual([]);
    });
  }

  it('lets weeks pass in an instant, in pieces of three days', async () => {
    const app = await constructsApp();
    await using host = createVirtualHost({ app, startAt: START, exactTimers: true });
    const tenDays = 10 * 86_400_000;
    const id = host.client.start('pause', { input: tenDays });
    await host.runToEnd(id);
    expect(host.clock.now() - START.getTime()).toBe(tenDays);
    expect(host.history(id).filter((event) => event.EventType === 10)).toHaveLength(4);
  });

  it('keeps an instance running while a timer is open that nobody cancelled', async () => {
    await using host = createVirtualHost({ app: await constructsApp(), startAt: START });
    const id = host.client.start('raceOpen');
    await host.advance(3_598_000);
    expect(host.client.status(id)?.runtimeStatus).toBe('Running');
    await host.advance(2000);
    expect(host.client.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'returned at once' });
  });

  it('repeats itself to the letter for one seed', async () => {
    const run = async () => {
      await using host = createVirtualHost({ app: await constructsApp(), startAt: START, seed: 5 });
      const names = [
        'fan',
        'family',
        'nested',
        'generations',
        'counting',
        'countingTogether',
        'badChild',
        'values',
      ];
      const ids = Array.from({ length: 200 }, (_, index) => `${names[index % names.length]}-${index}`);
      const input = { left: 3, sum: 0 };
      for (const id of ids) host.client.start(id.replace(/-.*/, ''), { instanceId: id, input });
      await host.advance(60_000);
      expect(host.client.list({ runtimeStatus: ['Completed'] }).length).toBeGreaterThanOrEqual(200);
      return JSON.stringify(host.client.list().map(({ instanceId }) => host.history(instanceId)));
    };
    const first = await run();
    expect(first.length).toBeGreaterThan(100_000);
    expect(await run()).toBe(first);
  });

  it('refuses to wait for what cannot happen', async () => {
    await using host = createVirtualHost({ app: await constructsApp(), startAt: START });
    const id = host.client.start('approval');
    await expect(host.runToEnd(id, { maxVirtualMs: 60_000 })).rejects.toThrow('after 60000 virtual ms');
  });
});
