import { interceptWrites } from '../lab/intercept.ts';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { expectImages, expectSafe, modelImage, policyOf, writes } from '../lab/judge.ts';
import { dieAtCall } from '../lab/die.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab, LabOptions } from '../lab/lab.ts';
import { somebody } from '../lab/somebody.ts';

const AUTOMATIC: LabOptions = { upgradePolicy: { mode: 'Automatic' } };
const BRING_ALL = { change: {} };

/** Upgrades that began without a call of ours: Azure's own. */
function ownUpgrades(log: readonly LogEntry[]): number {
  const ours = new Set(writes(log).map(({ operationId }) => operationId));
  return log.filter(
    (entry) => entry.kind === 'instance' && entry.change === 'upgradeStarted' && !ours.has(entry.operationId),
  ).length;
}

/** A rollout that was aborted in its second batch, so that its policy stays held. */
async function abortHalfWay(lab: Lab, spec?: Record<string, unknown>): Promise<string> {
  const id = await lab.start(spec);
  await lab.until(id, (rollout) => rollout.batch === 1 && rollout.instances.upgrading === 3);
  await lab.send(id, 'abort');
  expect((await lab.toEnd(id)).left.heldGuards).toMatchObject([{ guard: 'upgradePolicy', was: 'Automatic' }]);
  expect(policyOf(lab)).toBe('Manual');
  return id;
}

function restoring(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { change: {}, restoreGuardsOf: id, ...more };
}

async function guardsLeft(lab: Lab): Promise<Body[]> {
  return (await lab.call('GET', '/leases')).body.guardsLeft;
}

async function eventsOf(lab: Lab, id: string): Promise<Body[]> {
  return (await lab.call('GET', `/rollouts/${id}/events`)).body.value;
}

/** Somebody else writes the model by hand. */
async function byHand(lab: Lab, properties: object): Promise<void> {
  expect(await somebody(lab, 'PATCH', '', { properties })).toBe(200);
  await lab.host.advance(120_000);
}

describe('the upgrade policy that an aborted rollout left held', () => {
  // Feature [Guards] `doctor` gives a policy back on command, with a new token (Guards)
  it('is given back on command once every instance shows the model, with a new fencing token', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: id, scaleSet: WEB, was: 'Automatic' }]);
    expect((await guardsLeft(lab))[0].remedy).toContain(`vmss-rollout doctor --restore ${id}`);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    expect(policyOf(lab)).toBe('Manual');
    const sent = writes(lab.log).length;

    const { body: plan } = await lab.call('POST', '/plans', { scaleSet: WEB, restoreGuardsOf: id });
    expect(plan).toMatchObject({
      delta: [{ path: 'upgradePolicy.mode', before: 'Manual', after: 'Automatic', class: 'none' }],
      class: 'none',
      batches: [],
      restores: { policy: 'Automatic' },
      warnings: [],
    });
    const begunAt = lab.host.clock.now();
    const restored = await lab.rollOut(restoring(id, { reason: 'night shift', planHash: plan.hash }));
    const took = (lab.host.clock.now() - begunAt) / 1000;
    expect(plan.expected.seconds).toBeGreaterThan(took / 2);
    expect(plan.expected.seconds).toBeLessThan(took * 2);
    expect(restored).toMatchObject({ phase: 'succeeded', reason: 'night shift' });
    expect(restored).not.toHaveProperty('left');
    expect(restored).not.toHaveProperty('noop');
    expect(writes(lab.log).slice(sent)).toMatchObject([
      { method: 'PATCH', body: { properties: { upgradePolicy: { mode: 'Automatic' } } } },
    ]);
    expect(policyOf(lab)).toBe('Automatic');
    expect(await guardsLeft(lab)).toEqual([]);
    expect(await eventsOf(lab, restored.id)).toMatchObject(
      expect.arrayContaining(
        [
          {
            kind: 'guardTakenOver',
            message: `took over the upgrade policy Automatic, which rollout ${id} left held, with fencing token 3`,
          },
          { kind: 'guardRestored' },
        ].map((event) => expect.objectContaining(event)),
      ),
    );
    await lab.host.advance(3600_000);
    expectImages(lab, NEW);
    expectSafe(lab);
    expect(ownUpgrades(lab.log)).toBe(0);
  });

  it('stays held while instances are not on the model, and both ways out are named', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    const sent = writes(lab.log).length;
    const plan = await lab.call('POST', '/plans', { scaleSet: WEB, restoreGuardsOf: id });
    expect(plan.body.warnings).toMatchObject([{ code: 'guardStaysHeld' }]);

    const explained = (await lab.call('GET', `/rollouts/${id}/explanation`)).body;
    expect(explained.possible).toContain(`vmss-rollout doctor --restore ${id} --wait`);

    const tried = await lab.rollOut(restoring(id));
    expect(tried).toMatchObject({
      phase: 'halted',
      failure: {
        code: 'guardStaysHeld',
        instances: ['2', '3', '4', '7', '8', '9', '12', '13', '14'],
        remedy: expect.stringMatching(
          new RegExp(`a rollout without a change.*doctor --restore ${id}.*start --rollback-of ${id}`),
        ),
      },
      left: { heldGuards: [{ guard: 'upgradePolicy', was: 'Automatic' }] },
    });
    expect(writes(lab.log)).toHaveLength(sent);
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: id }]);
    // The way that the remedy names.
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    expect((await lab.rollOut(restoring(tried.id))).phase).toBe('succeeded');
    expect(policyOf(lab)).toBe('Automatic');
    expect(ownUpgrades(lab.log)).toBe(0);
  });

  it('is given back by undoing the rollout, which brings everybody to the old model first', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    const undo = await lab.rollOut({ change: {}, rollbackOf: id });
    expect(undo.phase).toBe('succeeded');
    expect(undo).not.toHaveProperty('left');
    expect({ policy: policyOf(lab), image: modelImage(lab) }).toEqual({ policy: 'Automatic', image: OLD });
    expect(await guardsLeft(lab)).toEqual([]);
    await lab.host.advance(3600_000);
    expectImages(lab, OLD);
    expectSafe(lab, { mostDisruptions: 2 });
    expect(ownUpgrades(lab.log)).toBe(0);
  });

  it('comes back as it was before all of it where two rollouts in turn left it held', async () => {
    await using lab = await startLab(AUTOMATIC);
    const first = await abortHalfWay(lab);
    const second = await abortHalfWay(lab, { change: {}, rollbackOf: first });
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: second, was: 'Automatic' }]);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    expect((await lab.rollOut(restoring(first))).phase).toBe('succeeded');
    expect(policyOf(lab)).toBe('Automatic');
    expect(await guardsLeft(lab)).toEqual([]);
    // Once more finds nothing to do.
    const sent = writes(lab.log).length;
    expect(await lab.rollOut(restoring(second))).toMatchObject({ phase: 'succeeded', noop: true });
    expect(writes(lab.log)).toHaveLength(sent);
  });

  // Feature [Guards] `doctor` overwrites no policy that somebody has set since (Guards)
  it('is not overwritten where somebody has set another one', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    await byHand(lab, { upgradePolicy: { mode: 'Rolling' } });
    const sent = writes(lab.log).length;
    expect(await lab.rollOut(restoring(id))).toMatchObject({
      phase: 'refused',
      failure: { code: 'modelChangedSince', message: expect.stringContaining('Rolling') },
    });
    expect(writes(lab.log)).toHaveLength(sent);
    expect(policyOf(lab)).toBe('Rolling');
    expect(await guardsLeft(lab)).toEqual([]);
  });

  it('is nothing to do where somebody has given it back by hand', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    await byHand(lab, { upgradePolicy: { mode: 'Automatic' } });
    const sent = writes(lab.log).length;
    expect(await lab.rollOut(restoring(id))).toMatchObject({ phase: 'succeeded', noop: true });
    expect(writes(lab.log)).toHaveLength(sent);
    expect(await guardsLeft(lab)).toEqual([]);
  });

  it('stays held when somebody writes the model while it is given back', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    const restore = await lab.start(restoring(id, { approvals: { before: 'batch' } }));
    await lab.until(restore, 'waiting');
    await byHand(lab, { overprovision: true });
    const sent = writes(lab.log).length;
    await lab.send(restore, 'approve');
    expect(await lab.toEnd(restore)).toMatchObject({ phase: 'halted', left: { model: 'foreign' } });
    expect(writes(lab.log)).toHaveLength(sent);
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: id }]);
  });

  it('is refused while another rollout holds the scale set', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    const other = await lab.start({ approvals: { before: 'batch' } });
    const reply = await lab.call('POST', '/rollouts', { scaleSet: WEB, restoreGuardsOf: id });
    expect(reply).toMatchObject({ status: 409, body: { code: 'scaleSetBusy', rolloutId: other } });
  });

  it('is refused while a rolling upgrade of Azure itself runs', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    expect(await somebody(lab, 'POST', '/osRollingUpgrade')).toBe(202);
    await lab.host.advance(30_000);
    const sent = writes(lab.log).length;
    expect(await lab.rollOut(restoring(id))).toMatchObject({
      phase: 'refused',
      failure: { code: 'nativeUpgradeRunning' },
    });
    expect(writes(lab.log)).toHaveLength(sent);
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: id }]);
  });

  it('is refused where a later rollout has found another policy and left that one held', async () => {
    await using lab = await startLab(AUTOMATIC);
    const first = await abortHalfWay(lab);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    await byHand(lab, { upgradePolicy: { mode: 'Rolling' } });
    await lab.host.advance(3600_000);
    const second = await lab.start({ change: { image: { version: OLD } } });
    await lab.until(second, (rollout) => rollout.batch === 1 && rollout.instances.upgrading === 3);
    await lab.send(second, 'abort');
    await lab.toEnd(second);
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: second, was: 'Rolling' }]);
    expect(await lab.rollOut(restoring(first))).toMatchObject({
      phase: 'refused',
      failure: { code: 'guardsHeldSince', remedy: expect.stringContaining(`--restore ${second}`) },
    });
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: second, was: 'Rolling' }]);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    expect((await lab.rollOut(restoring(second))).phase).toBe('succeeded');
    expect(policyOf(lab)).toBe('Rolling');
  });

  it('is left alone by an abort before the write', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    const restore = await lab.start(restoring(id, { approvals: { before: 'batch' } }));
    await lab.until(restore, 'waiting');
    const sent = writes(lab.log).length;
    await lab.send(restore, 'abort');
    expect((await lab.toEnd(restore)).phase).toBe('cancelled');
    expect(writes(lab.log)).toHaveLength(sent);
    expect(policyOf(lab)).toBe('Manual');
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: id }]);
  });

  it('counts as given back where an abort comes after the write', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    lab.sim.inject({ kind: 'lostAnswer', operation: 'patch' });
    const restore = await lab.start(restoring(id));
    const sent = writes(lab.log).length;
    await lab.host.runUntil(() => writes(lab.log).length > sent);
    await lab.send(restore, 'abort');
    const rollout = await lab.toEnd(restore);
    expect(rollout.phase).toBe('cancelled');
    expect(rollout.left?.heldGuards ?? []).toEqual([]);
    expect(writes(lab.log)).toHaveLength(sent + 1);
    expect(policyOf(lab)).toBe('Automatic');
    expect(await guardsLeft(lab)).toEqual([]);
  });

  it('is a workflow of its own, and is started again as that when it is lost', async () => {
    await using lab = await startLab(AUTOMATIC);
    const id = await abortHalfWay(lab);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    const restore = await lab.start(restoring(id, { approvals: { before: 'batch' } }));
    await lab.until(restore, 'waiting');
    const { client } = lab.host;
    expect([id, restore].map((one) => client.status(one)?.name)).toEqual(['rollout', 'guardRestoration']);
    client.terminate(restore, 'by accident');
    await lab.host.runUntil(() => client.status(restore)?.runtimeStatus === 'Terminated');
    await lab.get(restore);
    await lab.host.advance(120_000);
    expect(client.status(restore)).toMatchObject({ name: 'guardRestoration', runtimeStatus: 'Running' });
    const sent = writes(lab.log).length;
    await lab.send(restore, 'approve');
    expect((await lab.toEnd(restore)).phase).toBe('succeeded');
    expect(writes(lab.log)).toHaveLength(sent + 1);
    expect(policyOf(lab)).toBe('Automatic');
  });

  it.each(['lostAnswer', 'throttle', 'serverError'] as const)(
    'is given back once through a %s',
    async (kind) => {
      await using lab = await startLab(AUTOMATIC);
      const id = await abortHalfWay(lab);
      expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
      lab.sim.inject({ kind, operation: 'patch' });
      expect((await lab.rollOut(restoring(id))).phase).toBe('succeeded');
      expect(policyOf(lab)).toBe('Automatic');
      expectSafe(lab);
    },
  );
});

describe('automatic repairs that could not be resumed', () => {
  const REPAIRING: LabOptions = {
    properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } },
  };

  function repairsOf(lab: Lab): unknown[] {
    return writes(lab.log)
      .filter(({ operation }) => operation === 'setOrchestrationServiceState')
      .map(({ body }) => (body as { action: string }).action);
  }

  /** Azure takes the app's rights away, or gives them back. */
  function forbidResuming(lab: Lab): () => void {
    const refused = { kind: 'refused', status: 403, code: 'AuthorizationFailed', message: 'no' } as const;
    return interceptWrites(lab.ports.compute, (port) => ({
      setRepairs: async (address, action) =>
        action === 'Resume' ? refused : port.setRepairs(address, action),
    }));
  }

  // Feature [Guards] `doctor` gives repairs back on command (Guards, K63)
  it('are listed, and resumed on command', async () => {
    await using lab = await startLab({ ...REPAIRING, ...AUTOMATIC });
    const permit = forbidResuming(lab);
    const first = await lab.rollOut();
    expect(first).toMatchObject({
      phase: 'succeeded',
      left: { heldGuards: [{ guard: 'automaticRepairs' }] },
    });
    expect(policyOf(lab)).toBe('Automatic');
    expect(await guardsLeft(lab)).toMatchObject([{ rolloutId: first.id, guard: 'automaticRepairs' }]);
    expect(await lab.rollOut(restoring(first.id))).toMatchObject({
      phase: 'halted',
      failure: { code: 'guardStaysHeld' },
    });
    expect(repairsOf(lab)).toEqual(['Suspend']);
    permit();
    expect((await lab.rollOut(restoring(first.id))).phase).toBe('succeeded');
    expect(repairsOf(lab)).toEqual(['Suspend', 'Resume']);
    expect(await guardsLeft(lab)).toEqual([]);
  });

  it('are nothing to resume once somebody has switched them off', async () => {
    await using lab = await startLab(REPAIRING);
    const permit = forbidResuming(lab);
    const first = await lab.rollOut();
    permit();
    await byHand(lab, { automaticRepairsPolicy: { enabled: false } });
    expect(await lab.rollOut(restoring(first.id))).toMatchObject({ phase: 'succeeded', noop: true });
    expect(repairsOf(lab)).toEqual(['Suspend']);
    expect(await guardsLeft(lab)).toEqual([]);
  });
});

it('takes back guards of ended rollouts of the same scale set only', async () => {
  await using lab = await startLab(AUTOMATIC);
  for (const restoreGuardsOf of ['nobody', 'no-such-thing']) {
    expect(await lab.call('POST', '/plans', { scaleSet: WEB, restoreGuardsOf })).toMatchObject({
      status: 422,
      body: { code: 'rolloutNotFound' },
    });
  }
  const id = await lab.start({ approvals: { before: 'batch' } });
  await lab.until(id, 'waiting');
  const sent = { scaleSet: WEB, restoreGuardsOf: id };
  expect(await lab.call('POST', '/plans', sent)).toMatchObject({
    status: 422,
    body: { code: 'rolloutNotFound' },
  });
});

it.each([
  [{ change: { force: 'restart' } }, 'change'],
  [{ targets: { instances: ['1'] } }, 'targets'],
  [{ rollbackOf: 'x' }, 'rollbackOf'],
])('has nothing beside it: %j', async (beside, path) => {
  await using lab = await startLab();
  const reply = await lab.call('POST', '/rollouts', { scaleSet: WEB, restoreGuardsOf: 'x', ...beside });
  expect(reply).toMatchObject({ status: 400, body: { code: 'invalidSpec', errors: [{ path }] } });
});

it('is wherever the app dies given back exactly once', async () => {
  const store = async (lab: Lab): Promise<string> => {
    const id = await abortHalfWay(lab);
    expect((await lab.rollOut(BRING_ALL)).phase).toBe('succeeded');
    return lab.start(restoring(id));
  };
  await using probe = await startLab(AUTOMATIC);
  const probed = await store(probe);
  const before = probe.store.calls.length;
  await probe.host.runToEnd(probed);
  const calls = probe.store.calls.length - before;
  expect(calls).toBeGreaterThan(20);
  for (let call = 1, runs = 0; call < calls; call += 9, runs += 1) {
    await using lab = await startLab(AUTOMATIC);
    const id = await store(lab);
    const sent = writes(lab.log).length;
    await dieAtCall(lab, call, runs % 2 === 0 ? 'before' : 'after');
    expect({ call, phase: (await lab.toEnd(id)).phase }).toEqual({ call, phase: 'succeeded' });
    expect(policyOf(lab)).toBe('Automatic');
    expect(writes(lab.log)).toHaveLength(sent + 1);
    expect(await guardsLeft(lab)).toEqual([]);
  }
});
