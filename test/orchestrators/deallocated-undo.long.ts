import { describe, expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, modelOf } from '../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { actsOn, powerNow, powersOf, switchPower } from '../lab/power.ts';

const OFF = { '3': 'deallocated', '7': 'deallocated', '9': 'stopped' };
const IDS = Object.keys(OFF);

/** Instances 3 and 7 are deallocated and 9 is stopped, so twelve serve. */
async function withSomeOff(lab: Lab): Promise<void> {
  await switchPower(lab, 'deallocate', ['3', '7']);
  await switchPower(lab, 'powerOff', ['9']);
}

const POLICIES = ['upgradeCold', 'startFirst'];
const PACINGS = ['barrier', 'sliding'];
const CASES = POLICIES.flatMap((deallocated) => PACINGS.map((pacing) => ({ deallocated, pacing })));

/** Two may be down beside the three that are off anyway. */
const FLOOR = 10;
const strategy = { maxUnavailable: 5 };

/** Everything as it was found, whatever the rollout did in between. */
function expectAsFound(lab: Lab): void {
  expectImages(lab, OLD);
  expect(modelImage(lab)).toBe(OLD);
  expect(powerNow(lab.log, IDS)).toEqual(OFF);
  const instances = lab.sim.scaleSet('web')?.instances ?? [];
  expect(instances.filter(({ serving }) => !serving).map(({ instanceId }) => instanceId)).toEqual(IDS);
  expectSafe(lab, { floor: FLOOR, mostDisruptions: 2 });
}

describe.each(CASES)('$deallocated, $pacing', ({ deallocated, pacing }) => {
  // Feature [Selection] A rollback leaves instances that were off as it found them (Selection, Undo)
  //   shown by: startFirst, barrier > leaves instances as they were found when the rollout fails and goes back
  // Feature [Undo] A rollback leaves instances that were off as it found them (Undo)
  //   shown by: upgradeCold, barrier > leaves instances as they were found when the rollout fails and goes back
  it('leaves instances as they were found when the rollout fails and goes back', async () => {
    await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, instances: ['14'] }] });
    await withSomeOff(lab);
    const rollout = await lab.rollOut({ targets: { deallocated }, strategy: { ...strategy, pacing } });
    expect(rollout).toMatchObject({ phase: 'rolledBack', failure: { instances: ['14'] } });
    expect(rollout).not.toHaveProperty('left');
    expectAsFound(lab);
  });

  it('leaves instances as they were found when it is rolled back by command, after they were reached', async () => {
    await using lab = await startLab();
    await withSomeOff(lab);
    const id = await lab.start({
      targets: { deallocated },
      strategy: { ...strategy, pacing },
      // Whoever is started first is there before the others: else the rollout might be over by then.
      ...(deallocated === 'startFirst' && { approvals: { before: [1] } }),
    });
    await lab.until(id, () => acceptedUpgrades(lab.log).flat().includes('7'));
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expectAsFound(lab);
  });

  // Feature [Undo] `rollbackOf` switches off again whom the rollout had started (Undo)
  //   shown by: startFirst, barrier > is undone after its end: the old image, and switched off again whom it had started
  it('is undone after its end: the old image, and switched off again whom it had started', async () => {
    await using lab = await startLab();
    await withSomeOff(lab);
    const first = await lab.rollOut({ targets: { deallocated }, strategy: { ...strategy, pacing } });
    const spec = { change: {}, rollbackOf: first.id, strategy: { ...strategy, pacing } };
    const { body: plan } = await lab.call('POST', '/plans', { scaleSet: WEB, ...spec });
    const as = deallocated === 'startFirst' ? 'offAgain' : 'cold';
    expect(plan.switchedOff).toMatchObject(IDS.map((instance) => ({ instance, as })));
    expect(plan.warnings.map(({ code }: { code: string }) => code)).toContain(
      deallocated === 'startFirst' ? 'switchedOffAgain' : 'upgradedCold',
    );
    expect(await lab.rollOut(spec)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
    expectAsFound(lab);
  });
});

it('leaves as they were found instances that a failure on one of them turns round', async () => {
  await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, instances: ['3'] }] });
  await withSomeOff(lab);
  const from = lab.log.length;
  const rollout = await lab.rollOut({ targets: { deallocated: 'startFirst' }, strategy });
  expect(rollout).toMatchObject({ phase: 'rolledBack', failure: { instances: ['3'] } });
  expect(actsOn(lab, '3', from)).toEqual(['start', 'manualupgrade', 'deallocate', 'manualupgrade']);
  expect(actsOn(lab, '9', from)).toEqual(['start', 'manualupgrade', 'powerOff', 'manualupgrade']);
  // Nobody else was reached.
  expect(new Set(acceptedUpgrades(lab.log).flat())).toEqual(new Set(IDS));
  expectAsFound(lab);
});

it('puts a set that was off as a whole back, although no floor stands in it', async () => {
  await using lab = await startLab({
    count: 5,
    faults: [{ kind: 'badImage', version: NEW, instances: ['4'] }],
  });
  await switchPower(lab, 'deallocate', ['0', '1', '2', '3', '4']);
  const rollout = await lab.rollOut({ targets: { deallocated: 'startFirst' } });
  expect(rollout).toMatchObject({ phase: 'rolledBack', failure: { instances: ['4'] } });
  expectImages(lab, OLD);
  expect(new Set(Object.values(powerNow(lab.log, ['0', '1', '2', '3', '4'])))).toEqual(
    new Set(['deallocated']),
  );
});

describe('an abort', () => {
  // Feature [Selection] An abort names the instances that it leaves started (Selection, Control)
  it('names the instances that it leaves started', async () => {
    await using lab = await startLab();
    await withSomeOff(lab);
    const id = await lab.start({ targets: { deallocated: 'startFirst' }, strategy });
    await lab.until(id, () => powersOf(lab.log, '3').at(-1) === 'running');
    await lab.send(id, 'abort');
    const ended = await lab.toEnd(id);
    expect(ended).toMatchObject({
      phase: 'cancelled',
      left: { model: 'after', started: IDS, instances: { unknown: IDS } },
    });
    expect(powerNow(lab.log, IDS)).toEqual({ '3': 'running', '7': 'running', '9': 'running' });
    // And its undoing switches them off again.
    const undo = await lab.rollOut({ change: {}, rollbackOf: id, strategy });
    expect(undo.phase).toBe('succeeded');
    expectAsFound(lab);
  });

  it('does not start whom it found off', async () => {
    await using lab = await startLab({ count: 10 });
    await switchPower(lab, 'deallocate', ['3']);
    await switchPower(lab, 'powerOff', ['9']);
    const id = await lab.start({
      change: { vmSize: 'Standard_NV6' },
      targets: { deallocated: 'upgradeCold', instances: ['3', '9'] },
      strategy: { maxUnavailable: 4, mostDisruptiveAllowed: 'deallocate' },
    });
    await lab.until(id, () => powersOf(lab.log, '9').at(-1) === 'deallocated');
    await lab.send(id, 'abort');
    const ended = await lab.toEnd(id);
    expect(ended).toMatchObject({ phase: 'cancelled', left: { model: 'after' } });
    expect([...ended.left.instances.unknown, ...(ended.left.instances.before ?? [])]).toContain('9');
    expect(ended.left).not.toHaveProperty('started');
    expect(powerNow(lab.log, ['3', '9'])).toEqual({ '3': 'deallocated', '9': 'deallocated' });
  });
});

describe.each([
  ['a size that the hardware has', { vmSize: 'Standard_D4s_v5' }],
  ['a size that takes other hardware', { vmSize: 'Standard_NV6' }],
  ['a user of the OS profile', { osProfile: { adminUsername: 'operator' } }],
  ['a property', { set: { 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled': true } }],
])('%s, rolled back', (_, change) => {
  it.each(POLICIES)('leaves the model and the power states as they were: %s', async (deallocated) => {
    await using lab = await startLab({ count: 10 });
    await switchPower(lab, 'deallocate', ['3', '7']);
    const before = modelOf(lab);
    const id = await lab.start({
      change,
      targets: { deallocated },
      strategy: { maxUnavailable: 4, mostDisruptiveAllowed: 'deallocate' },
      soakSeconds: 600,
    });
    await lab.until(id, () => actsOn(lab, '3').includes('manualupgrade'));
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    const after = modelOf(lab);
    expect(after).toMatchObject({ properties: before.properties });
    // A size is named in any letters, and read in any.
    expect(JSON.stringify(after.sku).toLowerCase()).toBe(JSON.stringify(before.sku).toLowerCase());
    const instances = lab.sim.scaleSet('web')?.instances ?? [];
    const reached = new Set(acceptedUpgrades(lab.log).flat());
    const behind = instances.filter(({ latestModelApplied }) => !latestModelApplied);
    expect(behind.filter(({ instanceId }) => reached.has(instanceId))).toEqual([]);
    expect(powerNow(lab.log, ['3', '7'])).toEqual({ '3': 'deallocated', '7': 'deallocated' });
    expect(instances.filter(({ serving }) => serving)).toHaveLength(8);
    expectSafe(lab, { floor: 6, mostDisruptions: 4 });
  });
});
