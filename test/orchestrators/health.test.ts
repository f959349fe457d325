import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { acceptedUpgrades, expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const SCALE = { strategy: { maxUnavailable: 4 } };

/** For each upgrade but the first: how long everybody of the one before had been serving without a break, seconds. */
function restBefore(log: readonly LogEntry[]): readonly number[] {
  const upgrades = writes(log).filter(
    ({ operation, operationId }) => operation === 'manualupgrade' && operationId !== undefined,
  );
  return upgrades.slice(1).map(({ time }, index) => {
    const since = (upgrades[index]?.instances ?? []).map((id) => {
      const last = log.findLast(
        (entry) =>
          entry.kind === 'instance' &&
          entry.instance === id &&
          entry.change === 'serving' &&
          entry.time <= time,
      );
      return last?.kind === 'instance' && last.change === 'serving' && last.value ? last.time : time;
    });
    return (time - Math.max(...since)) / 1000;
  });
}

/** When the last operation of ours ended, and when the rollout turned back: both in milliseconds. */
async function endAndTurn(lab: Lab, id: string): Promise<{ end: number; turn: number }> {
  const end = lab.log.findLast(
    (entry) =>
      entry.kind === 'operation' && entry.operation === 'manualupgrade' && entry.status !== 'InProgress',
  );
  await lab.until(id, (r) => r.phase === 'rollingBack');
  return { end: end?.time ?? 0, turn: lab.host.clock.now() };
}

describe('an instance that has been upgraded', () => {
  // Feature [Health] Healthy for N seconds on end, before anybody else goes down (Health, E34, E30)
  //   shown by: an instance that has been upgraded > must have served for 45 seconds on end before the next batch goes down
  it.each([45, 120])(
    'must have served for %i seconds on end before the next batch goes down',
    async (seconds) => {
      await using lab = await startLab();
      expect((await lab.rollOut({ health: { stableSeconds: seconds } })).phase).toBe('succeeded');
      expect(Math.min(...restBefore(lab.log))).toBeGreaterThanOrEqual(seconds);
      expectSafe(lab);
    },
  );

  // Feature [Health] Deadline of each instance (Health, E33)
  //   shown by: an instance that has been upgraded > is given up when it is unhealthy until its deadline, and not before
  // Feature [Health] A guest agent that is not ready is not healthy (Health, E29)
  //   shown by: an instance that has been upgraded > is given up when it is agentNotReady until its deadline, and not before
  it.each(['agentNotReady', 'unhealthy'] as const)(
    'is given up when it is %s until its deadline, and not before',
    async (effect) => {
      await using lab = await startLab({
        faults: [{ kind: 'badImage', version: NEW, instances: ['5'], effect }],
      });
      const id = await lab.start({ health: { timeoutSeconds: 600 } });
      await lab.until(id, () => acceptedUpgrades(lab.log).length === 1);
      await lab.until(id, (r) => r.phase === 'settling');
      const { end, turn } = await endAndTurn(lab, id);
      expect((turn - end) / 1000).toBeGreaterThanOrEqual(600);
      expect((turn - end) / 1000).toBeLessThan(600 + 120);
      expect(acceptedUpgrades(lab.log)).toHaveLength(1);
      expect(await lab.toEnd(id)).toMatchObject({ phase: 'rolledBack', failure: { instances: ['5'] } });
      expectImages(lab, OLD);
    },
  );

  // Feature [Health] Health that comes and goes is not healthy (Health)
  //   shown by: an instance that has been upgraded > is not well while its health comes and goes every 15 seconds
  it.each([7, 15, 20, 30])(
    'is not well while its health comes and goes every %i seconds',
    async (periodSeconds) => {
      await using lab = await startLab();
      const id = await lab.start({ health: { stableSeconds: 60, timeoutSeconds: 900 }, onFailure: 'halt' });
      await lab.until(id, 'upgrading');
      lab.sim.inject({ kind: 'flappingHealth', instances: ['5'], periodSeconds });
      const rollout = await lab.toEnd(id);
      expect(rollout).toMatchObject({ phase: 'halted', failure: { instances: ['5'] } });
      expect(acceptedUpgrades(lab.log)).toEqual([['0', '5', '10']]);
    },
  );

  // Feature [Health] Health that comes and goes evenly is seen in sets of several pages, too, with no more requests (Issue 12, kind 6)
  it('is not well in a large set while its health comes and goes twice in the time of stability', async () => {
    await using lab = await startLab({ count: 120, profile: { shortLists: { share: 0, seconds: 0 } } });
    const health = { stableSeconds: 60, timeoutSeconds: 900 };
    const strategy = { batchBy: 'count', steps: [24] };
    const id = await lab.start({ health, strategy, onFailure: 'halt' });
    await lab.until(id, 'upgrading');
    lab.sim.inject({ kind: 'flappingHealth', instances: ['5'], periodSeconds: 30 });
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({ phase: 'halted', failure: { instances: ['5'] } });
    expect(acceptedUpgrades(lab.log)).toHaveLength(1);
  });

  // Feature [Health] A stale view is never healthy (Health)
  it('is not taken for well by what its views still show of before', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'viewLag', lagSeconds: [20, 28] }],
      profile: { healthTime: 'changed', healthWhileDown: 'absent' },
    });
    expect((await lab.rollOut({ health: { stableSeconds: 40 } })).phase).toBe('succeeded');
    expect(Math.min(...restBefore(lab.log))).toBeGreaterThanOrEqual(40);
    expectSafe(lab);
    expectImages(lab, NEW);
  });

  // Feature [Health] Binary health states (Health, E30)
  it('is judged by a probe that knows only healthy and unhealthy', async () => {
    await using lab = await startLab({
      healthExtensionVersion: '1.0',
      faults: [{ kind: 'badImage', version: NEW, instances: ['6'] }],
    });
    expect(await lab.rollOut()).toMatchObject({
      phase: 'rolledBack',
      failure: { code: 'unhealthyAfterUpgrade', instances: ['6'] },
    });
    expectImages(lab, OLD);
  });
});

describe('where nobody reports any health', () => {
  // Feature [Health] Without any signal: running with a ready agent, and a warning (Health, E29)
  it('healthy is running with a ready agent, and the plan warns of it', async () => {
    await using lab = await startLab({
      healthExtension: false,
      faults: [{ kind: 'badImage', version: NEW, instances: ['6'], effect: 'agentNotReady' }],
    });
    const planned = await lab.call('POST', '/plans', { scaleSet: WEB, change: { image: { version: NEW } } });
    expect(planned.body.warnings.map(({ code }: Body) => code)).toContain('noHealthSignal');
    expect(await lab.rollOut()).toMatchObject({ phase: 'rolledBack', failure: { instances: ['6'] } });
    expect(acceptedUpgrades(lab.log).slice(0, 2)).toEqual([
      ['0', '5', '10'],
      ['1', '6', '11'],
    ]);
    expectImages(lab, OLD);
  });

  // Feature [Health] `requireSignal` refuses a set without a signal (Health)
  it('a rollout that needs a signal is refused', async () => {
    await using lab = await startLab({ healthExtension: false });
    expect(await lab.rollOut({ health: { requireSignal: true } })).toMatchObject({
      phase: 'refused',
      failure: { code: 'noHealthSignal' },
    });
    expect(writes(lab.log)).toEqual([]);
  });
});

describe('instances that do not serve before the start', () => {
  const sick = (...instances: readonly string[]) => ({
    kind: 'sickInstance' as const,
    instances: [...instances],
  });
  const BROKEN = { kind: 'badImage' as const, version: OLD, instances: ['3', '4', '8', '9'] };

  // Feature [Health] Ceiling of unhealthy instances before the start (Health, E31, C18)
  //   shown by: instances that do not serve before the start > are tolerated up to 19 percent: ["3","4","8"] is refused
  // Feature [Health] As many unhealthy as the ceiling allows are no hindrance (Health, E31)
  //   shown by: instances that do not serve before the start > are tolerated up to 20 percent: ["3","4","8"] is succeeded
  it.each([
    [20, ['3', '4', '8'], 'succeeded'],
    [19, ['3', '4', '8'], 'refused'],
    [20, ['3', '4', '8', '9'], 'refused'],
  ] as const)('are tolerated up to %i percent: %j is %s', async (maxUnhealthyInstancePercent, ids, phase) => {
    await using lab = await startLab({ faults: [{ ...sick(...ids), untilSeconds: 900 }] });
    await lab.host.advance(60_000);
    const rollout = await lab.rollOut({ health: { maxUnhealthyInstancePercent }, ...SCALE });
    expect(rollout.phase).toBe(phase);
    if (phase === 'refused') {
      expect(rollout.failure.code).toBe('tooManyUnhealthy');
      expect(writes(lab.log)).toEqual([]);
    }
  });

  // Feature [Health] A floor that cannot be met before the start (Health, C18)
  it('are refused, when the floor stands above them', async () => {
    await using lab = await startLab({ faults: [sick('3', '4', '8')] });
    await lab.host.advance(60_000);
    expect(await lab.rollOut({ strategy: { maxUnavailable: 2 } })).toMatchObject({
      phase: 'refused',
      failure: { code: 'tooManyUnhealthy' },
    });
    expect(writes(lab.log)).toEqual([]);
  });

  // Feature [Control] `fixForward`: a rollout that repairs (Control)
  it('are repaired by a rollout that may fix forward', async () => {
    await using lab = await startLab({ faults: [BROKEN] });
    await lab.host.advance(60_000);
    expect(await lab.rollOut()).toMatchObject({ phase: 'refused', failure: { code: 'tooManyUnhealthy' } });
    const strategy = { order: 'unhealthyFirst', batchBy: 'count', steps: [4], maxUnavailable: 4 };
    expect((await lab.rollOut({ strategy, health: { fixForward: true } })).phase).toBe('succeeded');
    expectImages(lab, NEW);
    // Nobody who served went down before those four were well.
    expect([...(acceptedUpgrades(lab.log)[0] ?? [])].sort()).toEqual(['3', '4', '8', '9']);
    expectSafe(lab, { floor: 11 });
  });
});

describe('instances of a batch that are not well after their upgrade', () => {
  // Feature [Health] Ceiling of unhealthy instances after the upgrade (Health, E32)
  //   shown by: instances of a batch that are not well after their upgrade > are tolerated up to 33 percent of it: rolledBack
  it.each([
    [33, 'rolledBack'],
    [34, 'halted'],
  ])('are tolerated up to %i percent of it: %s', async (maxUnhealthyUpgradedInstancePercent, phase) => {
    await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, instances: ['1'] }] });
    const rollout = await lab.rollOut({ health: { maxUnhealthyUpgradedInstancePercent }, ...SCALE });
    expect(rollout.phase).toBe(phase);
    expect(new Set(acceptedUpgrades(lab.log).flat()).size).toBe(phase === 'halted' ? 15 : 6);
  });
});

// Feature [Pacing] A soak after the last batch (F41)
it('soaks after the last batch, too, before it says that it has succeeded', async () => {
  await using lab = await startLab({ count: 5 });
  const rollout = await lab.rollOut({ soakSeconds: 900 });
  expect(rollout.phase).toBe('succeeded');
  const back = lab.log.findLast((entry) => entry.kind === 'instance' && entry.change === 'serving');
  expect((Date.parse(rollout.endedAt) - (back?.time ?? 0)) / 1000).toBeGreaterThanOrEqual(900);
  expect(Math.min(...restBefore(lab.log))).toBeGreaterThanOrEqual(900);
});
