import { expect, it } from 'vitest';
import { acceptedUpgrades, writes } from '../../lab/judge.ts';
import type { Body, Lab } from '../../lab/lab.ts';
import { NEW, OLD, startLab } from '../../lab/lab.ts';

const IMAGE = 'virtualMachineProfile.storageProfile.imageReference.version';

const LATEST = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts-gen2',
  version: 'latest',
};

async function planOf(lab: Lab, id: string): Promise<Body> {
  const { status, body } = await lab.call('GET', `/rollouts/${id}/rollback-plan`);
  expect(status).toBe(200);
  return body;
}

/** A rollout that waits before its batch 2. */
async function halfWay(lab: Lab, spec: Record<string, unknown> = {}): Promise<string> {
  const id = await lab.start({ approvals: { before: [2] }, ...spec });
  await lab.until(id, 'waiting');
  return id;
}

// Feature [Undo] A rollback in mid-run is shown with instances and batches before it is confirmed (Undo)
it('is what a rollback then does, batch by batch, and is read from the records alone', async () => {
  await using lab = await startLab();
  const id = await halfWay(lab);
  const [requests, calls] = [lab.log.length, lab.store.calls.length];
  const plan = await planOf(lab, id);
  expect(lab.log).toHaveLength(requests);
  expect(lab.store.calls.slice(calls).filter((call) => !/get|list|read/i.test(call))).toEqual([]);
  expect(plan).toMatchObject({
    rolloutId: id,
    delta: [{ path: IMAGE, before: NEW, after: OLD, class: 'reimage' }],
    class: 'reimage',
    floor: 12,
    unrecoverable: [],
    warnings: [],
  });

  const sent = acceptedUpgrades(lab.log).length;
  await lab.send(id, 'rollback');
  expect((await lab.toEnd(id)).phase).toBe('rolledBack');
  const done = acceptedUpgrades(lab.log).slice(sent);
  expect(done).toHaveLength(2);
  expect(plan.batches.map(({ instances }: Body) => instances)).toEqual(done);
});

// Feature [Undo] The shown rollback takes about as long as it says (Undo)
it('takes about as long, and as many requests, as it says', async () => {
  await using lab = await startLab();
  const id = await halfWay(lab);
  const { expected } = await planOf(lab, id);
  const [from, requests] = [lab.host.clock.now(), requestsIn(lab)];
  await lab.send(id, 'rollback');
  await lab.toEnd(id);
  const seconds = (lab.host.clock.now() - from) / 1000;
  expect(expected.seconds / seconds).toBeGreaterThan(0.4);
  expect(expected.seconds / seconds).toBeLessThan(2.5);
  const took = requestsIn(lab) - requests;
  expect(expected.armRequests / took).toBeGreaterThan(0.4);
  expect(expected.armRequests / took).toBeLessThan(2.5);
});

function requestsIn(lab: Lab): number {
  return lab.log.filter(({ kind }) => kind === 'request').length;
}

it('says that writes still run, and brings back what they are at work on', async () => {
  await using lab = await startLab();
  const id = await lab.start();
  await lab.until(id, (rollout) => rollout.batch === 1 && rollout.instances.upgrading === 3);
  const plan = await planOf(lab, id);
  expect(plan.warnings).toMatchObject([{ code: 'operationsRunning' }]);
  expect(plan.batches).toMatchObject([
    { index: 1, instances: ['1', '6', '11'] },
    { index: 0, instances: ['0', '5', '10'] },
  ]);
});

it('has nothing to do before anything was changed', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: 'batch' } });
  await lab.until(id, 'waiting');
  expect(await planOf(lab, id)).toMatchObject({
    delta: [],
    batches: [],
    warnings: [{ code: 'nothingToDo' }],
  });
});

it('names the version that latest is pinned to', async () => {
  await using lab = await startLab({ image: LATEST });
  const id = await halfWay(lab);
  const plan = await planOf(lab, id);
  const ran = lab.sim.scaleSet('web')?.instances.find(({ instanceId }) => instanceId === '2')?.image;
  expect(plan.delta).toMatchObject([{ path: IMAGE, before: NEW, after: ran }]);
  expect(plan.warnings).toMatchObject([
    { code: 'rollbackPinsVersion', message: expect.stringContaining(String(ran)) },
  ]);
});

it('brings everybody to the old model where the upgrade policy is held', async () => {
  await using lab = await startLab({ upgradePolicy: { mode: 'Automatic' } });
  const id = await halfWay(lab);
  const plan = await planOf(lab, id);
  expect(plan.batches.flatMap(({ instances }: Body) => instances)).toHaveLength(15);
  expect(plan.warnings).toMatchObject([{ code: 'bringsEveryone' }]);
});

it('names what nobody can put back', async () => {
  await using lab = await startLab();
  const change = { osProfile: { customData: 'c2VjcmV0' } };
  const id = await halfWay(lab, { change, strategy: { acceptIrreversible: true } });
  const plan = await planOf(lab, id);
  expect(plan.unrecoverable).toMatchObject([{ path: 'virtualMachineProfile.osProfile.customData' }]);
  expect(JSON.stringify(plan)).not.toContain('c2VjcmV0');
});

it('stands in the explanation', async () => {
  await using lab = await startLab();
  const id = await halfWay(lab);
  const plan = await planOf(lab, id);
  expect((await lab.call('GET', `/rollouts/${id}/explanation`)).body.rollback).toEqual(plan);
  await lab.send(id, 'abort');
  await lab.toEnd(id);
  expect((await lab.call('GET', `/rollouts/${id}/explanation`)).body.rollback).toBeNull();
});

it.each([
  ['has ended', 'abort', 'the rollout has ended: cancelled'],
  ['goes back already', 'rollback', 'the rollout is no longer going forward'],
])('is refused when the rollout %s', async (_, command, detail) => {
  await using lab = await startLab();
  const id = await halfWay(lab);
  await lab.send(id, command);
  if (command === 'abort') await lab.toEnd(id);
  expect(await lab.call('GET', `/rollouts/${id}/rollback-plan`)).toMatchObject({
    status: 409,
    body: { code: 'wrongPhase', detail, rolloutId: id },
  });
});

it('is refused where the model was not changed', async () => {
  await using lab = await startLab();
  const id = await lab.start({ change: { force: 'restart' }, approvals: { before: 'batch' } });
  await lab.until(id, 'waiting');
  const sent = writes(lab.log).length;
  expect(await lab.call('GET', `/rollouts/${id}/rollback-plan`)).toMatchObject({
    status: 409,
    body: { code: 'wrongPhase', detail: expect.stringContaining('changed nothing in the model') },
  });
  expect(writes(lab.log)).toHaveLength(sent);
});

it('is not there for a rollout that is not', async () => {
  await using lab = await startLab();
  expect((await lab.call('GET', '/rollouts/nobody/rollback-plan')).status).toBe(404);
});
