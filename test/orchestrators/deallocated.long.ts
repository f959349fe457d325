import { describe, expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { acts, actsOn, powerNow, powersOf, switchPower } from '../lab/power.ts';

const PACINGS = ['barrier', 'sliding'];

/** Instances 3 and 7 are deallocated and 9 is stopped, so twelve serve. */
async function withSomeOff(lab: Lab): Promise<void> {
  await switchPower(lab, 'deallocate', ['3', '7']);
  await switchPower(lab, 'powerOff', ['9']);
}

const OFF = { '3': 'deallocated', '7': 'deallocated', '9': 'stopped' };
const ON = { '3': 'running', '7': 'running', '9': 'running' };

/** Two may be down beside the three that are off anyway. */
const FLOOR = 10;
const strategy = { maxUnavailable: 5 };

describe.each(PACINGS)('with pacing %s, instances that are off', (pacing) => {
  it('are left alone, and reported, unless the spec says otherwise', async () => {
    await using lab = await startLab();
    await withSomeOff(lab);
    const rollout = await lab.rollOut({ strategy: { ...strategy, pacing } });
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 12, upgraded: 12 } });
    expect(powerNow(lab.log, ['3', '7', '9'])).toEqual(OFF);
    expect(acceptedUpgrades(lab.log).flat()).not.toContain('3');
    expectSafe(lab, { floor: FLOOR });
  });

  // Feature [Selection] Deallocated and stopped instances upgraded cold: they stay off (Selection)
  //   shown by: with pacing barrier, instances that are off > get the model without being started, last, in one write, and without a wait for their guests
  // Feature [Selection] Instances that are off are upgraded cold, by `targets.deallocated` (Selection)
  //   shown by: with pacing barrier, instances that are off > get the model without being started, last, in one write, and without a wait for their guests
  // Feature [Selection] Instances that are off, while sliding (Selection, Pacing)
  //   shown by: with pacing sliding, instances that are off > get the model without being started, last, in one write, and without a wait for their guests
  it('get the model without being started, last, in one write, and without a wait for their guests', async () => {
    await using lab = await startLab();
    await withSomeOff(lab);
    const from = lab.log.length;
    const rollout = await lab.rollOut({
      targets: { deallocated: 'upgradeCold' },
      strategy: { ...strategy, pacing },
      soakSeconds: 600,
    });
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 15, upgraded: 15 } });
    expect(rollout).not.toHaveProperty('left');
    expectImages(lab, NEW);
    expect(powerNow(lab.log, ['3', '7', '9'])).toEqual(OFF);
    expect(powersOf(lab.log.slice(from), '3')).toEqual([]);
    expect(acceptedUpgrades(lab.log).at(-1)).toEqual(['3', '7', '9']);
    expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(
      true,
    );
    expectSafe(lab, { floor: FLOOR });
    const [before, last]: Body[] = rollout.batches.slice(-2);
    expect(last).toMatchObject({ name: 'switched off', phase: 'succeeded', instances: ['3', '7', '9'] });
    // No soak: that alone would be ten minutes.
    expect(Date.parse(last.endedAt) - Date.parse(before.endedAt)).toBeLessThan(300_000);
  });

  // Feature [Selection] Deallocated and stopped instances started first, on request (Selection)
  //   shown by: with pacing barrier, instances that are off > are started first where the spec says so, then upgraded, and serve
  // Feature [Selection] Instances that are off are started first, by `targets.deallocated` (Selection)
  //   shown by: with pacing barrier, instances that are off > are started first where the spec says so, then upgraded, and serve
  it('are started first where the spec says so, then upgraded, and serve', async () => {
    await using lab = await startLab();
    await withSomeOff(lab);
    const from = lab.log.length;
    const rollout = await lab.rollOut({
      targets: { deallocated: 'startFirst' },
      strategy: { ...strategy, pacing },
    });
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 15, upgraded: 15 } });
    expectImages(lab, NEW);
    expect(powerNow(lab.log, ['3', '7', '9'])).toEqual(ON);
    expect(lab.sim.scaleSet('web')?.instances.every(({ serving }) => serving)).toBe(true);
    expect(acts(lab, from)[0]).toBe('start 3,7,9');
    for (const id of ['3', '7', '9']) expect(actsOn(lab, id, from)).toEqual(['start', 'manualupgrade']);
    expectSafe(lab, { floor: FLOOR });
  });
});

/** Changes of every class, and what they take of an instance that is off: to leave it off, and to start it. */
const CHANGES: [string, object, readonly string[], readonly string[]][] = [
  ['an image', { image: { version: NEW } }, ['manualupgrade'], ['start', 'manualupgrade']],
  [
    'a size that the hardware has',
    { vmSize: 'Standard_D4s_v5' },
    ['manualupgrade'],
    ['start', 'manualupgrade'],
  ],
  [
    'a size that takes other hardware',
    { vmSize: 'Standard_NV6' },
    ['manualupgrade'],
    ['manualupgrade', 'start'],
  ],
  [
    'an OS profile',
    { osProfile: { customData: 'I2Nsb3VkLWNvbmZpZw==' } },
    ['manualupgrade', 'reimage'],
    ['start', 'manualupgrade', 'reimage'],
  ],
  [
    'a property that asks for nothing',
    { set: { 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled': true } },
    ['manualupgrade'],
    ['start', 'manualupgrade'],
  ],
  ['a forced new disk', { force: 'reimage' }, ['reimage'], ['start', 'reimage']],
];

const anything = { ...strategy, mostDisruptiveAllowed: 'deallocate', acceptIrreversible: true };

describe.each(CHANGES)('%s', (_, change, cold, warm) => {
  it('reaches a deallocated instance without a start', async () => {
    await using lab = await startLab({ count: 10 });
    await switchPower(lab, 'deallocate', ['3']);
    const from = lab.log.length;
    const targets = { deallocated: 'upgradeCold' };
    expect((await lab.rollOut({ change, targets, strategy: anything })).phase).toBe('succeeded');
    expect(actsOn(lab, '3', from)).toEqual(cold);
    expect(powersOf(lab.log.slice(from), '3')).toEqual([]);
    expectSafe(lab, { floor: 5, mostDisruptions: 2 });
  });

  it('reaches a deallocated instance that is to serve with it', async () => {
    await using lab = await startLab({ count: 10 });
    await switchPower(lab, 'deallocate', ['3']);
    const from = lab.log.length;
    const targets = { deallocated: 'startFirst' };
    expect((await lab.rollOut({ change, targets, strategy: anything })).phase).toBe('succeeded');
    expect(actsOn(lab, '3', from)).toEqual(warm);
    expect(lab.sim.scaleSet('web')?.instances.every(({ serving }) => serving)).toBe(true);
    expectSafe(lab, { floor: 5, mostDisruptions: 2 });
  });
});

it('has nothing to restart where an instance is off and stays so', async () => {
  await using lab = await startLab({ count: 10 });
  await switchPower(lab, 'deallocate', ['3']);
  const targets = { deallocated: 'upgradeCold' };
  const spec = { scaleSet: WEB, change: { force: 'restart' }, targets, strategy };
  const { body } = await lab.call('POST', '/plans', spec);
  expect(body.skipped).toEqual([
    { instance: '3', reason: 'not running: deallocated, so there is nothing to restart' },
  ]);
});
