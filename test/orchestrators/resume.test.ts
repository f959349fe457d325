import { describe, expect, it } from 'vitest';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { acceptedUpgrades, expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const FOREIGN = {
  kind: 'foreignModel' as const,
  patch: {
    properties: { virtualMachineProfile: { diagnosticsProfile: { bootDiagnostics: { enabled: true } } } },
  },
};

/** Pauses while the second batch is being upgraded. */
async function pausedInBatch(lab: Lab, spec: Record<string, unknown> = {}): Promise<string> {
  const id = await lab.start(spec);
  await lab.until(id, (r) => r.batch === 1 && r.instances.upgrading === 3);
  await lab.send(id, 'pause');
  await lab.host.advance(1_800_000);
  return id;
}

describe('a rollout that is resumed', () => {
  // Feature [Control] Resume goes on with the next instance (Control, H48, new 6)
  it('goes on with the next instance, and does nothing again', async () => {
    await using lab = await startLab();
    const id = await pausedInBatch(lab);
    await lab.send(id, 'resume');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
    expectImages(lab, NEW);
    expectSafe(lab);
  });

  // Feature [Control] Resume checks the model anew (Control)
  it('halts, where somebody else has changed the model in the pause', async () => {
    await using lab = await startLab();
    const id = await pausedInBatch(lab);
    const sent = writes(lab.log).length;
    lab.sim.inject(FOREIGN);
    await lab.host.advance(600_000);
    expect((await lab.get(id)).phase).toBe('paused');
    await lab.send(id, 'resume');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'halted', failure: { code: 'conflict' } });
    expect(writes(lab.log)).toHaveLength(sent);
  });

  // Feature [Control] Resume checks the floor anew (Control)
  it('waits, where too few serve since', async () => {
    await using lab = await startLab();
    const id = await pausedInBatch(lab);
    lab.sim.inject({ kind: 'sickInstance', instances: ['9', '13', '14'], untilSeconds: 4000 });
    await lab.host.advance(60_000);
    const sent = writes(lab.log).length;
    await lab.send(id, 'resume');
    await lab.until(id, (r) => r.waitingFor?.kind === 'floor');
    expect(writes(lab.log)).toHaveLength(sent);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectSafe(lab);
    expectImages(lab, NEW);
  });

  // Feature [Control] Resume follows a capacity that has moved (Control)
  it('follows a floor that autoscale has moved in the pause', async () => {
    await using lab = await startLab();
    const id = await pausedInBatch(lab);
    lab.sim.inject({ kind: 'autoscale', change: -9 });
    await lab.host.advance(600_000);
    const { length } = lab.log;
    await lab.send(id, 'resume');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    // Six are left, and no update domain has more than two of them.
    const later = acceptedUpgrades(lab.log.slice(length));
    expect(Math.max(...later.map((ids) => ids.length))).toBeLessThanOrEqual(2);
    expectImages(lab, NEW);
  });

  it('still asks for the approvals that are to come', async () => {
    await using lab = await startLab();
    const id = await pausedInBatch(lab, { approvals: { before: [2] } });
    const sent = writes(lab.log).length;
    await lab.send(id, 'resume');
    await lab.until(id, (r) => r.phase === 'waiting' && r.waitingFor.batch === 2);
    await lab.host.advance(3_600_000);
    expect(writes(lab.log)).toHaveLength(sent);
  });

  // Feature [Control] Resume opens no gate that expired meanwhile (Control, G45)
  it('does not open a gate that nobody approved in time', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [1], timeoutSeconds: 3600 } });
    await lab.until(id, 'waiting');
    await lab.send(id, 'pause');
    const sent = writes(lab.log).length;
    await lab.host.advance(2 * 3_600_000);
    await lab.send(id, 'resume');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'rejected', failure: { code: 'approvalExpired' } });
    expect(writes(lab.log)).toHaveLength(sent);
  });
});

describe('an approval', () => {
  // Feature [Control] An approval is void after drift of the model (Control, new 2)
  //   shown by: an approval > is void where somebody else has changed the model after it was given, while paused
  it.each(['before it was given', 'after it was given, while paused'])(
    'is void where somebody else has changed the model %s',
    async (when) => {
      await using lab = await startLab();
      const id = await lab.start({ approvals: { before: 'batch' } });
      await lab.until(id, 'waiting');
      const isLate = when.startsWith('after');
      if (isLate) await lab.send(id, 'pause');
      if (isLate) await lab.send(id, 'approve', {}, 'grace');
      lab.sim.inject(FOREIGN);
      await lab.host.advance(60_000);
      await lab.send(id, isLate ? 'resume' : 'approve', {}, 'grace');
      expect(await lab.toEnd(id)).toMatchObject({ phase: 'halted', failure: { code: 'conflict' } });
      expect(writes(lab.log)).toEqual([]);
    },
  );

  // Feature [Control] A plan hash is void when the set has changed (Control, new 2)
  it('of a plan does not hold for a set that has changed since it was reviewed', async () => {
    await using lab = await startLab();
    const change = { image: { version: NEW } };
    const id = await lab.start({ change, approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    const { planHash } = await lab.get(id);
    await lab.send(id, 'reject');
    await lab.toEnd(id);
    lab.sim.inject({ kind: 'autoscale', change: 2 });
    await lab.host.advance(600_000);
    expect(await lab.rollOut({ change, planHash })).toMatchObject({
      phase: 'refused',
      failure: { code: 'planChanged' },
    });
    expect(writes(lab.log)).toEqual([]);
  });
});

describe('instances that are skipped', () => {
  // Feature [Control] Skip single instances (Control, H51)
  it('are left alone, and the others of their batch are not', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    expect((await lab.send(id, 'skip', { instances: ['6', '12'] }, 'grace')).status).toBe(202);
    await lab.send(id, 'approve');
    expect(await lab.toEnd(id)).toMatchObject({
      phase: 'succeeded',
      instances: { upgraded: 13, skipped: 2 },
      left: { instances: { before: ['6', '12'] } },
    });
    expect(acceptedUpgrades(lab.log)).toEqual([
      ['0', '5', '10'],
      ['1', '11'],
      ['2', '7'],
      ['3', '8', '13'],
      ['4', '9', '14'],
    ]);
    expectSafe(lab);
  });
});
