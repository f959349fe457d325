import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const SLIDING = { strategy: { pacing: 'sliding' } };
const ONCE = Array.from({ length: 15 }, () => 1);

/** When each accepted upgrade went out, seconds since the first one. */
function sendTimes(log: readonly LogEntry[]): readonly number[] {
  const times = writes(log)
    .filter(({ operation, operationId }) => operation === 'manualupgrade' && operationId !== undefined)
    .map(({ time }) => time);
  return times.map((time) => (time - (times[0] ?? 0)) / 1000);
}

/** Pairs of instances that were out of service at the same moment. */
function downTogether(log: readonly LogEntry[]): readonly (readonly string[])[] {
  const down = new Set<string>();
  const seen: string[][] = [];
  for (const entry of log) {
    if (entry.kind !== 'instance' || entry.change !== 'serving') continue;
    if (entry.value) down.delete(entry.instance);
    else down.add(entry.instance);
    seen.push([...down]);
  }
  return seen;
}

/** Upgrades that were accepted while an earlier one still ran. */
function overlaps(log: readonly LogEntry[]): number {
  const running = new Set<string>();
  let count = 0;
  for (const entry of log) {
    if (entry.kind !== 'operation' || entry.operation !== 'manualupgrade') continue;
    if (entry.status === 'InProgress') {
      count += Number(running.size > 0);
      running.add(entry.operationId);
    } else {
      running.delete(entry.operationId);
    }
  }
  return count;
}

async function eventsOf(lab: Lab, id: string, kind: string): Promise<Body[]> {
  const { body } = await lab.call('GET', `/rollouts/${id}/events`);
  return body.value.filter((event: Body) => event.kind === kind);
}

// Feature [Pacing] Sliding: a freed slot is filled at once, above the floor (Pacing)
it('fills a slot as soon as it is free, and never goes below the floor', async () => {
  const faults = [{ kind: 'slowInstance' as const, instances: ['0'], factor: 12 }];
  await using lab = await startLab({ faults });
  const rollout = await lab.rollOut(SLIDING);
  expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 15, upgraded: 15, pending: 0 } });
  expect(rollout.batches.map(({ phase }: Body) => phase)).toEqual(
    Array.from({ length: 5 }, () => 'succeeded'),
  );
  expectImages(lab, NEW);
  expectSafe(lab);
  expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(ONCE);
  // Others took the places beside the slow one, which came back last of all.
  const back = lab.log.filter((e) => e.kind === 'instance' && e.change === 'serving' && e.value);
  expect(back.at(-1)).toMatchObject({ instance: '0' });
  expect(overlaps(lab.log)).toBeGreaterThan(3);
});

it('is done sooner than batch after batch', async () => {
  const faults = [{ kind: 'slowInstance' as const, instances: ['0', '6', '12'], factor: 6 }];
  const seconds: number[] = [];
  for (const pacing of ['barrier', 'sliding']) {
    await using lab = await startLab({ faults });
    const rollout = await lab.rollOut({ strategy: { pacing } });
    expect(rollout.phase).toBe('succeeded');
    seconds.push((Date.parse(rollout.endedAt) - Date.parse(rollout.startedAt)) / 1000);
  }
  const [barrier = 0, sliding = 0] = seconds;
  expect(sliding).toBeLessThan(barrier * 0.75);
});

// Feature [Pacing] Sliding sends one write at a time, and leaves some of what Azure grants a scale set (Pacing)
//   shown by: sends one write at a time, and leaves some of what Azure grants, seed 1
it.each([1, 2, 3])(
  'sends one write at a time, and leaves some of what Azure grants, seed %i',
  async (seed) => {
    await using lab = await startLab({ seed, count: 30 });
    expect((await lab.rollOut(SLIDING)).phase).toBe('succeeded');
    expectSafe(lab, { floor: 24 });
    const times = sendTimes(lab.log);
    // Twelve at once, and four a minute (arm-vmss.md 3.6).
    let left = 12;
    for (const [index, time] of times.entries()) {
      const passed = index === 0 ? 0 : time - (times[index - 1] ?? 0);
      if (index > 0) expect(passed).toBeGreaterThanOrEqual(7);
      left = Math.min(12, left + (passed / 60) * 4) - 1;
      expect(left).toBeGreaterThan(2);
    }
    // Slots that come free together are filled together.
    expect(times.length).toBeLessThan(30);
  },
);

// Feature [Pacing] A canary never slides, and soaks first (Pacing)
it('lets nothing slide before the canary has soaked', async () => {
  await using lab = await startLab();
  const id = await lab.start({ strategy: { pacing: 'sliding', canary: 2 }, soakSeconds: 1200 });
  await lab.until(id, 'soaking');
  expect(acceptedUpgrades(lab.log)).toEqual([['0', '1']]);
  const rollout = await lab.toEnd(id);
  expect(rollout).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
  expect(sendTimes(lab.log)[1]).toBeGreaterThan(1200);
  // The others soak together, not one after the other.
  expect(Date.parse(rollout.endedAt) - Date.parse(rollout.startedAt)).toBeLessThan(3 * 1200 * 1000);
  expectSafe(lab);
});

// Feature [Pacing] Sliding stops at a batch that needs an approval (Pacing, G43)
it('slides up to a batch that needs an approval, and beyond it once approved', async () => {
  await using lab = await startLab();
  const id = await lab.start({ ...SLIDING, approvals: { before: [0, 3] } });
  await lab.until(id, 'waiting');
  await lab.send(id, 'approve');
  const waiting = await lab.until(id, (r) => r.phase === 'waiting' && r.waitingFor.batch === 3);
  expect(waiting.instances).toMatchObject({ upgraded: 9, pending: 6 });
  const early = acceptedUpgrades(lab.log).flat();
  expect(early.map(Number).sort((a, b) => a - b)).toEqual([0, 1, 2, 5, 6, 7, 10, 11, 12]);
  await lab.send(id, 'approve');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab);
});

it('never has instances of two zones down together where batches go by domains', async () => {
  await using lab = await startLab({ count: 12, zones: ['1', '2'] });
  expect(
    (await lab.rollOut({ strategy: { pacing: 'sliding', batchBy: 'zone', maxUnavailable: 3 } })).phase,
  ).toBe('succeeded');
  expectSafe(lab, { floor: 9 });
  for (const ids of downTogether(lab.log)) {
    expect(new Set(ids.map((id) => Number(id) % 2)).size).toBeLessThanOrEqual(1);
  }
});

describe.each(['conflict', 'preempt'] as const)('where Azure answers a second operation with %s', (how) => {
  // Feature [Pacing] Sliding falls back after a conflict that repeats, and says so (Pacing)
  //   shown by: where Azure answers a second operation with conflict > falls back to batch after batch, and says so
  // Feature [Pacing] Sliding falls back after two preemptions, and says so (Pacing)
  //   shown by: where Azure answers a second operation with preempt > falls back to batch after batch, and says so
  it('falls back to batch after batch, and says so', async () => {
    await using lab = await startLab({
      profile: { overlappingOperations: how },
      faults: [{ kind: 'slowInstance', instances: ['0', '1'], factor: 4 }],
    });
    const id = await lab.start(SLIDING);
    const fallen = await lab.until(id, (r) => r.fellBack !== undefined);
    expect(fallen.fellBack).toMatchObject({ to: 'barrier' });
    expect(fallen.fellBack.message).toContain(how === 'conflict' ? 'refused 2 writes' : '2 operations short');
    const until = lab.log.length;
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', fellBack: { to: 'barrier' } });
    expect(await eventsOf(lab, id, 'fellBack')).toHaveLength(1);
    expectImages(lab, NEW);
    expectSafe(lab, { mostDisruptions: 2 });
    // From then on no operation was sent beside another, and none for instances of two batches.
    expect(overlaps(lab.log.slice(until))).toBe(0);
    for (const ids of acceptedUpgrades(lab.log.slice(until))) {
      expect(new Set(ids.map((instance) => Number(instance) % 5)).size).toBe(1);
    }
    const conflicts = writes(lab.log).filter(
      ({ status, operation }) => status === 409 && operation === 'manualupgrade',
    );
    expect(conflicts).toHaveLength(how === 'conflict' ? 2 : 0);
  });
});

it('does not fall back for a single preemption', async () => {
  await using lab = await startLab({ faults: [{ kind: 'operationPreempted', nth: 3, afterSeconds: 5 }] });
  const rollout = await lab.rollOut(SLIDING);
  expect(rollout.phase).toBe('succeeded');
  expect(rollout).not.toHaveProperty('fellBack');
  expectImages(lab, NEW);
  expectSafe(lab, { mostDisruptions: 2 });
});

it.each([
  { kind: 'lostAnswer' as const, operation: 'manualupgrade' as const, nth: 3 },
  { kind: 'serverError' as const, operation: 'manualupgrade' as const, nth: 3, status: 500 as const },
  { kind: 'silentlySkips' as const, nth: 2 },
])('sends nothing twice and forgets nobody with $kind', async (fault) => {
  await using lab = await startLab({ faults: [fault] });
  expect((await lab.rollOut(SLIDING)).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab);
});

it.each([7, 301])('obeys a Retry-After of %i seconds', async (retryAfterSeconds) => {
  await using lab = await startLab({
    faults: [{ kind: 'throttle', operation: 'manualupgrade', nth: 2, retryAfterSeconds }],
  });
  expect((await lab.rollOut(SLIDING)).phase).toBe('succeeded');
  const upgrades = writes(lab.log).filter(({ operation }) => operation === 'manualupgrade');
  const refused = upgrades.findIndex(({ status }) => status === 429);
  const [at = 0, next = 0] = upgrades.slice(refused).map(({ time }) => time);
  expect((next - at) / 1000).toBeGreaterThanOrEqual(retryAfterSeconds);
  expectSafe(lab);
});

it('rolls every touched instance back when one fails', async () => {
  await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, instances: ['7'] }] });
  const rollout = await lab.rollOut(SLIDING);
  expect(rollout).toMatchObject({
    phase: 'rolledBack',
    failure: { instances: ['7'] },
    instances: { upgraded: 0 },
  });
  expectImages(lab, OLD);
  expect(modelImage(lab)).toBe(OLD);
  expectSafe(lab, { mostDisruptions: 2 });
});

it('rolls back by command, batches beyond the first included', async () => {
  await using lab = await startLab();
  const id = await lab.start(SLIDING);
  await lab.until(id, (r) => r.instances.upgraded >= 7 && r.instances.upgrading > 0);
  await lab.send(id, 'rollback');
  expect((await lab.toEnd(id)).phase).toBe('rolledBack');
  expectImages(lab, OLD);
  expectSafe(lab, { mostDisruptions: 2 });
});

// Feature [Undo] Rollback keeps the batch limits and asks for no approval (Undo, I55)
it('rolls back from a soak, although later batches were begun long ago', async () => {
  await using lab = await startLab();
  const id = await lab.start({ ...SLIDING, soakSeconds: 3600 });
  await lab.until(id, (r) => r.phase === 'soaking' && r.waitingFor?.batch === 1);
  await lab.send(id, 'rollback');
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'rolledBack', instances: { rolledBack: 15 } });
  expectImages(lab, OLD);
  expectSafe(lab, { mostDisruptions: 2 });
});

it('sends nothing while paused, and goes on where it was', async () => {
  await using lab = await startLab();
  const id = await lab.start(SLIDING);
  await lab.until(id, (r) => r.instances.upgraded >= 4);
  await lab.send(id, 'pause');
  const sent = writes(lab.log).length;
  await lab.host.advance(3_600_000);
  expect(writes(lab.log)).toHaveLength(sent);
  expect(await lab.get(id)).toMatchObject({ phase: 'paused', instances: { upgrading: 0 } });
  await lab.send(id, 'resume');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(ONCE);
  expectSafe(lab);
});

it('pauses on a failure, and sends only the failed once more on a retry', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'operationFails', nth: 3, count: 1, code: 'AllocationFailed' }],
  });
  const id = await lab.start({ ...SLIDING, onFailure: 'pause' });
  const failed: string[] = [];
  // Views of one operation's instances may show its failure one after the other.
  for (let retries = 0; retries < 3; retries += 1) {
    const paused = await lab.until(id, ({ phase }) => phase === 'paused' || phase === 'succeeded');
    if (paused.phase === 'succeeded') break;
    expect(paused.failure.code).toBe('AllocationFailed');
    failed.push(...paused.failure.instances);
    await lab.send(id, 'retry');
  }
  expect(failed.length).toBeGreaterThan(0);
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15, failed: 0 } });
  const counts = acceptedUpgradesPerInstance(lab.log);
  for (const instance of failed) expect(counts[instance]).toBeGreaterThan(1);
  expectImages(lab, NEW);
  expectSafe(lab, { mostDisruptions: 3 });
});

describe.each(['accept', 'preempt'] as const)(
  'a change of several actions, where others are met with %s',
  (how) => {
    it('ends for every instance that it was begun on, above the floor', async () => {
      await using lab = await startLab({
        count: 10,
        profile: { overlappingOperations: how },
        faults: [{ kind: 'slowInstance', instances: ['0', '6'], factor: 4 }],
      });
      const rollout = await lab.rollOut({
        change: { vmSize: 'Standard_NV6' },
        strategy: { pacing: 'sliding', mostDisruptiveAllowed: 'deallocate' },
      });
      expect(rollout).toMatchObject({ phase: 'succeeded', instances: { upgraded: 10 } });
      const truth = lab.sim.scaleSet('web')?.instances ?? [];
      expect(truth.map(({ power, latestModelApplied }) => ({ power, latestModelApplied }))).toEqual(
        Array.from({ length: 10 }, () => ({ power: 'running', latestModelApplied: true })),
      );
      expectSafe(lab, { floor: 8, mostDisruptions: how === 'accept' ? 2 : 4 });
      expect(rollout.fellBack === undefined).toBe(how === 'accept');
      const cutShort = lab.log.filter(
        (entry) => entry.kind === 'operation' && entry.code === 'OperationPreempted',
      );
      expect(cutShort.length > 0).toBe(how === 'preempt');
    });
  },
);
