import { describe, expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { FaultHooks } from '../../local/host/hub/faults.ts';
import { constructsApp } from './support/constructs-app.ts';

const START = new Date('2026-03-01T12:00:00Z');

async function fanUnder(hooks: FaultHooks) {
  await using host = createVirtualHost({
    app: await constructsApp(),
    startAt: START,
    hooks,
    exactTimers: true,
  });
  const end = await host.runToEnd(host.client.start('fan', { input: {} }));
  return { output: end.output, seconds: (host.clock.now() - START.getTime()) / 1000 };
}

const FAN = [2, 4, 6, 8, 10];
const once = <T>(verdict: T): (() => T | undefined) => {
  let left: T | undefined = verdict;
  return () => {
    const now = left;
    left = undefined;
    return now;
  };
};

/** durable-host.md 8: activities at least once, a turn all or nothing, duplicates without effect. */
describe('an orchestration ends rightly', () => {
  it.each<[string, FaultHooks]>([
    ['a crash before an activity', { beforeActivity: once('crash') }],
    ['a crash after an activity, before its result is kept', { afterActivityBeforeCommit: once('crash') }],
    ['a result that comes twice', { afterActivityBeforeCommit: once('duplicate') }],
    ['a crash before a turn is kept', { beforeTurnCommit: once('crash') }],
    ['a crash after a turn was kept', { afterTurnCommit: once('crash') }],
    ['messages in another order', { reorder: (messages) => messages.toReversed() }],
  ])('in spite of %s', async (_what, hooks) => {
    expect((await fanUnder(hooks)).output).toEqual(FAN);
  });

  it('although a result comes late', async () => {
    const { output, seconds } = await fanUnder({ afterActivityBeforeCommit: once({ lateMs: 90_000 }) });
    expect([output, seconds]).toEqual([FAN, 90]);
  });
});
