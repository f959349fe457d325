import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { acceptedUpgradesPerInstance, imagesNow } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { az, send } from '../lab/az.ts';
import { dieAtCall } from '../lab/die.ts';
import { acceptedUpgrades, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab, LabOptions } from '../lab/lab.ts';

const BAD: FaultInput = { kind: 'badImage', version: NEW, instances: ['0'] };
const ASIDE = { before: [], after: [], unknown: [], quarantined: ['0'] };
const BOTH = { protectFromScaleIn: true, protectFromScaleSetActions: true };

function protections(lab: Lab) {
  return writes(lab.log).filter(({ operation }) => operation === 'putInstance');
}

/** The instance as any other client reads it. */
async function resource(lab: Lab, instanceId: string): Promise<Body> {
  const url = `https://management.azure.com${WEB}/virtualMachines/${instanceId}?api-version=2024-07-01`;
  return (await send(lab, new Request(url))).json();
}

async function protectionOf(lab: Lab, instanceId: string): Promise<unknown> {
  return (await resource(lab, instanceId)).properties.protectionPolicy;
}

async function instance(lab: Lab, id: string, instanceId: string): Promise<Body> {
  const { body } = await lab.call('GET', `/rollouts/${id}/instances`);
  return body.value.find((one: Body) => one.instanceId === instanceId);
}

async function pausedLab(options: LabOptions = {}, spec: Record<string, unknown> = {}) {
  const { faults = [], ...others } = options;
  const lab = await startLab({ ...others, faults: [BAD, ...faults] });
  const id = await lab.start({ onFailure: 'pause', ...spec });
  await lab.until(id, 'paused');
  return { lab, id };
}

async function quarantined(lab: Lab, id: string, ids: readonly string[] = ['0']): Promise<void> {
  const reply = await lab.send(id, 'quarantine', { instances: ids, reason: 'for Grace' });
  expect(reply).toMatchObject({ status: 202, body: { phase: 'paused' } });
  await lab.host.advance(300_000);
}

describe('a quarantined instance', () => {
  // Feature [Undo] Quarantine of a failed instance: protected in Azure (Undo)
  it('is protected in Azure while the rollout stays paused', async () => {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    await quarantined(lab, id);
    expect(await protectionOf(lab, '0')).toEqual(BOTH);
    expect(protections(lab)).toHaveLength(1);
    expect(await lab.get(id)).toMatchObject({ phase: 'paused', instances: { failed: 0, skipped: 1 } });
    expect(await instance(lab, id, '0')).toMatchObject({
      phase: 'quarantined',
      quarantine: { by: 'ada', reason: 'for Grace', isProtected: true },
      failure: { evidence: { health: { state: 'unhealthy' } } },
    });
  });

  it('is left out when the rollout goes on', async () => {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    await quarantined(lab, id);
    await lab.send(id, 'resume');
    const ended = await lab.toEnd(id);
    expect(ended).toMatchObject({
      phase: 'succeeded',
      instances: { total: 15, upgraded: 14, skipped: 1, failed: 0 },
      left: { model: 'after', instances: { quarantined: ['0'] } },
    });
    expect(ended.left.instances.after).toHaveLength(14);
    expect(acceptedUpgradesPerInstance(lab.log)['0']).toBe(1);
    expectSafe(lab);
  });

  // Feature [Undo] A quarantined instance is left as it is by a rollback, and listed (Undo, new 17)
  it('is left as it is by a rollback, and listed', async () => {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    await quarantined(lab, id);
    await lab.send(id, 'rollback');
    const ended = await lab.toEnd(id);
    expect(ended).toMatchObject({
      phase: 'rolledBack',
      instances: { rolledBack: 2, skipped: 1 },
      left: { model: 'before', instances: { quarantined: ['0'] }, quarantined: [{ instance: '0' }] },
    });
    const { 0: kept, ...others } = imagesNow(lab.log);
    expect(kept).toBe(NEW);
    expect(new Set(Object.values(others))).toEqual(new Set([OLD]));
    expect(acceptedUpgradesPerInstance(lab.log)['0']).toBe(1);
    expectSafe(lab, { mostDisruptions: 2 });
  });

  it('is left alone also when the rollback comes in the same moment', async () => {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    await lab.send(id, 'quarantine', { instances: ['0'] });
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).left.instances).toEqual(ASIDE);
    expect(await protectionOf(lab, '0')).toEqual(BOTH);
    expect(acceptedUpgradesPerInstance(lab.log)['0']).toBe(1);
  });

  it('is not repaired once automatic repairs are given back', async () => {
    const properties = { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } };
    const { lab, id } = await pausedLab({ properties });
    await using _ = lab;
    await quarantined(lab, id);
    const before = (await resource(lab, '0')).properties.vmId;
    await lab.send(id, 'resume');
    await lab.toEnd(id);
    await lab.host.advance(3 * 3600_000);
    expect(
      writes(lab.log)
        .filter(({ operation }) => operation === 'setOrchestrationServiceState')
        .map(({ body }) => body),
    ).toEqual([
      expect.objectContaining({ action: 'Suspend' }),
      expect.objectContaining({ action: 'Resume' }),
    ]);
    expect((await resource(lab, '0')).properties.vmId).toBe(before);
  });

  // Feature [Undo] How to give it back (Undo)
  it('is given back by the command that the rollout names', async () => {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    await quarantined(lab, id);
    await lab.send(id, 'resume');
    const { left } = await lab.toEnd(id);
    await az(lab, left.quarantined[0].remedy);
    expect(await protectionOf(lab, '0')).toEqual({
      protectFromScaleIn: false,
      protectFromScaleSetActions: false,
    });
    const again = await lab.rollOut({
      change: { force: 'reimage' },
      targets: { instances: ['0'] },
      health: { fixForward: true },
      onFailure: 'halt',
    });
    expect(again.instances.total).toBe(1);
  });

  // Feature [Safety] Quarantine never lowers the floor by itself (Issue 12, kind 6)
  //   shown by: a quarantined instance > leaves the floor where it is, and the rollout says why it waits
  it('leaves the floor where it is, and the rollout says why it waits', async () => {
    const { lab, id } = await pausedLab({ count: 5 }, { strategy: { maxUnavailable: 1 } });
    await using _ = lab;
    await quarantined(lab, id);
    const sent = acceptedUpgrades(lab.log).length;
    await lab.send(id, 'resume');
    await lab.until(id, (r) => r.waitingFor?.kind === 'floor');
    await lab.host.advance(6 * 3600_000);
    const { phase, waitingFor } = await lab.get(id);
    expect([phase, waitingFor.kind]).toEqual(['waiting', 'floor']);
    expect(waitingFor.message).toBe(
      'only 4 instances are serving; the floor is 4; instance 0 is in quarantine and counts as down',
    );
    expect(acceptedUpgrades(lab.log)).toHaveLength(sent);
    expect(belowFloor(lab.log, 4)).toEqual([]);
  });

  // Feature [Control] A person may say that quarantine goes below the floor, and is named for it (Issue 12, kind 6)
  //   shown by: a quarantined instance > does not hold up a set that has no room left where the command says so: later
  it.each([
    ['at once', true],
    ['later', false],
  ])('does not hold up a set that has no room left where the command says so: %s', async (...[, atOnce]) => {
    const { lab, id } = await pausedLab({ count: 5 }, { strategy: { maxUnavailable: 1 } });
    await using _ = lab;
    const below = { instances: ['0'], belowFloor: true };
    if (atOnce) await lab.send(id, 'quarantine', below, 'grace');
    else await quarantined(lab, id);
    await lab.host.advance(300_000);
    await lab.send(id, 'resume');
    if (!atOnce) {
      await lab.until(id, (r) => r.waitingFor?.kind === 'floor');
      expect((await lab.send(id, 'quarantine', below, 'grace')).status).toBe(202);
    }
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 4, skipped: 1 } });
    expect(belowFloor(lab.log, 3)).toEqual([]);
    expect(protections(lab)).toHaveLength(1);
    const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
    const told = value.filter(({ kind }: Body) => kind === 'quarantine');
    expect(told.at(-1)).toMatchObject({ by: 'grace', message: 'quarantine below the floor by grace' });
  });

  it('is put there once: a second time changes nothing, unless it is below the floor from then on', async () => {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    await quarantined(lab, id);
    const again = (body: object) => lab.send(id, 'quarantine', { instances: ['0'], ...body });
    expect((await again({})).status).toBe(409);
    expect((await again({ belowFloor: false })).status).toBe(409);
    expect((await again({ belowFloor: true })).status).toBe(202);
    await lab.host.advance(60_000);
    expect((await again({ belowFloor: true })).status).toBe(409);
    expect((await instance(lab, id, '0')).quarantine).toMatchObject({
      reason: 'for Grace',
      belowFloor: true,
    });
    expect((await lab.send(id, 'pause', { belowFloor: true })).body.errors).toMatchObject([
      { path: 'belowFloor' },
    ]);
  });
});

describe('protecting an instance', () => {
  it.each<[string, FaultInput]>([
    ['the answer is lost', { kind: 'lostAnswer', operation: 'putInstance' }],
    ['it never arrives', { kind: 'serverError', operation: 'putInstance' }],
    ['it is throttled', { kind: 'throttle', operation: 'putInstance', retryAfterSeconds: 40 }],
  ])('is accepted once when %s', async (...[, fault]) => {
    const { lab, id } = await pausedLab({ faults: [fault] });
    await using _ = lab;
    await quarantined(lab, id);
    expect(await protectionOf(lab, '0')).toEqual(BOTH);
    expect(protections(lab).filter(({ operationId }) => operationId !== undefined)).toHaveLength(1);
    expect((await instance(lab, id, '0')).phase).toBe('quarantined');
  });

  it('is not written again while a view may still show how it was', async () => {
    const { lab, id } = await pausedLab({ profile: { viewLagSeconds: [25, 25] } });
    await using _ = lab;
    await quarantined(lab, id);
    expect(await protectionOf(lab, '0')).toEqual(BOTH);
    expect(protections(lab)).toHaveLength(1);
  });

  // Feature [Undo] A protection that Azure never takes (Undo)
  it('is given up when Azure never takes it: the instance is skipped, and brought back by a rollback', async () => {
    const never: FaultInput = { kind: 'serverError', operation: 'putInstance', count: 'always' };
    const { lab, id } = await pausedLab({ faults: [never] });
    await using _ = lab;
    await quarantined(lab, id);
    await lab.host.advance(1200_000);
    expect((await instance(lab, id, '0')).phase).toBe('skipped');
    const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
    expect(value).toContainEqual(
      expect.objectContaining({
        kind: 'quarantineFailed',
        message: expect.stringContaining('it is skipped instead'),
      }),
    );
    await lab.send(id, 'rollback');
    const ended = await lab.toEnd(id);
    expect(ended.phase).toBe('rolledBack');
    expect(ended.left).toBeUndefined();
    expect(new Set(Object.values(imagesNow(lab.log)))).toEqual(new Set([OLD]));
  });

  it('keeps all else that the instance has', async () => {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    const { etag: _before, ...before } = await resource(lab, '0');
    await quarantined(lab, id);
    const { etag: _after, ...after } = await resource(lab, '0');
    expect(after).toEqual({ ...before, properties: { ...before.properties, protectionPolicy: BOTH } });
    const body = protections(lab)[0]?.body;
    expect(JSON.stringify(body)).not.toMatch(/instanceView|latestModelApplied|"vmId"/);
  });
});

describe('quarantine is refused', () => {
  it.each([
    ['of an instance that has not failed', ['1']],
    ['of several when one has not failed', ['0', '1']],
  ])('%s', async (...[, ids]) => {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    const reply = await lab.send(id, 'quarantine', { instances: ids });
    expect(reply).toMatchObject({ status: 409, body: { code: 'wrongPhase' } });
    expect(reply.body.remedy).toContain(`vmss-rollout quarantine ${id} --instance 0`);
    await lab.host.advance(300_000);
    expect(protections(lab)).toEqual([]);
  });

  it('without instances, and while the rollout is at work', async () => {
    await using lab = await startLab();
    const id = await lab.start();
    await lab.until(id, 'upgrading');
    expect((await lab.send(id, 'quarantine')).body).toMatchObject({
      code: 'invalidSpec',
      errors: [{ path: 'instances' }],
    });
    const reply = await lab.send(id, 'quarantine', { instances: ['0'] });
    expect(reply).toMatchObject({ status: 409, body: { code: 'wrongPhase' } });
    expect(reply.body.remedy).toMatch(/^possible now: vmss-rollout pause /);
  });
});

it('takes a tolerated failure while another batch waits for its approval', async () => {
  await using lab = await startLab({ faults: [BAD] });
  const id = await lab.start({
    health: { maxUnhealthyUpgradedInstancePercent: 34 },
    approvals: { before: [1] },
  });
  await lab.until(id, 'waiting');
  expect((await lab.send(id, 'quarantine', { instances: ['0'] })).status).toBe(202);
  await lab.host.advance(300_000);
  expect(await protectionOf(lab, '0')).toEqual(BOTH);
  await lab.send(id, 'approve');
  expect(await lab.toEnd(id)).toMatchObject({
    phase: 'succeeded',
    left: { instances: { quarantined: ['0'] } },
  });
  expectSafe(lab);
});

it('protects once, and leaves alone for good, wherever the process dies', async () => {
  for (let call = 1; call < 48; call += 4) {
    const { lab, id } = await pausedLab();
    await using _ = lab;
    const when = call % 8 === 1 ? 'before' : 'after';
    await lab.send(id, 'quarantine', { instances: ['0'] });
    await lab.send(id, 'rollback');
    await dieAtCall(lab, call, when);
    const ended = await lab.toEnd(id);
    expect({ call, left: ended.left?.instances }).toEqual({ call, left: ASIDE });
    expect(protections(lab).filter(({ operationId }) => operationId !== undefined)).toHaveLength(1);
    expect(acceptedUpgradesPerInstance(lab.log)['0']).toBe(1);
    expect(await protectionOf(lab, '0')).toEqual(BOTH);
  }
});
