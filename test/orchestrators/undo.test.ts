import { expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, modelOf, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';

const BAD = { kind: 'badImage' as const, version: NEW, updateDomains: [1] };

// Feature [Health] Unhealthy after upgrade: fails (Health, E32)
// Feature [Undo] Rollback by failure (Undo, I53)
it('rolls back by itself when instances do not become healthy', async () => {
  await using lab = await startLab({ faults: [BAD] });
  const before = modelOf(lab);
  const rollout = await lab.rollOut();
  expect(rollout).toMatchObject({
    phase: 'rolledBack',
    failure: { code: 'unhealthyAfterUpgrade', instances: ['1', '6', '11'] },
    instances: { rolledBack: 6, upgraded: 0 },
  });
  expect(rollout.failure.remedy).toContain(rollout.id);
  expect(rollout).not.toHaveProperty('left');
  expectImages(lab, OLD);
  expect(modelOf(lab)).toMatchObject({ properties: before.properties });
  expect(
    lab.sim
      .scaleSet('web')
      ?.instances.every(({ latestModelApplied, serving }) => latestModelApplied || serving),
  ).toBe(true);
  // The bad domain first; never was more than one domain down beside it.
  expect(acceptedUpgrades(lab.log)).toEqual([
    ['0', '5', '10'],
    ['1', '6', '11'],
    ['1', '6', '11'],
    ['0', '5', '10'],
  ]);
  expectSafe(lab, { mostDisruptions: 2 });
});

// Feature [Undo] Rollback by command, in the middle, of instances upgraded well too (Undo, I54)
//   shown by: rolls back by command in upgrading, after its own operations have ended
it.each(['upgrading', 'settling'])(
  'rolls back by command in %s, after its own operations have ended',
  async (phase) => {
    await using lab = await startLab();
    const id = await lab.start();
    await lab.until(id, (r) => r.phase === phase && r.batch === 2 && r.instances.upgrading === 3);
    expect((await lab.send(id, 'rollback', { reason: 'errors rise' }, 'grace')).status).toBe(202);
    expect(await lab.send(id, 'rollback')).toMatchObject({ status: 409, body: { code: 'wrongPhase' } });
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'rolledBack', instances: { rolledBack: 9 } });
    expectImages(lab, OLD);
    expect(modelImage(lab)).toBe(OLD);
    expectSafe(lab, { mostDisruptions: 2 });
  },
);

it('rolls back to where nothing was done, without a write', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: 'rollout' } });
  await lab.until(id, 'waiting');
  await lab.send(id, 'rollback');
  expect((await lab.toEnd(id)).phase).toBe('rolledBack');
  expect(writes(lab.log)).toEqual([]);
});

// Feature [Undo] A model that said `latest` is pinned to the version that ran (Undo)
it('pins a model that said latest to the version that its instances ran', async () => {
  const image = {
    publisher: 'Canonical',
    offer: '0001-com-ubuntu-server-jammy',
    sku: '22_04-lts-gen2',
    version: 'latest',
  };
  await using lab = await startLab({ image, faults: [{ ...BAD, version: '22.04.202612120' }] });
  lab.sim.publishImage({ version: '22.04.202612120' });
  const id = await lab.start({ change: { image: { version: '22.04.202612120' } } });
  expect((await lab.toEnd(id)).phase).toBe('rolledBack');
  expectImages(lab, NEW);
  expect(modelImage(lab)).toBe(NEW);
  const plan = (await lab.call('GET', `/rollouts/${id}/plan`)).body;
  expect(plan.warnings.map(({ code }: { code: string }) => code)).toContain('rollbackPinsVersion');
});

// Feature [Undo] Exactly the changed fields are restored (Undo, new 1)
it('restores exactly the properties that it changed', async () => {
  await using lab = await startLab({ faults: [{ ...BAD, afterSeconds: 0 }], tags: { team: 'shop' } });
  const set = {
    'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled': true,
    'tags.team': 'other',
  };
  const rollout = await lab.rollOut({ change: { image: { version: NEW }, set } });
  expect(rollout.phase).toBe('rolledBack');
  const model = lab.sim.scaleSet('web')?.model as {
    tags: object;
    properties: { virtualMachineProfile: object };
  };
  expect(model.tags).toEqual({ team: 'shop' });
  expect(JSON.stringify(model.properties.virtualMachineProfile)).not.toContain('"enabled":true');
  expectImages(lab, OLD);
});

// Feature [Control] Abort leaves a named mixed state (Control, H49)
it('aborts: begins nothing new, and names what is left', async () => {
  await using lab = await startLab();
  const id = await lab.start();
  await lab.until(id, (r) => r.batch === 1 && r.instances.upgrading === 3);
  await lab.send(id, 'abort', { reason: 'wrong set' });
  const sent = writes(lab.log).length;
  expect(await lab.toEnd(id)).toMatchObject({
    phase: 'cancelled',
    left: {
      model: 'after',
      instances: {
        after: ['0', '1', '5', '6', '10', '11'],
        before: ['2', '3', '4', '7', '8', '9', '12', '13', '14'],
      },
    },
  });
  expect(writes(lab.log)).toHaveLength(sent);
  expectSafe(lab);
  // The scale set is free again, and a rollout without a change brings the rest there.
  expect((await lab.rollOut({ change: {} })).phase).toBe('succeeded');
  expectImages(lab, NEW);
});

// Feature [Control] … with the instances that were under way named by what they show (Control)
it('says after an abort where each instance ended, and of one that is not well that nobody knows', async () => {
  await using lab = await startLab({ faults: [{ ...BAD, instances: ['6'] }] });
  const id = await lab.start();
  await lab.until(id, (r) => r.batch === 1 && r.instances.upgrading === 3);
  await lab.send(id, 'abort');
  const abortedAt = lab.host.clock.now();
  const ended = await lab.toEnd(id);
  expect(ended.left.instances).toMatchObject({ after: ['0', '1', '5', '10', '11'], unknown: ['6'] });
  const { value } = (await lab.call('GET', `/rollouts/${id}/instances`)).body;
  const phases = Object.fromEntries(value.map((one: Body) => [one.instanceId, one.phase]));
  expect(phases).toMatchObject({ 1: 'succeeded', 6: 'unknown', 11: 'succeeded', 2: 'pending' });
  expect(Object.values(phases)).not.toContain('upgrading');
  expect(lab.host.clock.now() - abortedAt).toBeLessThan(900_000);
});

it('aborts a rollback too', async () => {
  await using lab = await startLab({ faults: [BAD] });
  const id = await lab.start();
  await lab.until(id, 'rollingBack');
  await lab.send(id, 'abort');
  expect((await lab.toEnd(id)).phase).toBe('cancelled');
});

// Feature [Control] `onFailure: halt` (Control)
it('halts in a named mixed state where the spec says so', async () => {
  await using lab = await startLab({ faults: [BAD] });
  const rollout = await lab.rollOut({ onFailure: 'halt' });
  expect(rollout).toMatchObject({
    phase: 'halted',
    failure: { code: 'unhealthyAfterUpgrade' },
    left: { model: 'after', instances: { after: ['0', '5', '10'], unknown: ['1', '6', '11'] } },
  });
  expect(acceptedUpgrades(lab.log)).toHaveLength(2);
});

// Feature [Health] As many failures as the spec tolerates (Health, E32)
it('tolerates as many failures as the spec allows', async () => {
  await using lab = await startLab({ faults: [{ ...BAD, instances: ['1'] }] });
  const rollout = await lab.rollOut({
    strategy: { maxUnavailable: 4 },
    health: { maxUnhealthyUpgradedInstancePercent: 50 },
  });
  expect(rollout).toMatchObject({
    phase: 'halted',
    instances: { upgraded: 14, failed: 1 },
    left: { instances: { unknown: ['1'] } },
  });
});

// Feature [Control] Deadline of the whole rollout (Control, F42)
it('is over in any case when its time is', async () => {
  await using lab = await startLab({ faults: [{ kind: 'slowInstance', instances: ['0'], factor: 100 }] });
  const rollout = await lab.rollOut({ timeoutSeconds: 3600 });
  expect(rollout).toMatchObject({
    phase: 'halted',
    failure: { code: 'deadlineExceeded' },
    left: { model: 'after' },
  });
});

// Feature [Control] Deadline of an operation (Control)
it('gives an operation up that never ends', async () => {
  await using lab = await startLab({ faults: [{ kind: 'slowInstance', instances: ['0'], factor: 100 }] });
  const rollout = await lab.rollOut({ health: { operationTimeoutSeconds: 1200 }, onFailure: 'halt' });
  expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'operationTimeout', instances: ['0'] } });
});
