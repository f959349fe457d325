import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../local/simulator/log/entries.ts';
import { expectSafe, modelImage, writes } from '../../lab/judge.ts';
import { startLab, WEB } from '../../lab/lab.ts';
import { somebody } from '../../lab/somebody.ts';
import type { Body, Lab, LabOptions } from '../../lab/lab.ts';

const PLATFORM = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };
/** Its image says latest, and within seconds of a new version Azure begins to move it. */
const SELF_UPGRADING: LabOptions = {
  image: { ...PLATFORM, version: 'latest' },
  upgradePolicy: { mode: 'Manual', automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
  profile: { automaticOsUpgradeTakesOnlyLatest: true, timing: { automaticOsUpgrade: [1, 5] } },
};
const NEWER = '22.04.202612010';
const extension = {
  name: 'HealthExtension',
  settings: { port: 8080, protocol: 'http', requestPath: '/ready' },
};

/** Whether Azure may upgrade the set's image by itself, by the simulator's word. */
function upgradesItself(lab: Lab): unknown {
  const model = lab.sim.scaleSet('web')?.model as Body;
  return model.properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade;
}

/** What our writes said of that, in their order. */
const said = (log: readonly LogEntry[]): readonly unknown[] =>
  writes(log)
    .map(
      ({ body }) =>
        (body as Body)?.properties?.upgradePolicy?.automaticOSUpgradePolicy?.enableAutomaticOSUpgrade,
    )
    .filter((value) => value !== undefined);

/** Upgrades that Azure itself has begun. */
const ownUpgrades = (log: readonly LogEntry[]): number =>
  log.filter((entry) => entry.kind === 'operation' && entry.operation === 'platformUpgrade').length;

/** A newer image is there, and Azure would take instances down for it as soon as it may. */
function publishNewer(lab: Lab): void {
  lab.sim.inject({ kind: 'imagePublication', version: NEWER });
  lab.sim.inject({ kind: 'osUpgrade' });
}

describe('automatic OS upgrades', () => {
  // Feature [Guards] Automatic OS upgrades are held in the first write, and on again at the end (issue 11, kind 7)
  //   shown by: automatic OS upgrades > are held while something else changes: vmSize
  it.each<[string, Record<string, unknown>]>([
    ['vmSize', { vmSize: 'Standard_D4s_v5' }],
    ['extensions', { extensions: [extension] }],
    ['osProfile', { osProfile: { customData: 'aGVsbG8=' } }],
    ['tags', { set: { 'tags.team': 'shop' } }],
    ['the same image, forced', { force: 'reimage' }],
  ])('are held while something else changes: %s', async (_, change) => {
    await using lab = await startLab(SELF_UPGRADING);
    const strategy = { acceptIrreversible: true, mostDisruptiveAllowed: 'deallocate' };
    const id = await lab.start({ change, strategy });
    await lab.until(id, () => said(lab.log).length > 0);
    await lab.host.advance(5000);
    publishNewer(lab);
    expect(upgradesItself(lab)).toBe(false);
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.failure, rollout.left]).toEqual(['succeeded', undefined, undefined]);
    expect(said(lab.log)).toEqual([false, true]);
    expect(upgradesItself(lab)).toBe(true);
    expect(ownUpgrades(lab.log)).toBe(0);
    expectSafe(lab);
  });

  it('are on again after a rollback, which pins nothing', async () => {
    await using lab = await startLab(SELF_UPGRADING);
    const id = await lab.start({ change: { vmSize: 'Standard_D4s_v5' } });
    await lab.until(id, (r) => r.batch === 1);
    publishNewer(lab);
    await lab.send(id, 'rollback');
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.left]).toEqual(['rolledBack', undefined]);
    expect(modelImage(lab)).toBe('latest');
    expect(said(lab.log)).toEqual([false, true]);
    expect(upgradesItself(lab)).toBe(true);
  });

  it.each(['upgrading', 'settling', 'applyingModel'])('are on again after an abort in %s', async (phase) => {
    await using lab = await startLab(SELF_UPGRADING);
    const id = await lab.start({ change: { vmSize: 'Standard_D4s_v5' } });
    await lab.until(id, phase);
    await lab.send(id, 'abort');
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.left?.heldGuards ?? []]).toEqual(['cancelled', []]);
    expect(upgradesItself(lab)).toBe(true);
  });

  it('are on again though the app dies before and after each of its steps', async () => {
    const died = new Set<string>();
    const dies = (place: string): 'crash' | undefined =>
      died.has(place) ? undefined : (died.add(place), 'crash');
    await using lab = await startLab({
      ...SELF_UPGRADING,
      hooks: {
        beforeActivity: ({ name }) => dies(`before ${name}`),
        afterActivityBeforeCommit: ({ name }) => dies(`after ${name}`),
      },
    });
    const rollout = await lab.rollOut({ change: { vmSize: 'Standard_D4s_v5' } });
    expect([rollout.phase, rollout.left]).toEqual(['succeeded', undefined]);
    expect(said(lab.log)).toEqual([false, true]);
    expect(upgradesItself(lab)).toBe(true);
    expectSafe(lab);
  });
});

describe("a rolling upgrade of Azure's own", () => {
  /** When one ran, by the simulator's word. */
  function ranFrom(log: readonly LogEntry[]): readonly [number, number] {
    const times = log
      .filter((entry) => entry.kind === 'operation' && entry.operation === 'osRollingUpgrade')
      .map(({ time }) => time);
    return [Math.min(...times), Math.max(...times)];
  }

  // Feature [Guards] rollingUpgrades/latest is read before writes: nothing is sent beside a rolling upgrade (issue 11, kind 7)
  //   shown by: a rolling upgrade of Azure's own > that somebody starts in mid-rollout holds our writes, barrier
  it.each(['barrier', 'sliding'])(
    'that somebody starts in mid-rollout holds our writes, %s',
    async (pacing) => {
      await using lab = await startLab({ ...SELF_UPGRADING, upgradePolicy: { mode: 'Manual' } });
      const id = await lab.start({ change: { vmSize: 'Standard_D4s_v5' }, strategy: { pacing } });
      // No operation of ours runs just then.
      await lab.until(id, (r) => r.phase === 'settling' || r.instances.upgraded > 0);
      lab.sim.inject({ kind: 'imagePublication', version: NEWER });
      expect(await somebody(lab, 'POST', '/osRollingUpgrade')).toBe(202);
      await lab.until(id, (r) => r.waitingFor?.message.includes('rolling upgrade'));
      expect((await lab.toEnd(id)).phase).toBe('succeeded');
      const [from, to] = ranFrom(lab.log);
      const sent = writes(lab.log).filter(({ time, operation }) => {
        return operation === 'manualupgrade' && time > from && time < to;
      });
      expect(to - from).toBeGreaterThan(60_000);
      expect(sent).toEqual([]);
    },
  );
});

describe('automatic OS upgrades that Azure refuses to switch on again', () => {
  const change = { vmSize: 'Standard_D4s_v5' };
  const HELD = [{ guard: 'automaticOsUpgrade', was: 'enabled' }];

  /** Each write of the model that would switch them on again is denied by a policy. */
  async function leftHeld(lab: Lab): Promise<string> {
    const id = await lab.start({ change });
    await lab.until(id, (r) => r.instances.upgraded > 10);
    lab.sim.inject({ kind: 'accessDenied', operation: 'patch', why: 'policy', count: 2 });
    const rollout = await lab.toEnd(id);
    expect(rollout.left.heldGuards).toMatchObject(HELD);
    expect(rollout.left.heldGuards[0].remedy).toContain(`doctor --restore ${id}`);
    expect(upgradesItself(lab)).toBe(false);
    return id;
  }

  // Feature [Guards] Automatic OS upgrades that stay off are named, and on again by restoreGuardsOf or rollbackOf (issue 11, kind 7)
  //   shown by: automatic OS upgrades that Azure refuses to switch on again > are named, and on again by restoreGuardsOf
  it('are named, and on again by restoreGuardsOf', async () => {
    await using lab = await startLab(SELF_UPGRADING);
    const id = await leftHeld(lab);
    expect((await lab.call('GET', '/leases')).body.guardsLeft).toMatchObject(HELD);
    const { body: plan } = await lab.call('POST', '/plans', { scaleSet: WEB, restoreGuardsOf: id });
    expect(plan.delta).toMatchObject([{ before: false, after: true, class: 'none' }]);
    const restored = await lab.rollOut({ change: {}, restoreGuardsOf: id });
    expect([restored.phase, restored.left]).toEqual(['succeeded', undefined]);
    expect(upgradesItself(lab)).toBe(true);
    expect((await lab.call('GET', '/leases')).body.guardsLeft).toEqual([]);
  });

  it('are on again by rollbackOf, which pins nothing', async () => {
    await using lab = await startLab(SELF_UPGRADING);
    const id = await leftHeld(lab);
    const undone = await lab.rollOut({ change: undefined, rollbackOf: id });
    expect([undone.phase, undone.failure, undone.left]).toEqual(['succeeded', undefined, undefined]);
    expect(modelImage(lab)).toBe('latest');
    expect(upgradesItself(lab)).toBe(true);
  });
});
