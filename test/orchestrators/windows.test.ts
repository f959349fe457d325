import { describe, expect, it } from 'vitest';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { writes } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const MINUTE = 60_000;

/** The lab begins on a Saturday at 08:00 UTC. */
const at = (lab: Lab): string => new Date(lab.host.clock.now()).toISOString().slice(11, 16);

const windows = (cron: string, durationMinutes: number, more: object = {}) => ({
  windows: { open: [{ cron, durationMinutes }], ...more },
});

/** Minutes of the day at which upgrades of instances were accepted, by the simulator's log. */
function upgradedAt(lab: Lab): readonly number[] {
  const minutes = lab.log.flatMap((entry) => {
    if (entry.kind !== 'request' || entry.operation !== 'manualupgrade' || entry.status !== 202) return [];
    const time = new Date(entry.time);
    return [time.getUTCHours() * 60 + time.getUTCMinutes()];
  });
  expect(minutes).not.toEqual([]);
  return minutes;
}

const inside = (from: number, to: number) => (minute: number) => minute >= from && minute < to;

describe('a window', () => {
  // Feature [Windows] Nothing is written before the window opens; the status names the next opening (L65)
  it('is waited for before anything is written', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start(windows('0 10 * * *', 60));
    const { waitingFor, phase } = await lab.until(
      id,
      ({ waitingFor: wait }: Body) => wait?.kind === 'window',
    );
    expect(phase).toBe('waiting');
    expect(waitingFor).toMatchObject({ kind: 'window', batch: 0, until: '2026-11-21T10:00:00.000Z' });
    await lab.host.advance(100 * MINUTE);
    expect(writes(lab.log)).toEqual([]);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(upgradedAt(lab).every(inside(10 * 60, 11 * 60))).toBe(true);
  });

  // Feature [Windows] A window that closes in mid-batch lets the batch finish; the next one waits for the next window (L67)
  //   shown by: a window > that closes in mid-batch lets it finish: barrier
  it.each(['barrier', 'sliding'])('that closes in mid-batch lets it finish: %s', async (pacing) => {
    await using lab = await startLab({ count: 4 });
    const id = await lab.start({
      ...windows('0 9-11 * * *', 5),
      strategy: { batchBy: 'count', steps: [2], pacing, maxUnavailable: 2 },
      soakSeconds: 400,
    });
    await lab.until(id, ({ batches }: Body) => batches[0]?.phase === 'succeeded');
    // By now the window has closed.
    expect(at(lab) > '09:05').toBe(true);
    const { waitingFor } = await lab.until(id, ({ waitingFor: wait }: Body) => wait?.kind === 'window');
    expect(waitingFor).toMatchObject({ batch: 1, until: '2026-11-21T10:00:00.000Z' });
    expect(Object.keys(acceptedUpgradesPerInstance(lab.log))).toHaveLength(2);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(upgradedAt(lab).every((minute) => minute % 60 < 5)).toBe(true);
    expect(upgradedAt(lab).at(-1)).toBeGreaterThanOrEqual(10 * 60);
  });

  // Feature [Windows] A rollout that only starts in a window goes on after it has closed (startIn, issue 17)
  //   shown by: a window > that only the start waits for is not waited for by later batches: barrier
  it.each(['barrier', 'sliding'])(
    'that only the start waits for is not waited for by later batches: %s',
    async (pacing) => {
      await using lab = await startLab({ count: 4 });
      const id = await lab.start({
        ...windows('0 9 * * *', 5),
        startIn: 'window',
        strategy: { batchBy: 'count', steps: [2], pacing, maxUnavailable: 2 },
        health: { stableSeconds: 400 },
      });
      await lab.until(id, ({ waitingFor: wait }: Body) => wait?.kind === 'window');
      expect(writes(lab.log)).toEqual([]);
      expect((await lab.toEnd(id, 7200)).phase).toBe('succeeded');
      expect(upgradedAt(lab)[0]).toBe(9 * 60);
      expect(upgradedAt(lab).some((minute) => minute >= 9 * 60 + 5)).toBe(true);
    },
  );

  it('to start in has to be said', async () => {
    await using lab = await startLab({ count: 2 });
    const reply = await lab.call('POST', '/rollouts', { scaleSet: WEB, startIn: 'window' });
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path: 'startIn' }] } });
  });

  // Feature [Windows] Time in which a rollout waits for its window counts against no deadline (contract)
  it('is waited for longer than the rollout may take', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start({ ...windows('0 11 * * *', 60), timeoutSeconds: 1200 });
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(at(lab) > '11:00').toBe(true);
  });

  // Feature [Windows] Days on which no window is open (L66)
  it('stays closed on days that are named', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start(windows('0 22 * * *', 60, { closedOn: ['2026-11-21/2026-11-23'] }));
    const { waitingFor } = await lab.until(id, ({ waitingFor: wait }: Body) => wait?.kind === 'window');
    expect(waitingFor.until).toBe('2026-11-24T22:00:00.000Z');
  });

  it('is no reason to wait with a rollback', async () => {
    const faults = [{ kind: 'badImage' as const, version: '22.04.202611010' }];
    await using lab = await startLab({ count: 4, faults });
    const id = await lab.start({ ...windows('0 8 * * *', 10), health: { timeoutSeconds: 900 } });
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expect(at(lab) > '08:10').toBe(true);
    expect(new Date(lab.host.clock.now()).toISOString().slice(0, 10)).toBe('2026-11-21');
  });

  it('is waited for after the approval', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start({ ...windows('0 9 * * *', 60), approvals: { before: 'rollout' } });
    await lab.until(id, ({ waitingFor }: Body) => waitingFor?.kind === 'approval');
    await lab.send(id, 'approve');
    await lab.until(id, ({ waitingFor }: Body) => waitingFor?.kind === 'window');
    expect(writes(lab.log)).toEqual([]);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });

  // Feature [Windows] An operator may let a rollout start batches outside its windows; that is told in its events (issue 17)
  it('is ignored where an operator says so', async () => {
    await using lab = await startLab({ count: 4 });
    const id = await lab.start(windows('0 22 * * *', 60));
    await lab.until(id, ({ waitingFor }: Body) => waitingFor?.kind === 'window');
    expect(await lab.send(id, 'resume')).toMatchObject({ status: 409 });
    const body = { ignoreWindow: true, reason: 'incident 7' };
    expect(await lab.send(id, 'resume', body, 'grace')).toMatchObject({ status: 202 });
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(at(lab) < '12:00').toBe(true);
    const events = (await lab.call('GET', `/rollouts/${id}/events`)).body.value;
    expect(events.map(({ message }: Body) => message)).toContain(
      'resume outside the windows by grace: incident 7',
    );
  });

  it('is waited for by a rollout that can be aborted meanwhile', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start(windows('0 22 * * *', 60));
    await lab.until(id, ({ waitingFor }: Body) => waitingFor?.kind === 'window');
    await lab.send(id, 'abort');
    expect((await lab.toEnd(id)).phase).toBe('cancelled');
    expect(at(lab) < '09:00').toBe(true);
  });
});

// Feature [Windows] A plan says whether batches may begin now, and when that changes (issue 17)
it('is told by the plan, before and while the rollout waits', async () => {
  await using lab = await startLab({ count: 2 });
  const spec = { change: { image: { version: NEW } }, ...windows('0 10 * * *', 60) };
  const preview = async (more: object = {}) =>
    (await lab.call('POST', '/plans', { scaleSet: WEB, ...spec, ...more })).body;
  const first = await preview();
  expect(first.window).toEqual({ open: false, until: '2026-11-21T10:00:00.000Z' });
  // When it may begin is no part of what is reviewed.
  const other = await preview({ startAt: '2026-11-22T10:30:00Z' });
  expect(other).toMatchObject({
    hash: first.hash,
    window: { open: false, until: '2026-11-22T10:30:00.000Z' },
  });
  expect((await preview({ windows: undefined })).window).toBeUndefined();
  const id = await lab.start(spec);
  await lab.until(id, ({ waitingFor }: Body) => waitingFor?.kind === 'window');
  const planned = async () => (await lab.call('GET', `/rollouts/${id}/plan`)).body.window;
  expect(await planned()).toEqual({ open: false, until: '2026-11-21T10:00:00.000Z' });
  await lab.host.advance(125 * MINUTE);
  expect(await planned()).toEqual({ open: true, until: '2026-11-21T11:00:00.000Z' });
  await lab.toEnd(id);
  expect(await planned()).toBeUndefined();
});

// Feature [Windows] A rollout may be told when to start at the earliest (F46)
it('starts at its time', async () => {
  await using lab = await startLab({ count: 2 });
  const id = await lab.start({ startAt: '2026-11-21T10:30:00Z' });
  const { waitingFor } = await lab.until(id, ({ waitingFor: wait }: Body) => wait?.kind === 'window');
  expect(waitingFor.until).toBe('2026-11-21T10:30:00.000Z');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expect(upgradedAt(lab).every((minute) => minute >= 10 * 60 + 30)).toBe(true);
});
