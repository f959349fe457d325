import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { imagesNow, upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { servingTimeline } from '../../local/simulator/log/serving.ts';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { somebody } from '../lab/somebody.ts';

/** The instances that there are in truth. */
function there(lab: Lab): readonly string[] {
  return (lab.sim.scaleSet('web')?.instances ?? []).map(({ instanceId }) => instanceId);
}

/** Serving instances that each accepted upgrade of ours left, by the log, the moment it was sent. */
function leftServing(lab: Lab): readonly number[] {
  return writes(lab.log)
    .filter(({ operation, operationId }) => operation === 'manualupgrade' && operationId !== undefined)
    .map(({ time, instances = [] }) => {
      const before = lab.log.filter((entry) => entry.time <= time);
      const down = new Set<string>();
      for (const entry of before) {
        if (entry.kind !== 'instance' || entry.change !== 'serving') continue;
        if (entry.value) down.delete(entry.instance);
        else down.add(entry.instance);
      }
      const serving = servingTimeline(before).at(-1)?.serving ?? 0;
      return serving - instances.filter((id) => !down.has(id)).length;
    });
}

/** Stops at the gate of a batch, where nothing of ours is under way. */
async function atGate(lab: Lab, batch: number, spec: Record<string, unknown> = {}): Promise<string> {
  const id = await lab.start({ approvals: { before: [batch] }, ...spec });
  await lab.until(id, (r) => r.phase === 'waiting' && r.waitingFor?.batch === batch);
  return id;
}

describe('instances that somebody else deals with while a rollout runs', () => {
  // Feature [Guards] A foreign upgrade of single instances (Guards, new 7)
  it('are not taken down again when somebody has upgraded them', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    lab.sim.inject({ kind: 'foreignUpgrade', instances: ['2', '3', '8'] });
    await lab.host.advance(600_000);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expect(Object.values(upgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
    expectSafe(lab);
  });

  // Feature [Guards] Instances that somebody else has down count against the floor (Guards, D28)
  it('count as down while somebody upgrades them', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    lab.sim.inject({ kind: 'foreignUpgrade', instances: ['3', '8', '13', '4', '9'] });
    await lab.host.advance(20_000);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(Math.min(...leftServing(lab))).toBeGreaterThanOrEqual(12);
    expectImages(lab, NEW);
  });

  // Feature [Guards] Autoscale in (Guards)
  it('leave the plan when autoscale takes them away, and the floor follows', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'autoscale', afterWrites: 3, change: -4 }],
    });
    const rollout = await lab.rollOut();
    expect(rollout.phase).toBe('succeeded');
    expect(there(lab)).toHaveLength(11);
    expectImages(lab, NEW);
    // A fifth of what is left may be down, as of what was there.
    expect(Math.min(...leftServing(lab))).toBeGreaterThanOrEqual(11 - 3);
    expect(rollout.instances.upgraded + rollout.instances.gone).toBe(15);
  });

  // Feature [Guards] Autoscale out (Guards)
  it('are not touched when autoscale has made them on the new model', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'autoscale', afterWrites: 3, change: 5 }],
    });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expect(there(lab)).toHaveLength(20);
    expectImages(lab, NEW);
    expect(
      acceptedUpgrades(lab.log)
        .flat()
        .filter((id) => Number(id) >= 15),
    ).toEqual([]);
    expectSafe(lab);
  });

  // Feature [Guards] Automatic repair by replacement (Guards)
  it('leave the plan when a repair replaces them before their turn', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    lab.sim.inject({ kind: 'repair', instances: ['9'] });
    await lab.host.advance(600_000);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(there(lab)).toHaveLength(15);
    expect(there(lab)).not.toContain('9');
    expectImages(lab, NEW);
    expect(acceptedUpgrades(lab.log).flat()).not.toContain('9');
    expectSafe(lab, { floor: 11 });
  });

  // Feature [Guards] Automatic repair by reimage of an instance under upgrade (Guards)
  //   shown by: instances that somebody else deals with while a rollout runs > go on when a repair does a Reimage to one that is upgraded
  it.each(['Reimage', 'Restart'] as const)(
    'go on when a repair does a %s to one that is upgraded',
    async (action) => {
      await using lab = await startLab();
      const id = await lab.start();
      await lab.until(id, (r) => r.batch === 1 && r.phase === 'settling');
      lab.sim.inject({ kind: 'repair', instances: ['6'], action });
      expect((await lab.toEnd(id)).phase).toBe('succeeded');
      expectImages(lab, NEW);
      expectSafe(lab);
    },
  );

  // Feature [Guards] Spot eviction that deletes (Guards)
  it('leave the plan when Azure evicts and deletes them, before their turn and in it', async () => {
    await using lab = await startLab();
    const id = await lab.start();
    await lab.until(id, (r) => r.batch === 1 && r.instances.upgrading === 3);
    lab.sim.inject({ kind: 'eviction', instances: ['6', '9'], policy: 'Delete' });
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { failed: 0, skipped: 0, gone: 2 } });
    expect(there(lab)).not.toContain('6');
    expect(there(lab)).not.toContain('9');
    expectImages(lab, NEW);
    expect(acceptedUpgrades(lab.log).flat()).not.toContain('9');
  });

  // Feature [Guards] Deletion of instances (Guards)
  it('leave the plan when somebody deletes them', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    expect(await somebody(lab, 'POST', '/delete', { instanceIds: ['2', '14'] })).toBe(202);
    await lab.host.advance(120_000);
    await lab.send(id, 'approve');
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { upgraded: 13, failed: 0 } });
    expect(there(lab)).toHaveLength(13);
    expectImages(lab, NEW);
    expect(acceptedUpgrades(lab.log).flat()).not.toContain('2');
  });

  // Feature [Guards] Deletion of instances before a rollback (Guards)
  it('are not brought back by a rollback when they are gone by then', async () => {
    await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, updateDomains: [2] }] });
    const id = await atGate(lab, 2);
    expect(await somebody(lab, 'POST', '/delete', { instanceIds: ['0', '6'] })).toBe(202);
    await lab.host.advance(120_000);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expect(there(lab)).toHaveLength(13);
    expect(new Set(Object.values(imagesNow(lab.log))).size).toBe(1);
  });
});

describe('a set that somebody', () => {
  // Feature [Guards] A set that is scaled to nothing (Guards)
  it('scales to nothing leaves nothing to do', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    lab.sim.inject({ kind: 'foreignCapacity', change: -15 });
    await lab.host.advance(600_000);
    const sent = writes(lab.log).length;
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(writes(lab.log)).toHaveLength(sent);
  });

  // Feature [Guards] The last instance of a set never goes down unasked (Guards, D28)
  it('scales to a single instance is never without it', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2, { timeoutSeconds: 7200 });
    expect(
      await somebody(lab, 'POST', '/delete', {
        instanceIds: ['0', '1', '2', '3', '4', '5', '6', '8', '9', '10', '11', '12', '13', '14'],
      }),
    ).toBe(202);
    await lab.host.advance(600_000);
    const from = lab.log.length;
    await lab.send(id, 'approve');
    const waiting = await lab.until(id, (r) => r.waitingFor?.kind === 'floor');
    expect(waiting.next).toContainEqual({ command: 'abort' });
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'halted', failure: { code: 'deadlineExceeded' } });
    expect(lab.log.slice(from).filter((e) => e.kind === 'instance' && e.change === 'serving')).toEqual([]);
  });

  // Feature [Guards] Instances that somebody protects in mid-run (Guards, A6)
  it('protects instances in is left with them as they are', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    const body = {
      location: 'westeurope',
      properties: { protectionPolicy: { protectFromScaleSetActions: true } },
    };
    expect(await somebody(lab, 'PUT', '/virtualMachines/7', body)).toBe(200);
    await lab.host.advance(60_000);
    await lab.send(id, 'approve');
    expect(await lab.toEnd(id)).toMatchObject({
      phase: 'succeeded',
      instances: { upgraded: 14, skipped: 1 },
    });
    expect(acceptedUpgrades(lab.log).flat()).not.toContain('7');
    expectSafe(lab);
  });
});

describe('an instance id that Azure gives to a new instance', () => {
  const REUSED = { profile: { reusesInstanceIds: true } };
  /** Deletes instances, and lets autoscale make as many anew. */
  async function replace(lab: Lab, instanceIds: readonly string[]): Promise<void> {
    expect(await somebody(lab, 'POST', '/delete', { instanceIds })).toBe(202);
    await lab.host.advance(120_000);
    lab.sim.inject({ kind: 'autoscale', change: instanceIds.length });
    await lab.host.advance(600_000);
    expect([...there(lab)].sort()).toEqual(Array.from({ length: 15 }, (_, id) => String(id)).sort());
  }

  // Feature [Guards] Instance-id reuse, going forward (Guards)
  it('made on the new model is not taken for the old one, done or to be done', async () => {
    await using lab = await startLab(REUSED);
    const id = await atGate(lab, 2);
    await replace(lab, ['5', '14']);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    const downs = upgradesPerInstance(lab.log);
    expect({ done: downs['5'], toDo: downs['14'] }).toEqual({ done: 1, toDo: undefined });
    expectSafe(lab, { floor: 10 });
  });

  it('made before the model was written is upgraded as the others', async () => {
    await using lab = await startLab(REUSED);
    const id = await atGate(lab, 0);
    await replace(lab, ['5', '14']);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expect(upgradesPerInstance(lab.log)).toMatchObject({ '5': 1, '14': 1 });
  });

  // Feature [Guards] Instance-id reuse, going back (Guards)
  it('is brought back by a rollback like every other that is on the new model', async () => {
    await using lab = await startLab(REUSED);
    const id = await atGate(lab, 2);
    await replace(lab, ['5', '14']);
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expectImages(lab, OLD);
  });
});

describe('a scale set that somebody deletes while a rollout runs', () => {
  // Feature [Guards] Deletion of the set (Guards)
  //   shown by: a scale set that somebody deletes while a rollout runs > ends it at once in settling, and nothing more is sent
  it.each(['waiting', 'settling', 'soaking'])(
    'ends it at once in %s, and nothing more is sent',
    async (phase) => {
      await using lab = await startLab();
      const id = await lab.start({ soakSeconds: 600, approvals: { before: [1] } });
      await lab.until(id, phase);
      expect(await somebody(lab, 'DELETE')).toBe(202);
      const sent = writes(lab.log).length;
      if (phase === 'waiting') await lab.send(id, 'approve');
      const since = lab.host.clock.now();
      const rollout = await lab.toEnd(id);
      expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'conflict' } });
      expect(writes(lab.log)).toHaveLength(sent);
      expect(lab.host.clock.now() - since).toBeLessThan(1200_000);
      // And nobody holds what is not there any more.
      expect((await lab.call('GET', '/leases')).body.value).toEqual([]);
    },
  );
});

describe('a rolling upgrade of Azure that somebody starts while a rollout runs', () => {
  // Feature [Guards] A native rolling upgrade in mid-run is waited out (Guards, new 7)
  it('is waited out, and nobody is taken down twice', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    expect(await somebody(lab, 'POST', '/osRollingUpgrade')).toBe(202);
    await lab.host.advance(30_000);
    await lab.send(id, 'approve');
    const waiting = await lab.until(id, (r) => r.waitingFor?.kind === 'operation' && r.batch === 2);
    expect(waiting.waitingFor.message).toContain('Azure is running a rolling upgrade of its own');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expect(modelImage(lab)).toBe(NEW);
    expect(Math.min(...leftServing(lab))).toBeGreaterThanOrEqual(12);
    expect(Math.max(...Object.values(upgradesPerInstance(lab.log)))).toBe(1);
  });

  it('before the model is written is waited out too', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 0);
    expect(await somebody(lab, 'POST', '/osRollingUpgrade')).toBe(202);
    await lab.host.advance(30_000);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
  });

  // Feature [Guards] A native rolling upgrade in front of a rollback (Guards)
  it('before a rollback does not leave it half done', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    expect(await somebody(lab, 'POST', '/osRollingUpgrade')).toBe(202);
    await lab.host.advance(30_000);
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expect(modelImage(lab)).toBe(OLD);
  });

  // Feature [Guards] The same on a set with the policy `Manual` (Guards)
  it('has a rollout refused that is to begin, also where the policy is Manual', async () => {
    await using lab = await startLab();
    expect(await somebody(lab, 'POST', '/osRollingUpgrade')).toBe(202);
    await lab.host.advance(30_000);
    const sent = writes(lab.log).length;
    expect(await lab.rollOut()).toMatchObject({
      phase: 'refused',
      failure: { code: 'nativeUpgradeRunning' },
    });
    expect(writes(lab.log)).toHaveLength(sent);
  });
});

describe('a model that somebody else changes', () => {
  const FOREIGN: FaultInput = {
    kind: 'foreignModel',
    patch: {
      properties: { virtualMachineProfile: { diagnosticsProfile: { bootDiagnostics: { enabled: true } } } },
    },
  };

  // Feature [Guards] A foreign model halts the rollout before its next write (Guards, H52)
  //   shown by: a model that somebody else changes > in settling ends the rollout before its next write
  // Feature [Guards] A foreign model while an approval is waited for: the approval is void (Guards, Control, G47)
  //   shown by: a model that somebody else changes > in waiting ends the rollout before its next write
  it.each(['waiting', 'upgrading', 'settling', 'soaking'])(
    'in %s ends the rollout before its next write',
    async (phase) => {
      await using lab = await startLab();
      const id = await lab.start({ soakSeconds: 600, approvals: { before: [1] } });
      await lab.until(id, phase);
      const sent = writes(lab.log).length;
      lab.sim.inject(FOREIGN);
      await lab.host.advance(3_000_000);
      if ((await lab.get(id)).phase === 'waiting') await lab.send(id, 'approve');
      const rollout = await lab.toEnd(id);
      expect(rollout).toMatchObject({
        phase: 'halted',
        failure: { code: 'conflict' },
        left: { model: 'foreign' },
      });
      expect(rollout.failure.message).not.toBe('');
      expect(writes(lab.log)).toHaveLength(sent);
    },
  );

  // Feature [Guards] Foreign writes of tags or capacity harm nothing (Guards)
  it('only in its tags or its capacity does not end it', async () => {
    await using lab = await startLab();
    const id = await atGate(lab, 2);
    expect(await somebody(lab, 'PATCH', '', { tags: { cost: '7' } })).toBe(200);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(lab.sim.scaleSet('web')?.model).toMatchObject({ tags: { cost: '7' } });
    expectImages(lab, NEW);
  });
});

describe('while sliding, with upgrades under way side by side', () => {
  const SLIDING = { strategy: { pacing: 'sliding' } };
  const FOREIGN: FaultInput = {
    kind: 'foreignModel',
    patch: {
      properties: { virtualMachineProfile: { diagnosticsProfile: { bootDiagnostics: { enabled: true } } } },
    },
  };
  /** Until it slides: some are done, and some are being upgraded. */
  async function underWay(lab: Lab): Promise<string> {
    const id = await lab.start(SLIDING);
    await lab.until(id, (r) => r.instances.upgraded >= 3 && r.instances.upgrading > 0);
    return id;
  }

  // Feature [Guards] A foreign model while sliding (Guards, Pacing)
  it("somebody else's model ends the rollout before its next write", async () => {
    await using lab = await startLab();
    const id = await underWay(lab);
    const sent = writes(lab.log).length;
    lab.sim.inject(FOREIGN);
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'halted', failure: { code: 'conflict' } });
    expect(writes(lab.log)).toHaveLength(sent);
  });

  // Feature [Guards] A native rolling upgrade while sliding (Guards, Pacing)
  it('a rolling upgrade of Azure is waited out', async () => {
    await using lab = await startLab();
    const id = await underWay(lab);
    expect(await somebody(lab, 'POST', '/osRollingUpgrade')).toBe(202);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
  });

  // Feature [Guards] Autoscale and evictions while sliding (Guards, Pacing)
  it('autoscale takes instances away, evictions too, and the rest goes on', async () => {
    await using lab = await startLab();
    const id = await underWay(lab);
    lab.sim.inject({ kind: 'autoscale', change: -2 });
    lab.sim.inject({ kind: 'eviction', instances: ['5', '8'], policy: 'Delete' });
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { failed: 0 } });
    expect(there(lab)).toHaveLength(11);
    expectImages(lab, NEW);
  });

  it('a scale set that is deleted ends it at once', async () => {
    await using lab = await startLab();
    const id = await underWay(lab);
    expect(await somebody(lab, 'DELETE')).toBe(202);
    const sent = writes(lab.log).length;
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'halted', failure: { code: 'conflict' } });
    expect(writes(lab.log)).toHaveLength(sent);
  });
});
