import { expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, policyOf, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

const ROLLING: LabOptions = {
  upgradePolicy: {
    mode: 'Rolling',
    rollingUpgradePolicy: { maxBatchInstancePercent: 20, maxUnhealthyInstancePercent: 20 },
  },
};
const AUTOMATIC: LabOptions = { upgradePolicy: { mode: 'Automatic' } };
const BAD = { kind: 'badImage' as const, version: NEW, updateDomains: [1] };

/** Upgrades that began without a call of ours: Azure's own. */
function ownUpgrades(log: readonly LogEntry[]): number {
  const ours = new Set(writes(log).map(({ operationId }) => operationId));
  return log.filter(
    (entry) =>
      entry.kind === 'instance' &&
      entry.change === 'upgradeStarted' &&
      entry.disruptive &&
      !ours.has(entry.operationId),
  ).length;
}

// Feature [Guards] `Automatic` policy held at `Manual` in the same write as the change, and given back (Guards, new 8)
//   shown by: holds the policy Automatic at Manual in the same write as the change, and gives it back
// Feature [Guards] `Rolling` policy held at `Manual`, and given back (Guards)
//   shown by: holds the policy Rolling at Manual in the same write as the change, and gives it back
it.each([
  ['Rolling', ROLLING],
  ['Automatic', AUTOMATIC],
] as const)(
  'holds the policy %s at Manual in the same write as the change, and gives it back',
  async (mode, options) => {
    await using lab = await startLab(options);
    const rollout = await lab.rollOut();
    expect(rollout.phase).toBe('succeeded');
    expect(rollout).not.toHaveProperty('left');
    const [first] = writes(lab.log);
    expect(first?.body).toMatchObject({ properties: { upgradePolicy: { mode: 'Manual' } } });
    expect(JSON.stringify(first?.body)).toContain(NEW);
    expect(policyOf(lab)).toBe(mode);
    await lab.host.advance(3600_000);
    expectImages(lab, NEW);
    expectSafe(lab);
    expect(acceptedUpgrades(lab.log)).toHaveLength(5);
  },
);

// Feature [Guards] The policy is given back after a failure (Guards)
it('brings every instance to the restored model before it gives the policy back', async () => {
  await using lab = await startLab({ ...AUTOMATIC, faults: [BAD] });
  expect((await lab.rollOut()).phase).toBe('rolledBack');
  expect(policyOf(lab)).toBe('Automatic');
  expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(true);
  await lab.host.advance(3600_000);
  expectImages(lab, OLD);
  expectSafe(lab, { mostDisruptions: 2 });
});

// Feature [Guards] The policy stays held after an abort where giving it back would do harm, and that is said (Guards)
it('keeps the policy held after an abort, and says so', async () => {
  await using lab = await startLab(AUTOMATIC);
  const id = await lab.start();
  await lab.until(id, (rollout) => rollout.batch === 1 && rollout.instances.upgrading === 3);
  await lab.send(id, 'abort');
  const rollout = await lab.toEnd(id);
  expect(rollout.left.heldGuards).toMatchObject([{ guard: 'upgradePolicy', was: 'Automatic' }]);
  expect(policyOf(lab)).toBe('Manual');
  await lab.host.advance(3600_000);
  expect(acceptedUpgrades(lab.log)).toHaveLength(2);
  expect(ownUpgrades(lab.log)).toBe(0);
});

it('leaves the policy of a model that somebody else has changed', async () => {
  const patch = { properties: { virtualMachineProfile: { priority: 'Regular' } } };
  await using lab = await startLab({
    ...AUTOMATIC,
    faults: [{ kind: 'foreignModel', afterWrites: 6, patch }],
  });
  const rollout = await lab.rollOut();
  expect(rollout.failure).toMatchObject({ code: 'conflict' });
  expect(policyOf(lab)).toBe('Manual');
});

// Feature [Guards] A refused rollout holds nothing (Guards)
it('holds nothing when it is refused', async () => {
  await using lab = await startLab(AUTOMATIC);
  const rollout = await lab.rollOut({ change: { image: { version: '1.2.3' } } });
  expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'imageNotFound' } });
  expect(writes(lab.log)).toEqual([]);
});

// Feature [Guards] A native rolling upgrade refuses a rollout that is to begin (Guards)
it('is refused while a rolling upgrade of Azure itself runs', async () => {
  await using lab = await startLab(ROLLING);
  const patch = {
    properties: { virtualMachineProfile: { storageProfile: { imageReference: { version: NEW } } } },
  };
  lab.sim.inject({ kind: 'foreignModel', atSeconds: 1, patch });
  await lab.host.advance(30_000);
  const rollout = await lab.rollOut({ change: {} });
  expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'nativeUpgradeRunning' } });
  expect(writes(lab.log)).toEqual([]);
});

// Feature [Guards] Automatic repairs suspended and given back (Guards, K63)
//   shown by: suspends automatic repairs for its time ([])
// Feature [Guards] Automatic repairs given back after a failure (Guards, K63)
//   shown by: suspends automatic repairs for its time ([{"kind":"badImage","version":"22.04.202611010","updateDomains":[1]}])
it.each([[[]], [[BAD]]])('suspends automatic repairs for its time (%j)', async (faults) => {
  await using lab = await startLab({ faults });
  const body = JSON.stringify({
    properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } },
  });
  const url = `http://127.0.0.1${(await lab.call('POST', '/plans', { scaleSet: WEB })).body.scaleSet}?api-version=2026-04-01`;
  await lab.host.runUntil(() => true);
  const set = lab.sim.fetch(
    new Request(url, { method: 'PATCH', body, headers: { 'content-type': 'application/json' } }),
  );
  await lab.host.advance(60_000);
  expect((await set).status).toBe(200);
  expect((await lab.rollOut()).phase).toBe(faults.length === 0 ? 'succeeded' : 'rolledBack');
  const ours = writes(lab.log).slice(1);
  const actions = ours
    .filter(({ operation }) => operation === 'setOrchestrationServiceState')
    .map((entry) => entry.body);
  expect(actions).toMatchObject([{ action: 'Suspend' }, { action: 'Resume' }]);
  expect(ours[0]?.operation).toBe('setOrchestrationServiceState');
  expect(ours.at(-1)?.operation).toBe('setOrchestrationServiceState');
  expect(modelImage(lab)).toBe(faults.length === 0 ? NEW : OLD);
});

/** Azure has had an hour in which it could have begun something by itself. */
async function expectLeftAlone(lab: Lab): Promise<void> {
  await lab.host.advance(3600_000);
  expect(ownUpgrades(lab.log)).toBe(0);
}

const BOTH: LabOptions = {
  ...AUTOMATIC,
  properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } },
};

/** The last that was asked of automatic repairs. */
function repairsNow(lab: Lab): unknown {
  const asked = writes(lab.log).filter(({ operation }) => operation === 'setOrchestrationServiceState');
  return (asked.at(-1)?.body as { action: string } | undefined)?.action;
}

it('keeps the policy held after an abort right behind the model, when the views say that all are on it', async () => {
  await using lab = await startLab({ ...AUTOMATIC, profile: { viewLagSeconds: [25, 25] } });
  const id = await lab.start();
  await lab.host.runUntil(async () => {
    const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
    return value.some(({ kind }: { kind: string }) => kind === 'modelTaken');
  });
  await lab.send(id, 'abort');
  const rollout = await lab.toEnd(id);
  expect(rollout).toMatchObject({ phase: 'cancelled', left: { heldGuards: [{ guard: 'upgradePolicy' }] } });
  expect(policyOf(lab)).toBe('Manual');
  await expectLeftAlone(lab);
});

// Feature [Guards] Repairs are given back after an abort (Guards, K63)
//   shown by: resumes repairs after an abort, and names the policy that stays held
it.each([
  ['an abort', 'cancelled', { faults: [] }, {}],
  ['a failure that halts it', 'halted', { faults: [BAD] }, { onFailure: 'halt' }],
  ['its deadline', 'halted', { faults: [] }, { timeoutSeconds: 200 }],
] as const)(
  'resumes repairs after %s, and names the policy that stays held',
  async (_, phase, { faults }, spec) => {
    await using lab = await startLab({ ...BOTH, faults: [...faults] });
    const id = await lab.start(spec);
    if (phase === 'cancelled') {
      await lab.until(id, (rollout) => rollout.batch === 1 && rollout.instances.upgrading === 3);
      await lab.send(id, 'abort');
    }
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({ phase, left: { heldGuards: [{ guard: 'upgradePolicy' }] } });
    expect(rollout.left.heldGuards).toHaveLength(1);
    expect(repairsNow(lab)).toBe('Resume');
    expect(policyOf(lab)).toBe('Manual');
    await expectLeftAlone(lab);
  },
);

it('resumes repairs after a rollback that failed, and gives the policy back where all are on the model', async () => {
  const sick = { kind: 'sickInstance' as const, instances: ['1'], fromSeconds: 60 };
  await using lab = await startLab({ ...BOTH, faults: [sick] });
  const rollout = await lab.rollOut({ rollbackTimeoutSeconds: 2300 });
  expect(rollout.phase).toBe('failed');
  expect(repairsNow(lab)).toBe('Resume');
  expect(rollout.left.heldGuards).toEqual([]);
  expect(policyOf(lab)).toBe('Automatic');
  expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(true);
});

// Feature [Guards] Both guards are given back after a crash (Guards)
it('gives both back after a crash in the middle', async () => {
  await using lab = await startLab(BOTH);
  const id = await lab.start();
  for (const batch of [1, 3]) {
    await lab.until(id, (rollout) => rollout.batch === batch && rollout.instances.upgrading === 3);
    lab.host.restart();
  }
  const rollout = await lab.toEnd(id);
  expect(rollout.phase).toBe('succeeded');
  expect(rollout).not.toHaveProperty('left');
  expect({ policy: policyOf(lab), repairs: repairsNow(lab) }).toEqual({
    policy: 'Automatic',
    repairs: 'Resume',
  });
  expectSafe(lab);
  await expectLeftAlone(lab);
});

// Feature [Guards] A held policy is named after a success over some of the instances (Guards)
it('names the policy that stays held after a success over some of the instances', async () => {
  await using lab = await startLab(BOTH);
  const rollout = await lab.rollOut({ targets: { updateDomains: [0] } });
  expect(rollout).toMatchObject({
    phase: 'succeeded',
    left: { model: 'after', heldGuards: [{ guard: 'upgradePolicy', was: 'Automatic' }] },
  });
  expect(policyOf(lab)).toBe('Manual');
  expect(repairsNow(lab)).toBe('Resume');
  await expectLeftAlone(lab);
});
