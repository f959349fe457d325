import { describe, expect, it } from 'vitest';
import { startLab, WEB } from '../lab/lab.ts';
import { changesIn, turn } from '../lab/queue-sweep.ts';

const MINUTE = 60_000;

const about = (seconds: number, slack: number) => ({
  asymmetricMatch: (value: unknown) => typeof value === 'number' && Math.abs(value - seconds) <= slack,
});

describe('what a rollout has waited', () => {
  // Feature [Metrics] How long a rollout waits for people, windows, the queue and the service is measured (new 22)
  it('is counted by what it waited for: people, a window, and others of its set', async () => {
    await using lab = await startLab({ count: 2 });
    const first = await lab.start(turn('one', { approvals: { before: 'rollout' } }));
    const second = await lab.start(
      turn('two', { startAt: '2026-11-21T10:00:00Z', labels: { pipeline: 'shop' } }),
    );
    await lab.until(first, 'waiting');
    await lab.host.advance(60 * MINUTE);
    await lab.send(first, 'approve', {}, 'grace');
    await lab.toEnd(first);
    await lab.toEnd(second);
    expect(changesIn(lab)).toEqual(['one', 'two']);
    expect((await lab.get(first)).waited).toMatchObject({ people: about(3600, 30) });
    expect((await lab.get(second)).waited).toMatchObject({
      queue: about(3600, 90),
      windows: about(3600, 90),
    });
    expect((await lab.get(second)).waited).not.toHaveProperty('people');
  });

  it('counts operations and health as waits for the service, and a soak as none', async () => {
    await using lab = await startLab({ count: 2 });
    const { id, createdAt, endedAt } = await lab.rollOut({ soakSeconds: 600 });
    const { waited } = await lab.get(id);
    const took = (Date.parse(endedAt) - Date.parse(createdAt)) / 1000;
    expect(waited.service).toBeGreaterThan(60);
    expect(waited.service).toBeLessThan(took - 1200 + 60);
  });

  it('counts a pause as a wait for people', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start({ strategy: { batchBy: 'count', steps: [1], maxUnavailable: 1 } });
    await lab.send(id, 'pause');
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'resume');
    await lab.host.advance(20 * MINUTE);
    await lab.send(id, 'resume');
    await lab.toEnd(id);
    expect((await lab.get(id)).waited.people).toEqual(about(1200, 60));
  });
});

describe('the report of waits', () => {
  // Feature [Metrics] Percentiles of waits for each scale set and pipeline, by the API and the command line (new 22)
  it('has percentiles of each scale set and pipeline', async () => {
    await using lab = await startLab({ count: 2 });
    for (const minutes of [10, 20, 40]) {
      const id = await lab.start(
        turn(`after ${minutes}`, { approvals: { before: 'rollout' }, labels: { pipeline: 'shop' } }),
      );
      await lab.until(id, 'waiting');
      await lab.host.advance(minutes * MINUTE);
      await lab.send(id, 'approve', {}, 'grace');
      await lab.toEnd(id);
    }
    await lab.rollOut(turn('alone'));
    const { body } = await lab.call('GET', '/waits');
    expect(body.complete).toBe(true);
    expect(body.all.rollouts).toBe(4);
    expect(body.scaleSets).toMatchObject([{ scaleSet: WEB, rollouts: 4 }]);
    expect(body.pipelines).toMatchObject([
      {
        pipeline: 'shop',
        rollouts: 3,
        waitedSeconds: {
          people: {
            p50: about(1200, 30),
            p90: about(2400, 30),
            most: about(2400, 30),
            total: about(4200, 60),
          },
          windows: { total: 0 },
        },
      },
    ]);
  });

  it('leaves out what was accepted before, and other sets', async () => {
    await using lab = await startLab({ count: 2 });
    await lab.rollOut(turn('one'));
    await lab.host.advance(60 * MINUTE);
    const since = new Date(lab.host.clock.now() - MINUTE).toISOString();
    expect((await lab.call('GET', `/waits?since=${since}`)).body.all.rollouts).toBe(0);
    const other = encodeURIComponent(WEB.replace(/web$/, 'api'));
    expect((await lab.call('GET', `/waits?scaleSet=${other}`)).body.all.rollouts).toBe(0);
    expect((await lab.call('GET', '/waits?since=yesterday')).status).toBe(400);
  });
});
