import { describe, expect, it } from 'vitest';
import { noteEnd } from '../../src/store/set-ends.ts';
import { acquireLease, readLease } from '../../src/store/leases.ts';
import { readRollout } from '../../src/store/rollouts.ts';
import { expectImages, expectSafe, policyOf } from '../lab/judge.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import { meddle, recordsOf } from '../lab/records.ts';

async function theLease(lab: Lab): Promise<Body> {
  const { status, body } = await lab.call('GET', '/leases');
  expect(status).toBe(200);
  expect(body.value.length).toBeLessThanOrEqual(1);
  return body.value[0];
}

function takeOver(lab: Lab, id: string, body: unknown = { reason: 'host died' }) {
  return lab.call('POST', `/leases/${id}/take-over`, body);
}

/** A rollout that waits for its first approval and whose workflow somebody has ended, some seconds after its start. */
async function abandoned(): Promise<{ lab: Lab; id: string }> {
  const lab = await startLab({ count: 5 });
  const id = await lab.start({ approvals: { before: [0] } });
  await lab.until(id, 'waiting');
  lab.host.client.terminate(id, 'by accident');
  await lab.host.advance(1_000);
  return { lab, id };
}

describe('a lease whose holder works', () => {
  it('is shown as live and never taken over', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    const lease = await theLease(lab);
    expect(lease).toMatchObject({
      scaleSet: WEB,
      rolloutId: id,
      token: 1,
      phase: 'waiting',
      state: 'live',
      canTakeOver: false,
      remedy: null,
      heldGuards: [],
    });
    expect(await takeOver(lab, lease.id)).toMatchObject({
      status: 409,
      body: {
        code: 'scaleSetBusy',
        rolloutId: id,
        remedy: expect.stringContaining(`vmss-rollout abort ${id}`),
      },
    });
    expect(await readLease(lab.store, WEB)).toMatchObject({ rolloutId: id, token: 1 });
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });

  it('is given time to start', async () => {
    await using lab = await startLab();
    const since = new Date(lab.ports.clock.now()).toISOString();
    await acquireLease(lab.store, { scaleSet: WEB, rolloutId: 'half-way', since });
    const lease = await theLease(lab);
    expect(lease).toMatchObject({ state: 'starting', phase: null, canTakeOver: false });
    expect((await takeOver(lab, lease.id)).status).toBe(409);
    await lab.host.advance(121_000);
    expect(await theLease(lab)).toMatchObject({ state: 'noRecord', canTakeOver: true });
  });
});

describe('a lease of a rollout that was never written down', () => {
  it('is freed, with a new token', async () => {
    await using lab = await startLab();
    await acquireLease(lab.store, { scaleSet: WEB, rolloutId: 'ghost', since: '2026-11-20T08:00:00.000Z' });
    const { id } = await theLease(lab);
    expect(await takeOver(lab, id)).toMatchObject({
      status: 200,
      body: { action: 'freed', from: 'ghost', rolloutId: null, token: 2 },
    });
    expect(await theLease(lab)).toBeUndefined();
    expect(await takeOver(lab, id)).toMatchObject({ status: 200, body: { action: 'none', token: 2 } });
    expect((await lab.rollOut()).phase).toBe('succeeded');
  });
});

describe('a lease of a rollout that has ended', () => {
  // Feature [Guards] `doctor` frees the lease of an ended rollout; the event log says so (Guards)
  it('is freed; the event log of the rollout says by whom and why', async () => {
    await using lab = await startLab();
    const id = await lab.start();
    const ended = await lab.toEnd(id);
    await acquireLease(lab.store, { scaleSet: WEB, rolloutId: id, since: '2026-11-21T08:00:00.000Z' });
    const before = (await lab.call('GET', `/rollouts/${id}/events`)).body.value;
    const lease = await theLease(lab);
    expect(lease).toMatchObject({ state: 'ended', phase: 'succeeded', canTakeOver: true });
    expect(lease.remedy).toBe(`vmss-rollout doctor --take-over ${lease.id}`);
    expect((await takeOver(lab, lease.id)).body).toMatchObject({ action: 'freed', from: id, token: 3 });
    const after = (await lab.call('GET', `/rollouts/${id}/events`)).body.value;
    expect(after.slice(before.length)).toMatchObject([
      {
        sequence: before.length + 1,
        kind: 'leaseTakenOver',
        by: 'ada',
        message: 'ada released the scale set, with fencing token 3: host died',
      },
    ]);
    expect(await lab.get(id)).toEqual(ended);
    expect(await theLease(lab)).toBeUndefined();
  });
});

describe('a lease of a rollout whose workflow does not run', () => {
  // Feature [Guards] `doctor` takes over what a dead rollout holds, with a new token (Guards)
  it('is taken over with a new token, and the rollout goes on', async () => {
    const { id, lab: opened } = await abandoned();
    await using lab = opened;
    expect(await theLease(lab)).toMatchObject({ state: 'starting' });
    await lab.host.advance(121_000);
    const lease = await theLease(lab);
    expect(lease).toMatchObject({ state: 'notRunning', token: 1, canTakeOver: true });
    expect((await takeOver(lab, lease.id)).body).toMatchObject({
      action: 'restarted',
      rolloutId: id,
      token: 2,
    });
    expect(await theLease(lab)).toMatchObject({ rolloutId: id, token: 2, state: 'live' });
    expect((await readRollout(lab.store, id))?.record.fencingToken).toBe(2);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    const events = (await lab.call('GET', `/rollouts/${id}/events`)).body.value;
    expect(events.filter(({ kind }: Body) => kind === 'leaseTakenOver')).toMatchObject([
      {
        by: 'ada',
        message: 'ada took the lease over with fencing token 2 and restarted the workflow: host died',
      },
    ]);
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
  });

  it('shows the guards that it holds, and gives them back once it goes on', async () => {
    await using lab = await startLab({ count: 5, upgradePolicy: { mode: 'Automatic' } });
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    lab.host.client.terminate(id, 'by accident');
    await lab.host.advance(121_000);
    const lease = await theLease(lab);
    expect(lease.heldGuards).toMatchObject([{ guard: 'upgradePolicy', was: 'Automatic' }]);
    expect(policyOf(lab)).toBe('Manual');
    await takeOver(lab, lease.id);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(policyOf(lab)).toBe('Automatic');
    expect((await lab.call('GET', '/leases')).body).toEqual({ value: [], guardsLeft: [] });
  });

  it.each([
    ['a second try', true],
    ['the timer that revives rollouts', false],
  ])('is completed by %s wherever the app dies in between', async (_, again) => {
    let deaths = 0;
    for (let call = 1; call <= 30; call += 1) {
      const { id, lab: opened } = await abandoned();
      await using lab = opened;
      await lab.host.advance(121_000);
      const { id: lease } = await theLease(lab);
      const at = lab.store.calls.length + call;
      lab.store.fail({ call: at, when: 'before', forGood: true });
      const reply = await takeOver(lab, lease);
      lab.store.heal();
      if (reply.status === 200) break;
      deaths += 1;
      expect(reply.status).toBe(503);
      if (again) await takeOver(lab, lease);
      await lab.host.fireTimer('reviveRollouts');
      await lab.send(id, 'approve');
      expect({ call, phase: (await lab.toEnd(id)).phase }).toEqual({ call, phase: 'succeeded' });
      expectImages(lab, NEW);
      expectSafe(lab, { floor: 4 });
    }
    expect(deaths).toBeGreaterThanOrEqual(4);
  });
});

// Feature [Guards] `doctor` lists guards that were left (Guards)
it('lists the guards that ended rollouts left, until they are undone', async () => {
  await using lab = await startLab();
  const id = await lab.start();
  await lab.toEnd(id);
  expect((await lab.call('GET', '/leases')).body).toEqual({ value: [], guardsLeft: [] });
  const heldGuards = [{ guard: 'upgradePolicy' as const, was: 'Automatic', remedy: 'roll it back' }];
  const left = { model: 'after', instances: {}, heldGuards } as const;
  await meddle(lab.store, id, { record: { left } });
  await noteEnd(lab.store, (await recordsOf(lab.store, id)).record);
  expect((await lab.call('GET', '/leases')).body.guardsLeft).toEqual([
    { rolloutId: id, scaleSet: WEB, guard: 'upgradePolicy', was: 'Automatic', remedy: 'roll it back' },
  ]);
});

it.each([
  ['an id of another shape', 'web', {}, 404, 'notFound'],
  ['a lease that is not there', '0'.repeat(32), {}, 404, 'notFound'],
  ['an unknown field', '0'.repeat(32), { force: true }, 400, 'invalidSpec'],
])('refuses %s', async (_, id, body, status, code) => {
  await using lab = await startLab();
  expect(await takeOver(lab, id, body)).toMatchObject({ status, body: { code } });
});
