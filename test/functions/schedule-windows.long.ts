import { describe, expect, it } from 'vitest';
import { WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import {
  explained,
  HOUR,
  NAME,
  NEWER,
  patched,
  rollouts,
  scheduled,
  settle,
  tick,
} from '../lab/schedules.ts';

/** The lab begins on Saturday 21 November 2026 at 08:00 UTC, which is 09:00 in Berlin. */
const NIGHTLY = {
  timeZone: 'W. Europe Standard Time',
  open: [{ cron: '0 22 * * *', durationMinutes: 180 }],
};

/** The app's timer, so often for so long. */
async function ticks(lab: Lab, hours: number): Promise<void> {
  for (let quarter = 0; quarter < hours * 4; quarter += 1) {
    await tick(lab);
    await lab.host.advance(HOUR / 4);
  }
}

/** When upgrades were accepted, by the simulator's log. */
const upgradedAt = (lab: Lab): readonly string[] =>
  lab.log.flatMap((entry) =>
    entry.kind === 'request' && entry.operation === 'manualupgrade' && entry.status === 202
      ? [new Date(entry.time).toISOString()]
      : [],
  );

describe('a schedule with a window', () => {
  // Feature [Schedules] Starts its rollouts when its window opens; explain names the next opening (L65, N71)
  it('starts in its window, and tells when that opens', async () => {
    await using lab = await scheduled({ scaleSets: [WEB], windows: NIGHTLY }, { count: 2 });
    await ticks(lab, 2);
    expect(await rollouts(lab)).toEqual([]);
    const opens = '2026-11-21T21:00:00.000Z';
    expect(await explained(lab)).toMatchObject({ outcome: 'waits', code: 'window', until: opens });
    const { body } = await lab.call('GET', `/schedules/${NAME}/explanation`);
    expect(body).toMatchObject({ looksNext: opens, window: { open: false, until: opens } });
    await ticks(lab, 12);
    expect(await settle(lab)).toEqual(['succeeded']);
    expect(upgradedAt(lab).every((at) => at >= opens && at < '2026-11-22T00:00')).toBe(true);
  });

  // Feature [Schedules] A schedule with times of its own starts at them, and its rollouts wait for the window (L65, issue 17)
  it('looks at its own times, and its rollouts wait for the window', async () => {
    const looks = { cron: '0 10 * * *', timeZone: 'Europe/Berlin' };
    await using lab = await scheduled({ scaleSets: [WEB], looks, windows: NIGHTLY }, { count: 2 });
    await ticks(lab, 2);
    const [only] = await rollouts(lab);
    expect(only).toMatchObject({ waitingFor: { kind: 'window', until: '2026-11-21T21:00:00.000Z' } });
    expect(patched(lab)).toEqual([]);
    expect(await settle(lab)).toEqual(['succeeded']);
    expect((upgradedAt(lab)[0] ?? '') >= '2026-11-21T21:00').toBe(true);
  });

  // Feature [Schedules] A window that closes in mid-batch lets the batch finish; the schedule's rollout goes on in the next (L67)
  it('goes on in its next window with what did not fit into the first', async () => {
    const windows = { open: [{ cron: '0 9 * * *', durationMinutes: 10 }] };
    const rollout = { strategy: { batchBy: 'count', steps: [1] }, soakSeconds: 1200 };
    await using lab = await scheduled({ scaleSets: [WEB], windows, rollout }, { count: 2 });
    await ticks(lab, 2);
    const [first] = await rollouts(lab);
    expect(first).toMatchObject({
      batches: [{ phase: 'succeeded' }, { phase: 'waiting' }],
      waitingFor: { kind: 'window', until: '2026-11-22T09:00:00.000Z' },
    });
    expect(await settle(lab)).toEqual(['succeeded']);
    expect(upgradedAt(lab).map((at) => at.slice(0, 13))).toEqual(['2026-11-21T09', '2026-11-22T09']);
  });

  // Feature [Schedules] An app that was down for two nights makes up for both in the next window, once (issue 17)
  it('makes up for two nights in which the app was down, once', async () => {
    await using lab = await scheduled({ scaleSets: [WEB], windows: NIGHTLY }, { count: 2 });
    await ticks(lab, 15);
    await settle(lab);
    lab.sim.publishImage({ version: NEWER });
    await lab.host.advance(48 * HOUR);
    lab.host.restart();
    const before = (await rollouts(lab)).length;
    const downUntil = new Date(lab.host.clock.now()).toISOString();
    expect(downUntil.slice(0, 10)).toBe('2026-11-23');
    await ticks(lab, 30);
    expect(await rollouts(lab)).toHaveLength(before + 1);
    expect((await settle(lab)).at(-1)).toBe('succeeded');
    const late = upgradedAt(lab).filter((at) => at > downUntil);
    expect(late.length).toBeGreaterThan(0);
    for (const at of late) expect(at >= '2026-11-24T21:00' || at.slice(11, 13) >= '21').toBe(true);
  });
});
