import { describe, expect, it } from 'vitest';
import { acceptedUpgrades } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';

describe('a retry of failed instances', () => {
  const BAD = { kind: 'badImage' as const, version: NEW, effect: 'unhealthy' as const };

  // Feature [Control] Retry of some of the failed (Control, H50)
  it('pauses again when one of several fails again', async () => {
    await using lab = await startLab({ faults: [{ ...BAD, updateDomains: [0] }] });
    const id = await lab.start({ onFailure: 'pause' });
    await lab.until(id, 'paused');
    await lab.send(id, 'retry', { instances: ['0'] });
    await lab.until(id, (r) => r.phase !== 'paused');
    const again = await lab.until(id, (r) => r.phase === 'paused');
    expect(again.batches.map(({ phase }: Body) => phase)).toEqual([
      'failed',
      ...Array.from({ length: 4 }, () => 'pending'),
    ]);
    expect(acceptedUpgrades(lab.log).flat()).not.toContain('1');
  });

  it('is still possible long after the last batch has failed', async () => {
    await using lab = await startLab({ faults: [{ ...BAD, instances: ['4'] }] });
    const id = await lab.start({ onFailure: 'pause' });
    await lab.until(id, 'paused');
    await lab.host.advance(3600_000);
    expect((await lab.get(id)).phase).toBe('paused');
    expect((await lab.send(id, 'retry')).status).toBe(202);
  });

  it('is not forgotten when its batch is over already', async () => {
    const ill = { kind: 'sickInstance' as const, fromSeconds: 60, untilSeconds: 4000 };
    await using lab = await startLab({ faults: [{ ...ill, instances: ['0'] }] });
    const id = await lab.start({
      onFailure: 'pause',
      health: { maxUnhealthyUpgradedInstancePercent: 34 },
      approvals: { before: [1] },
    });
    await lab.until(id, (r) => r.waitingFor?.batch === 1);
    lab.sim.inject({ ...ill, instances: ['1', '6'] });
    await lab.send(id, 'approve');
    await lab.until(id, 'paused');
    await lab.host.advance(3600_000);
    expect((await lab.send(id, 'retry')).status).toBe(202);
    const ended = await lab.toEnd(id);
    const { value } = (await lab.call('GET', `/rollouts/${id}/instances`)).body;
    const phaseOf = (wanted: string): string =>
      value.find(({ instanceId }: Body) => instanceId === wanted).phase;
    expect([phaseOf('1'), phaseOf('6')]).toEqual(['succeeded', 'succeeded']);
    expect(ended.phase).toBe(phaseOf('0') === 'succeeded' ? 'succeeded' : 'halted');
    if (ended.phase === 'halted') expect(ended.failure.instances).toEqual(['0']);
  });
});
