import { describe, expect, it } from 'vitest';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { acceptedUpgrades, expectImages, expectSafe } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';
import { actsOn, powerNow, powersOf, switchPower } from '../lab/power.ts';

const strategy = { maxUnavailable: 5 };
const OFF = { '3': 'deallocated', '9': 'stopped' };

describe('where an upgrade starts what is off', () => {
  const profile = { upgradeWhileOff: 'starts' as const };

  it.each(['barrier', 'sliding'])('switches it off again, as it was: %s', async (pacing) => {
    await using lab = await startLab({ profile });
    await switchPower(lab, 'deallocate', ['3']);
    await switchPower(lab, 'powerOff', ['9']);
    const from = lab.log.length;
    const targets = { deallocated: 'upgradeCold' };
    const rollout = await lab.rollOut({ targets, strategy: { ...strategy, pacing } });
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
    expectImages(lab, NEW);
    expect(actsOn(lab, '3', from)).toEqual(['manualupgrade', 'deallocate']);
    expect(actsOn(lab, '9', from)).toEqual(['manualupgrade', 'powerOff']);
    expect(powersOf(lab.log.slice(from), '3')).toContain('running');
    expect(powerNow(lab.log, ['3', '9'])).toEqual(OFF);
    expectSafe(lab, { floor: 10 });
  });

  it.each(['upgradeCold', 'startFirst'])('leaves it as it was found, going back: %s', async (deallocated) => {
    await using lab = await startLab({
      profile,
      faults: [{ kind: 'badImage', version: NEW, instances: ['14'] }],
    });
    await switchPower(lab, 'deallocate', ['3']);
    await switchPower(lab, 'powerOff', ['9']);
    expect((await lab.rollOut({ targets: { deallocated }, strategy })).phase).toBe('rolledBack');
    expectImages(lab, OLD);
    expect(powerNow(lab.log, ['3', '9'])).toEqual(OFF);
  });
});

it('ends, and says who is not on the model, where an upgrade passes by what is off', async () => {
  await using lab = await startLab({ profile: { upgradeWhileOff: 'leaves' } });
  await switchPower(lab, 'deallocate', ['3']);
  const rollout = await lab.rollOut({
    targets: { deallocated: 'upgradeCold' },
    strategy,
    onFailure: 'halt',
  });
  expect(rollout).toMatchObject({
    phase: 'halted',
    failure: { code: 'notUpgraded', instances: ['3'] },
    left: { instances: { unknown: ['3'] } },
  });
  expect(acceptedUpgrades(lab.log).filter((ids) => ids.includes('3'))).toHaveLength(3);
  expect(powerNow(lab.log, ['3'])).toEqual({ '3': 'deallocated' });
  expect(imagesNow(lab.log)['3']).toBe(OLD);
});

describe('a retry', () => {
  it('sends a failed instance that is off once more, and leaves it off', async () => {
    const fails = {
      kind: 'operationFails' as const,
      operation: 'manualupgrade' as const,
      instances: ['3'],
      nth: 6,
    };
    await using lab = await startLab({ faults: [fails] });
    await switchPower(lab, 'deallocate', ['3']);
    const id = await lab.start({
      targets: { deallocated: 'upgradeCold' },
      strategy,
      onFailure: 'pause',
    });
    await lab.until(id, 'paused');
    await lab.send(id, 'retry');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
    expectImages(lab, NEW);
    expect(powerNow(lab.log, ['3'])).toEqual({ '3': 'deallocated' });
  });

  it('brings one that was started, and was not well, to serve', async () => {
    const ill = { kind: 'sickInstance' as const, instances: ['3'], fromSeconds: 0, untilSeconds: 6000 };
    await using lab = await startLab({ faults: [ill] });
    await switchPower(lab, 'deallocate', ['3']);
    const id = await lab.start({
      targets: { deallocated: 'startFirst' },
      strategy,
      onFailure: 'pause',
    });
    const paused = await lab.until(id, 'paused');
    expect(paused.failure).toMatchObject({ instances: ['3'] });
    await lab.host.advance(6_000_000);
    await lab.send(id, 'retry');
    const ended: Body = await lab.toEnd(id);
    expect(ended).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
    expect(powerNow(lab.log, ['3'])).toEqual({ '3': 'running' });
    expect(lab.sim.scaleSet('web')?.instances.every(({ serving }) => serving)).toBe(true);
  });
});

it('stops where Azure has no room to start an instance, and goes back', async () => {
  await using lab = await startLab({ faults: [{ kind: 'quotaShortage', shows: 'allocationFailed' }] });
  await switchPower(lab, 'deallocate', ['3']);
  const rollout = await lab.rollOut({ targets: { deallocated: 'startFirst' }, strategy });
  expect(rollout).toMatchObject({ phase: 'rolledBack', failure: { instances: ['3'] } });
  expectImages(lab, OLD);
  expect(powerNow(lab.log, ['3'])).toEqual({ '3': 'deallocated' });
});
