import { describe, expect, it } from 'vitest';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { acceptedUpgrades, expectImages, expectSafe } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { acts, actsOn, powerNow, powersOf, switchPower } from '../lab/power.ts';

const PACINGS = ['barrier', 'sliding'];
const POLICIES = [undefined, 'skip', 'upgradeCold', 'startFirst'];
const CASES = POLICIES.flatMap((deallocated) =>
  PACINGS.map((pacing) => ({ deallocated, pacing, policy: deallocated ?? 'no policy' })),
);

const strategy = { maxUnavailable: 5 };

function evict(lab: Lab, ...instances: string[]): void {
  lab.sim.inject({ kind: 'eviction', instances, policy: 'Deallocate' });
}

async function rowOf(lab: Lab, rollout: string, id: string): Promise<Body> {
  const { value } = (await lab.call('GET', `/rollouts/${rollout}/instances`)).body;
  return value.find(({ instanceId }: Body) => instanceId === id);
}

describe.each(CASES)('with $policy, $pacing, an instance that is evicted', ({ deallocated, pacing }) => {
  const spec = { targets: { deallocated }, strategy: { ...strategy, pacing } };
  const skips = deallocated === undefined || deallocated === 'skip';
  const power = deallocated === 'startFirst' ? 'running' : 'deallocated';

  // Feature [Guards] Spot eviction that deallocates, before the instance's turn (Guards)
  //   shown by: with no policy, barrier, an instance that is evicted > before its turn follows the policy
  // Feature [Guards] Spot eviction that deallocates, before its turn: skipped (Guards)
  //   shown by: with skip, barrier, an instance that is evicted > before its turn follows the policy
  it('before its turn follows the policy', async () => {
    await using lab = await startLab();
    const id = await lab.start(spec);
    await lab.until(id, () => acceptedUpgrades(lab.log).length === 1);
    evict(lab, '14');
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({
      phase: 'succeeded',
      instances: { upgraded: skips ? 14 : 15, skipped: skips ? 1 : 0 },
    });
    expect(imagesNow(lab.log)['14']).toBe(skips ? OLD : NEW);
    expect(powerNow(lab.log, ['14'])).toEqual({ '14': power });
    if (skips) expect(rollout.left).toMatchObject({ instances: { before: ['14'] } });
  });

  // Feature [Guards] Spot eviction that deallocates, in the instance's upgrade (Guards)
  //   shown by: with no policy, barrier, an instance that is evicted > while its guest comes up follows the policy
  // Feature [Guards] Spot eviction that deallocates, in its turn: upgraded cold where asked (Guards, Selection)
  //   shown by: with upgradeCold, barrier, an instance that is evicted > while its guest comes up follows the policy
  it('while its guest comes up follows the policy', async () => {
    await using lab = await startLab();
    const id = await lab.start(spec);
    await lab.until(id, () => powersOf(lab.log, '5').at(-1) === 'running');
    evict(lab, '5');
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({
      phase: 'succeeded',
      instances: { upgraded: skips ? 14 : 15, skipped: skips ? 1 : 0 },
    });
    expectImages(lab, NEW);
    expect(powerNow(lab.log, ['5'])).toEqual({ '5': power });
    // Its disk was replaced once.
    expect(actsOn(lab, '5').filter((act) => act === 'manualupgrade')).toHaveLength(1);
  });

  it('while it soaks is no failure of the change', async () => {
    await using lab = await startLab();
    const id = await lab.start({ ...spec, soakSeconds: 1800 });
    await lab.until(id, (r) => r.batches[0]?.phase === 'soaking');
    evict(lab, '5');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
    expectImages(lab, NEW);
  });

  // Feature [Guards] Spot eviction in front of a rollback (Guards, Undo)
  //   shown by: with skip, barrier, an instance that is evicted > is brought back too when the rollout goes back
  it('is brought back too when the rollout goes back', async () => {
    await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, instances: ['14'] }] });
    const id = await lab.start(spec);
    await lab.until(id, () => powersOf(lab.log, '5').at(-1) === 'running');
    evict(lab, '5');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expectImages(lab, OLD);
    // It ran when the rollout came to it, but what takes it away is no matter of the rollout.
    expect(powerNow(lab.log, ['5'])).toEqual({ '5': power });
  });
});

/** From before the model is written until the guest has come up again. */
const MOMENTS = [12, 20, 35, 50, 65, 80, 95, 110, 130, 150];
const AT = MOMENTS.flatMap((atSeconds, index) =>
  ['skip', 'upgradeCold', 'startFirst'].map((deallocated, turn) => ({
    atSeconds,
    deallocated,
    pacing: PACINGS[(index + turn) % 2],
  })),
);

it.each(AT)(
  'comes to an end when an instance is evicted after $atSeconds s: $deallocated, $pacing',
  async ({ atSeconds, deallocated, pacing }) => {
    await using lab = await startLab({
      seed: atSeconds,
      faults: [{ kind: 'eviction', instances: ['5'], policy: 'Deallocate', atSeconds }],
    });
    const rollout = await lab.rollOut({ targets: { deallocated }, strategy: { ...strategy, pacing } });
    expect(rollout.phase).toBe('succeeded');
    expect(powersOf(lab.log, '5')).toContain('deallocated');
    const { '5': image, ...others } = imagesNow(lab.log);
    expect(new Set(Object.values(others))).toEqual(new Set([NEW]));
    if (deallocated === 'skip') {
      expect(rollout.instances.upgraded + rollout.instances.skipped).toBe(15);
    } else {
      expect({ image, ...powerNow(lab.log, ['5']) }).toEqual({
        image: NEW,
        '5': deallocated === 'startFirst' ? 'running' : 'deallocated',
      });
    }
    expectSafe(lab, { floor: 15 - 5 - 1, mostDisruptions: 2 });
  },
);

it('gives an instance up that is deallocated again and again', async () => {
  await using lab = await startLab();
  const id = await lab.start({ targets: { deallocated: 'startFirst' }, strategy, onFailure: 'halt' });
  let seen = 0;
  const ended = await lab.until(id, (rollout) => {
    const ups = powersOf(lab.log, '5').filter((power) => power === 'running').length;
    if (ups > seen) {
      seen = ups;
      evict(lab, '5');
    }
    return rollout.phase === 'halted';
  });
  expect(ended.failure).toMatchObject({ instances: ['5'] });
  expect(acts(lab).length).toBeLessThan(12);
});

it('treats an instance as any other that somebody starts before its turn', async () => {
  await using lab = await startLab();
  await switchPower(lab, 'deallocate', ['7']);
  const id = await lab.start({ targets: { deallocated: 'upgradeCold' }, strategy });
  await lab.until(id, () => acceptedUpgrades(lab.log).length === 1);
  await switchPower(lab, 'start', ['7']);
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
  expectImages(lab, NEW);
  expect(powerNow(lab.log, ['7'])).toEqual({ '7': 'running' });
  expect(await rowOf(lab, id, '7')).toMatchObject({ phase: 'succeeded', health: 'healthy' });
});

it.each([
  ['skip', OLD, 'deallocated'],
  ['upgradeCold', NEW, 'deallocated'],
  ['startFirst', NEW, 'running'],
])('holds for instances that join, too: %s', async (deallocated, image, power) => {
  await using lab = await startLab();
  const id = await lab.start({ targets: { deallocated }, strategy, approvals: { before: [0, 4] } });
  await lab.until(id, 'waiting');
  lab.sim.inject({ kind: 'autoscale', change: 1 });
  await lab.host.advance(300_000);
  await lab.send(id, 'approve');
  await lab.until(id, (r) => r.waitingFor?.batch === 4);
  evict(lab, '15');
  await lab.host.advance(300_000);
  await lab.send(id, 'approve');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expect(imagesNow(lab.log)['15']).toBe(image);
  expect(powerNow(lab.log, ['15'])).toEqual({ '15': power });
});
