import { expect, it } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';

const IMAGE = (version: string) => ({
  properties: { virtualMachineProfile: { storageProfile: { imageReference: { version } } } },
});

// Feature [Guards] A lost answer is read back, and nothing is sent twice (K64)
//   shown by: reads back and never sends twice when the answer of an upgrade is lost
it.each<[string, FaultInput]>([
  ['the answer of an upgrade is lost', { kind: 'lostAnswer', operation: 'manualupgrade', nth: 2 }],
  [
    'an upgrade is answered by a 503 although it was accepted',
    { kind: 'lostAnswer', operation: 'manualupgrade', nth: 2, status: 503 },
  ],
  ['the answer of the model write is lost', { kind: 'lostAnswer', operation: 'patch' }],
  ['an upgrade never arrives', { kind: 'serverError', operation: 'manualupgrade', nth: 2, status: 500 }],
  ['the model write never arrives', { kind: 'serverError', operation: 'patch', status: 500 }],
])('reads back and never sends twice when %s', async (_, fault) => {
  await using lab = await startLab({ faults: [fault] });
  expect((await lab.rollOut()).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab);
  const accepted = writes(lab.log).filter(
    ({ operation, operationId }) => operation === 'patch' && operationId !== undefined,
  );
  expect(accepted).toHaveLength(1);
  expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
});

// Feature [Health] A failed operation whose instances show it fails the batch (Health)
it('rolls back when an operation fails and its instances show it', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'operationFails', nth: 2, instances: ['6'], code: 'AllocationFailed' }],
  });
  const rollout = await lab.rollOut();
  expect(rollout).toMatchObject({
    phase: 'rolledBack',
    failure: { code: 'AllocationFailed', instances: ['6'] },
  });
  expectImages(lab, OLD);
  expectSafe(lab, { mostDisruptions: 2 });
});

it('sends again only what a preempted operation has left undone', async () => {
  await using lab = await startLab({ faults: [{ kind: 'operationPreempted', nth: 2, afterSeconds: 2 }] });
  expect((await lab.rollOut()).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab, { mostDisruptions: 2 });
  const again = acceptedUpgradesPerInstance(lab.log);
  expect(
    Object.entries(again)
      .filter(([, count]) => count > 1)
      .every(([id]) => ['1', '6', '11'].includes(id)),
  ).toBe(true);
});

// Feature [Health] An operation that says it succeeded is not believed (Health, E29)
it('does not believe an operation that says it succeeded', async () => {
  await using lab = await startLab({ faults: [{ kind: 'silentlySkips', nth: 3, instances: ['7'] }] });
  expect((await lab.rollOut()).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab);
  expect(acceptedUpgrades(lab.log)).toContainEqual(['7']);
});

it('gives up after three attempts that change nothing', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'silentlySkips', onInstances: ['7'], instances: ['7'], count: 'always' }],
  });
  const rollout = await lab.rollOut({ onFailure: 'halt' });
  expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'notUpgraded', instances: ['7'] } });
  expect(acceptedUpgradesPerInstance(lab.log)['7']).toBe(3);
});

it('waits out a conflict with a write of somebody else that is being accepted', async () => {
  await using lab = await startLab({ profile: { acceptanceSeconds: [25, 25] } });
  const id = await lab.start({ approvals: { before: [2] } });
  await lab.until(id, 'waiting');
  const url = `https://management.azure.com${WEB}?api-version=2026-04-01`;
  const foreign = lab.sim.fetch(
    new Request(url, { method: 'PATCH', body: JSON.stringify({ tags: { by: 'somebody' } }) }),
  );
  await lab.send(id, 'approve');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expect((await foreign).status).toBe(200);
  expect(
    writes(lab.log)
      .filter(({ code }) => code === 'Conflict')
      .map(({ instances }) => instances),
  ).toContainEqual(['2', '7', '12']);
  expectImages(lab, NEW);
  expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
});

// Feature [Guards] `Retry-After` is obeyed for every write to the set (K64, new 19)
//   shown by: obeys a Retry-After of 77 seconds for every write to the set
it.each([7, 77, 301])(
  'obeys a Retry-After of %i seconds for every write to the set',
  async (retryAfterSeconds) => {
    await using lab = await startLab({
      faults: [{ kind: 'throttle', operation: 'manualupgrade', nth: 2, retryAfterSeconds }],
    });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    const upgrades = writes(lab.log).filter(({ operation }) => operation === 'manualupgrade');
    const refused = upgrades.findIndex(({ status }) => status === 429);
    const [at = 0, next = 0] = upgrades.slice(refused).map(({ time }) => time);
    expect((next - at) / 1000).toBeGreaterThanOrEqual(retryAfterSeconds);
    expectImages(lab, NEW);
    expectSafe(lab);
  },
);

it.each(['getScaleSet', 'listInstances', 'poll'] as const)(
  'obeys the Retry-After of a throttled %s',
  async (operation) => {
    await using lab = await startLab({
      faults: [{ kind: 'throttle', operation, nth: 3, retryAfterSeconds: 120 }],
    });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    const requests = lab.log.filter((entry) => entry.kind === 'request' && entry.operation === operation);
    const refused = requests.find((entry) => entry.kind === 'request' && entry.status === 429);
    const next = requests.find((entry) => entry.time > (refused?.time ?? 0));
    expect(((next?.time ?? 0) - (refused?.time ?? 0)) / 1000).toBeGreaterThanOrEqual(120);
    expectSafe(lab);
  },
);

it('never polls before the time that the first answer named', async () => {
  await using lab = await startLab({
    profile: { firstRetryAfterSeconds: [40, 40], retryAfterSeconds: [23, 23] },
  });
  expect((await lab.rollOut()).phase).toBe('succeeded');
  for (const write of writes(lab.log)) {
    const answered = lab.log.find((entry) => entry.kind === 'answer' && entry.request === write.sequence);
    const poll = lab.log.find(
      (entry) => entry.kind === 'request' && entry.operation === 'poll' && entry.sequence > write.sequence,
    );
    expect(((poll?.time ?? 0) - (answered?.time ?? 0)) / 1000).toBeGreaterThanOrEqual(40);
  }
});

it('halts when somebody else changes the model, and overwrites nothing', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'foreignModel', afterWrites: 3, patch: IMAGE('22.04.202609100') }],
  });
  const rollout = await lab.rollOut();
  expect(rollout).toMatchObject({
    phase: 'halted',
    failure: { code: 'conflict' },
    left: { model: 'foreign' },
  });
  expect(modelImage(lab)).toBe('22.04.202609100');
  const foreign = lab.log.find((entry) => entry.kind === 'model' && entry.by === 'foreign');
  expect(writes(lab.log).filter(({ time }) => time > (foreign?.time ?? 0))).toEqual([]);
});

// Feature [Undo] A rollback never overwrites somebody else's model (Undo, H52)
it("never rolls back over somebody else's model", async () => {
  await using lab = await startLab({
    faults: [
      { kind: 'badImage', version: NEW, updateDomains: [1] },
      { kind: 'foreignModel', afterWrites: 3, patch: IMAGE('22.04.202609100') },
    ],
  });
  const rollout = await lab.rollOut();
  expect(rollout).toMatchObject({ failure: { code: 'conflict' }, left: { model: 'foreign' } });
  expect(['halted', 'failed']).toContain(rollout.phase);
  expect(modelImage(lab)).toBe('22.04.202609100');
});

it.each([3, -3])('goes on when autoscale moves the capacity by %i', async (change) => {
  await using lab = await startLab({ faults: [{ kind: 'foreignCapacity', afterWrites: 3, change }] });
  const rollout = await lab.rollOut();
  expect(rollout.phase).toBe('succeeded');
  expect(Object.keys(lab.sim.scaleSet('web')?.instances ?? {})).toHaveLength(15 + change);
  expectImages(lab, NEW);
  expectSafe(lab, { floor: Math.min(12, 12 + change) });
  // Who came later came on the new model.
  expect(
    acceptedUpgrades(lab.log)
      .flat()
      .filter((instance) => Number(instance) >= 15),
  ).toEqual([]);
});

// Feature [Health] A failure older than our write is no evidence (Health)
it('takes an old failure of the set and of an instance for no evidence', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'staleFailure', instances: ['4'], onScaleSet: true }],
  });
  expect((await lab.rollOut({ health: { fixForward: true } })).phase).toBe('succeeded');
  expectImages(lab, NEW);
});

// Feature [For a bad night] Waits out an Azure that does not answer (For a bad night)
it('waits while Azure cannot be reached, in planning and later', async () => {
  await using lab = await startLab({
    faults: [
      { kind: 'unreachable', fromSeconds: 0, untilSeconds: 900 },
      { kind: 'unreachable', fromSeconds: 1000, untilSeconds: 1600 },
    ],
  });
  const id = await lab.start();
  await lab.host.advance(600_000);
  expect(await lab.get(id)).toMatchObject({ phase: 'planning', waitingFor: { kind: 'unreachable' } });
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab);
});

// Feature [Batches] Waits for room while too few serve (D28)
// Feature [For a bad night] The sentence for a wait for the floor (For a bad night)
it('waits while too few serve, and goes on by itself', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: [1] } });
  await lab.until(id, 'waiting');
  lab.sim.inject({ kind: 'sickInstance', instances: ['12', '13', '14'], untilSeconds: 1500 });
  await lab.host.advance(60_000);
  await lab.send(id, 'approve');
  const waiting = await lab.until(id, (rollout) => rollout.waitingFor?.kind === 'floor');
  expect(waiting.waitingFor.message).toContain('the floor is 12');
  expect(acceptedUpgrades(lab.log)).toHaveLength(1);
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);
});

// Feature [Health] Slow instances are waited for (Health)
//   shown by: is patient with slowInstance
it.each(['flappingHealth', 'slowInstance'] as const)('is patient with %s', async (kind) => {
  const fault: FaultInput =
    kind === 'slowInstance'
      ? { kind, instances: ['3'], factor: 5 }
      : { kind, instances: ['3'], periodSeconds: 40, untilSeconds: 1500 };
  await using lab = await startLab({ faults: [fault] });
  expect((await lab.rollOut({ health: { fixForward: true } })).phase).toBe('succeeded');
  expectImages(lab, NEW);
});

// Feature [Guards] Instances that came before the model was written are brought along (Guards)
it('brings along instances that came before the model was written', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: 'rollout' } });
  await lab.until(id, 'waiting');
  lab.sim.inject({ kind: 'foreignCapacity', atSeconds: 1, change: 5 });
  await lab.host.advance(600_000);
  await lab.send(id, 'approve');
  const rollout = await lab.toEnd(id);
  expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 20, upgraded: 20 } });
  // A fifth of 20 may be down by now.
  expect(rollout.batches.slice(5).map(({ instances }: Body) => instances.length)).toEqual([4, 1]);
  expect(Object.keys(lab.sim.scaleSet('web')?.instances ?? {})).toHaveLength(20);
  expectImages(lab, NEW);
});

it('leaves alone who came later where instances were chosen', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: 'rollout' }, targets: { updateDomains: [0] } });
  await lab.until(id, 'waiting');
  lab.sim.inject({ kind: 'foreignCapacity', atSeconds: 1, change: 3 });
  await lab.host.advance(600_000);
  await lab.send(id, 'approve');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expect(acceptedUpgrades(lab.log)).toEqual([['0', '5', '10']]);
});

// Feature [Undo] Instances that came with the model that is rolled back (Undo)
it('takes back instances that came with the model that is rolled back', async () => {
  await using lab = await startLab({
    faults: [
      { kind: 'badImage', version: NEW, updateDomains: [1] },
      { kind: 'foreignCapacity', afterWrites: 2, change: 3 },
    ],
  });
  const rollout = await lab.rollOut({ strategy: { maxUnavailable: 6 } });
  expect(rollout.phase).toBe('rolledBack');
  expect(Object.keys(lab.sim.scaleSet('web')?.instances ?? {})).toHaveLength(18);
  expectImages(lab, OLD);
});
