import { describe, expect, it } from 'vitest';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { expectSafe, writes } from '../lab/judge.ts';
import { OLD, startLab, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { acts, powerNow, switchPower } from '../lab/power.ts';

/** Update domain 2 of fifteen instances over five domains. */
const DOMAIN = { updateDomains: [2] };
const IDS = ['2', '7', '12'];

/** What was written to the scale set itself. */
function bodiesOf(lab: Lab): readonly unknown[] {
  return writes(lab.log).flatMap((entry) => ('body' in entry ? [entry.body] : []));
}

async function act(lab: Lab, action: string, more: Record<string, unknown> = {}) {
  return lab.rollOut({ change: { action }, targets: DOMAIN, ...more });
}

/** Writes of the model: none, where only instances are acted on. */
function modelWrites(lab: Lab): readonly unknown[] {
  return writes(lab.log).filter(({ method }) => method === 'PATCH' || method === 'PUT');
}

describe('an action instead of a change', () => {
  // Feature [Change] Instances restarted, reimaged or redeployed without a change of the model (Q81, API)
  //   shown by: an action instead of a change > does restart to a domain in one write
  it.each(['restart', 'reimage', 'redeploy'])('does %s to a domain in one write', async (action) => {
    await using lab = await startLab();
    const rollout = await act(lab, action);
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 3, upgraded: 3 } });
    expect(acts(lab)).toEqual([`${action} 2,7,12`]);
    expect(modelWrites(lab)).toEqual([]);
    expect(powerNow(lab.log, IDS)).toEqual({ '2': 'running', '7': 'running', '12': 'running' });
    expectSafe(lab, { floor: 12 });
  });

  // Feature [Change] Instances powered off, deallocated and left so (Q81, API)
  //   shown by: an action instead of a change > leaves instances off after deallocate, as deallocated
  it.each([
    ['powerOff', 'stopped', 'reimage'],
    ['deallocate', 'deallocated', 'deallocate'],
  ])('leaves instances off after %s, as %s', async (action, power, mostDisruptiveAllowed) => {
    await using lab = await startLab();
    const rollout = await act(lab, action, { strategy: { mostDisruptiveAllowed } });
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 3, upgraded: 3 } });
    expect(acts(lab)).toEqual([`${action} 2,7,12`]);
    expect(powerNow(lab.log, IDS)).toEqual({ '2': power, '7': power, '12': power });
    expectSafe(lab, { floor: 12 });
  });

  // Feature [Change] Instances that are off started (Q81, API)
  it('starts those that are off and leaves the others alone', async () => {
    await using lab = await startLab();
    await switchPower(lab, 'deallocate', ['2', '7']);
    const from = lab.log.length;
    const rollout = await act(lab, 'start');
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 2, upgraded: 2 } });
    expect(acts(lab, from)).toEqual(['start 2,7']);
    expect(lab.sim.scaleSet('web')?.instances.every(({ serving }) => serving)).toBe(true);
  });

  // Feature [Change] Instances deleted, the capacity lower by as many (Q81, API)
  it('deletes instances by batches, and the capacity follows', async () => {
    await using lab = await startLab();
    const rollout = await act(lab, 'delete', {
      strategy: { mostDisruptiveAllowed: 'deallocate', acceptIrreversible: true },
    });
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 3, upgraded: 3, gone: 0 } });
    expect(rollout).not.toHaveProperty('left');
    expect(acts(lab)).toEqual(['deleteInstances 2,7,12']);
    const set = lab.sim.scaleSet('web');
    expect(set?.instances.map(({ instanceId }) => instanceId)).not.toEqual(expect.arrayContaining(['2']));
    expect(set?.instances).toHaveLength(12);
    expect(lab.host.diagnostics).toEqual([]);
  });

  // Feature [Change] Instances protected from scale-set actions (Q81, API)
  it('protects instances one by one, the sick ones too', async () => {
    await using lab = await startLab();
    lab.sim.inject({ kind: 'sickInstance', instances: ['7'] });
    await lab.host.advance(120_000);
    const rollout = await act(lab, 'protect');
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 3, upgraded: 3 } });
    expect(writes(lab.log).map(({ method, operation, instances }) => [method, operation, instances])).toEqual(
      // The sick one first: it costs nobody anything.
      ['7', '2', '12'].map((id) => ['PUT', 'putInstance', [id]]),
    );
    expect(lab.host.diagnostics).toEqual([]);
  });
});

describe('the floor', () => {
  // Feature [Refusals and plans] Power off and delete judge the floor by what stays (API)
  //   shown by: the floor > is judged by what stays: delete
  it.each(['powerOff', 'delete', 'deallocate'])('is judged by what stays: %s', async (action) => {
    await using lab = await startLab();
    const strategy = { mostDisruptiveAllowed: 'deallocate', acceptIrreversible: true };
    const spec = { scaleSet: WEB, change: { action }, strategy, targets: { updateDomains: [2, 3] } };
    const plan = await lab.call('POST', '/plans', spec);
    // Of nine that stay after a deletion six must serve, so that is no trouble; nine of fifteen are.
    expect(plan.status).toBe(action === 'delete' ? 200 : 422);
    if (action === 'delete') {
      expect(plan.body.floor).toBe(6);
      const all = await lab.call('POST', '/plans', { ...spec, targets: {} });
      expect(all.body).toMatchObject({ status: 422, code: 'floorImpossible' });
    } else {
      expect(plan.body).toMatchObject({ code: 'floorImpossible' });
      const more = { ...spec, strategy: { ...strategy, maxUnavailable: 6 } };
      expect((await lab.call('POST', '/plans', more)).body).toMatchObject({ floor: 9 });
    }
  });

  it('of a deletion is that of the new capacity, although others are off', async () => {
    await using lab = await startLab();
    await switchPower(lab, 'deallocate', ['0', '1', '3']);
    const rollout = await act(lab, 'delete', {
      strategy: { mostDisruptiveAllowed: 'deallocate', acceptIrreversible: true },
    });
    // Nine of twelve serve then, as many as the floor of twelve asks; the floor of fifteen was twelve.
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { upgraded: 3 } });
    expect(belowFloor(lab.log, 9)).toEqual([]);
  });

  it('waits with a later batch that would cross it', async () => {
    await using lab = await startLab();
    const id = await lab.start({
      change: { action: 'powerOff' },
      targets: { updateDomains: [2, 3] },
      strategy: { maxUnavailable: 6 },
      approvals: { before: [1] },
    });
    await lab.until(id, 'waiting');
    await switchPower(lab, 'deallocate', ['0']);
    await lab.send(id, 'approve', { batch: 1 }, 'bob');
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'floor');
    expect(acts(lab).filter((one) => one.startsWith('powerOff'))).toEqual([
      'powerOff 2,7,12',
      'powerOff 3,8',
    ]);
    expect(belowFloor(lab.log, 9)).toEqual([]);
    await lab.send(id, 'abort');
    expect(await lab.toEnd(id)).toMatchObject({
      phase: 'cancelled',
      left: { instances: { before: ['13'] } },
    });
    // Whoever asked to have them off is owed no start.
    expect(acts(lab).filter((one) => one.startsWith('start'))).toEqual([]);
  });
});

describe('an instance that needs nothing', () => {
  it('is skipped when planned', async () => {
    await using lab = await startLab({ protectedInstances: ['7'] });
    await switchPower(lab, 'deallocate', ['2']);
    const spec = (action: string) => ({ scaleSet: WEB, change: { action }, targets: DOMAIN, strategy });
    const strategy = { mostDisruptiveAllowed: 'deallocate' };
    const skipped = async (action: string) => (await lab.call('POST', '/plans', spec(action))).body.skipped;
    const isProtected = { instance: '7', reason: 'protected from scale-set actions' };
    expect(await skipped('restart')).toEqual([
      { instance: '2', reason: 'not running: deallocated, so there is nothing to restart' },
      isProtected,
    ]);
    expect(await skipped('deallocate')).toEqual([
      { instance: '2', reason: 'nothing to do: it is deallocated already' },
      isProtected,
    ]);
    expect(await skipped('start')).toEqual([
      isProtected,
      { instance: '12', reason: 'nothing to do: it is running already' },
    ]);
  });

  it('is not sent when somebody was there first', async () => {
    await using lab = await startLab();
    const id = await lab.start({
      change: { action: 'powerOff' },
      targets: DOMAIN,
      approvals: { before: 'batch' },
    });
    await lab.until(id, 'waiting');
    await switchPower(lab, 'powerOff', ['2']);
    const from = lab.log.length;
    await lab.send(id, 'approve', {}, 'bob');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 2, skipped: 1 } });
    expect(acts(lab, from)).toEqual(['powerOff 7,12']);
  });

  it('is gone when somebody else has deleted it', async () => {
    await using lab = await startLab();
    const id = await lab.start({
      change: { action: 'restart' },
      targets: DOMAIN,
      approvals: { before: 'batch' },
    });
    await lab.until(id, 'waiting');
    const url = `http://127.0.0.1${WEB}/virtualMachines/2?api-version=2026-04-01`;
    const deleted = lab.sim.fetch(new Request(url, { method: 'DELETE' }));
    await lab.host.advance(180_000);
    expect((await deleted).status).toBe(202);
    await lab.send(id, 'approve', {}, 'bob');
    expect(await lab.toEnd(id, 1200)).toMatchObject({
      phase: 'succeeded',
      instances: { upgraded: 2, gone: 1 },
    });
  });
});

describe('what cannot be undone', () => {
  // Feature [Refusals and plans] Delete and scale-in are refused unless the irreversible is accepted (API)
  it('is refused unless that is accepted', async () => {
    await using lab = await startLab();
    const strategy = { mostDisruptiveAllowed: 'deallocate' };
    for (const change of [{ action: 'delete' }, { capacity: 14 }]) {
      const targets = 'action' in change ? DOMAIN : {};
      const plan = await lab.call('POST', '/plans', { scaleSet: WEB, change, strategy, targets });
      expect(plan.body).toMatchObject({ status: 422, code: 'irreversibleChange' });
    }
    expect(writes(lab.log)).toEqual([]);
  });

  it('stops where it is when it fails', async () => {
    await using lab = await startLab({ faults: [{ kind: 'badImage', version: OLD, instances: ['7'] }] });
    const rollout = await act(lab, 'reimage');
    expect(rollout).toMatchObject({ phase: 'halted' });
    expect(acts(lab)).toEqual(['reimage 2,7,12']);
  });
});

describe('a new capacity', () => {
  // Feature [Change] The capacity set, and over when its new instances serve (Q81, API)
  it('is there when as many instances serve', async () => {
    await using lab = await startLab();
    const rollout = await lab.rollOut({ change: { capacity: 18 } });
    expect(rollout).toMatchObject({ phase: 'succeeded' });
    const set = lab.sim.scaleSet('web');
    expect(set?.instances).toHaveLength(18);
    expect(set?.instances.every(({ serving }) => serving)).toBe(true);
    expect(bodiesOf(lab)).toEqual([{ sku: { capacity: 18 } }]);
  });

  it('is no lower than the floor of what it leaves allows', async () => {
    await using lab = await startLab();
    const lower = (capacity: number) => ({
      change: { capacity },
      strategy: { acceptIrreversible: true },
    });
    expect(await lab.rollOut(lower(12))).toMatchObject({ phase: 'succeeded' });
    expect(lab.sim.scaleSet('web')?.instances).toHaveLength(12);
    await switchPower(lab, 'deallocate', ['0', '1', '2', '3']);
    // Eight of twelve serve, and Azure may take any: four might be left, and of eight five must serve.
    const plan = await lab.call('POST', '/plans', { scaleSet: WEB, ...lower(8) });
    expect(plan.body).toMatchObject({ status: 422, code: 'floorImpossible' });
  });

  it('waits while too few would be left', async () => {
    await using lab = await startLab();
    const id = await lab.start({
      change: { capacity: 8 },
      strategy: { acceptIrreversible: true },
      approvals: { before: 'batch' },
    });
    await lab.until(id, 'waiting');
    await switchPower(lab, 'deallocate', ['0', '1', '2', '3']);
    await lab.send(id, 'approve', {}, 'bob');
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'floor');
    expect(bodiesOf(lab)).toEqual([]);
    await switchPower(lab, 'start', ['0', '1', '2', '3']);
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded' });
    expect(lab.sim.scaleSet('web')?.instances).toHaveLength(8);
  });

  it('that Azure does not reach stops the rollout, which takes nothing back', async () => {
    await using lab = await startLab({ faults: [{ kind: 'quotaShortage', shows: 'allocationFailed' }] });
    const rollout = await lab.rollOut({ change: { capacity: 18 } });
    expect(rollout.phase).toBe('halted');
    expect(bodiesOf(lab)).toEqual([{ sku: { capacity: 18 } }]);
  });
});
