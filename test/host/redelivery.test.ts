import { describe, expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../local/host/drivers/virtual-host.ts';
import { AT_ONCE } from '../../local/host/hub/deliveries.ts';
import type { FaultHooks } from '../../local/host/hub/faults.ts';
import { createFunctionApp } from '../../local/host/worker/app/function-app.ts';
import { HostJsonError } from '../../local/host/worker/app/host-json.ts';
import { createRegistry } from '../../local/host/worker/core/registry.ts';
import { constructsApp } from './support/constructs-app.ts';

const START = new Date('2026-03-01T12:00:00Z');
/** What the real extension takes where host.json says nothing (golden 6.2). */
const FIVE_MINUTES = 300;

const secondsOf = (host: VirtualHost): number => (host.clock.now() - START.getTime()) / 1000;

async function hostWith(
  hooks: FaultHooks,
  more: Partial<Parameters<typeof createVirtualHost>[0]> = {},
): Promise<VirtualHost> {
  return createVirtualHost({
    app: await constructsApp(),
    startAt: START,
    exactTimers: true,
    hooks,
    ...more,
  });
}

/** When the activity of `sequence` that was struck ran, in seconds. */
async function runsOf(
  strike: (host: VirtualHost) => Promise<void>,
  more: Parameters<typeof hostWith>[1] = {},
): Promise<readonly number[]> {
  const at: number[] = [];
  await using host = await hostWith(
    {
      async beforeActivity(task) {
        if (task.taskId !== 0) return;
        at.push(secondsOf(host));
        if (at.length === 1) await host.clock.sleep(1_000_000);
      },
    },
    more,
  );
  const id = host.client.start('sequence', { input: {} });
  await strike(host);
  expect((await host.runToEnd(id)).output).toBe('one!!');
  return at;
}

const dieAfter = (seconds: number) => async (host: VirtualHost) => {
  await host.advance(seconds * 1000);
  host.restart();
};

/** golden 6.2; counted from the last renewal: measured on 3.19.0 at a timeout of 60 s, which is renewed every 30 s. */
describe('an activity that the host died in runs again', () => {
  it('five minutes after it was taken, by default', async () => {
    expect(await runsOf(dieAfter(10))).toEqual([0, FIVE_MINUTES]);
  });

  it.each([
    [29, 60],
    [31, 90],
    [95, 150],
  ])('killed after %i s, after %i s at a timeout of 60 s', async (killedAfter, again) => {
    const redelivery = { messagesMs: 1000, activitiesMs: 60_000 };
    expect(await runsOf(dieAfter(killedAfter), { redelivery })).toEqual([0, again]);
  });

  it('at once where a test asks for that', async () => {
    expect(await runsOf(dieAfter(10), { redelivery: AT_ONCE })).toEqual([0, 10]);
  });
});

describe('a turn that the host died in', () => {
  const once = (): NonNullable<FaultHooks['beforeTurnCommit']> => {
    let left: 'crash' | undefined = 'crash';
    return () => {
      const now = left;
      left = undefined;
      return now;
    };
  };

  it('comes again five minutes later, and what was told meanwhile is not lost', async () => {
    await using host = await hostWith({ beforeTurnCommit: once() });
    const id = host.client.start('approval', { input: {} });
    await host.advance(60_000);
    expect(host.client.status(id)?.runtimeStatus).toBe('Pending');
    host.client.raiseEvent(id, 'decision', { approved: true, by: 'ann' });
    await host.advance((FIVE_MINUTES - 61) * 1000);
    expect(host.client.status(id)?.runtimeStatus).toBe('Pending');
    expect((await host.runToEnd(id)).output).toBe('approved by ann');
    expect(secondsOf(host)).toBeLessThan(FIVE_MINUTES + 10);
  });

  it('keeps neither other instances nor what nobody had taken', async () => {
    await using host = await hostWith({});
    const waiting = host.client.start('approval', { input: {} });
    const pausing = host.client.start('pause', { input: 20_000 });
    await host.advance(10_000);
    host.restart();
    const later = host.client.start('sequence', { input: {} });
    host.client.raiseEvent(waiting, 'decision', { approved: true, by: 'bob' });
    expect((await host.runToEnd(waiting)).output).toBe('approved by bob');
    expect((await host.runToEnd(later)).output).toBe('one!!');
    expect(secondsOf(host)).toBe(10);
    await host.runToEnd(pausing);
    expect(secondsOf(host)).toBe(20);
  });
});

describe('host.json', () => {
  const redeliveryBy = (storageProvider: object) =>
    createFunctionApp(createRegistry(), {
      version: '2.0',
      extensions: { durableTask: { storageProvider } },
    }).host.redelivery;

  it('says how long, for each kind of queue', () => {
    expect(redeliveryBy({})).toEqual({ messagesMs: 300_000, activitiesMs: 300_000 });
    expect(
      redeliveryBy({
        controlQueueVisibilityTimeout: '00:01:00',
        workItemQueueVisibilityTimeout: '00:02:30.5',
      }),
    ).toEqual({ messagesMs: 60_000, activitiesMs: 150_500 });
  });

  // golden 6.4: less than a minute is rejected at the start.
  it.each(['00:00:59', '01:00:01', 'soon', 60])('may not say %s', (value) => {
    expect(() => redeliveryBy({ controlQueueVisibilityTimeout: value })).toThrow(HostJsonError);
    expect(() => redeliveryBy({ workItemQueueVisibilityTimeout: value })).toThrow(HostJsonError);
  });
});
