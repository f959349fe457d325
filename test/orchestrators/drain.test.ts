import { describe, expect, it } from 'vitest';
import { acceptedUpgrades, writes } from '../lab/judge.ts';
import { startLab } from '../lab/lab.ts';

describe('before a rollout turns, what it has sent must have ended', () => {
  const SLOW = { kind: 'slowInstance' as const, instances: ['0', '5', '10'], factor: 8 };
  const LOST = { kind: 'lostAnswer' as const, operation: 'manualupgrade' as const };

  it.each(['rollback', 'abort'])('also when the answer was lost: %s', async (command) => {
    await using lab = await startLab({ faults: [SLOW, LOST] });
    const id = await lab.start();
    await lab.until(id, () => acceptedUpgrades(lab.log).length === 1);
    const known = writes(lab.log).length;
    await lab.host.advance(5000);
    await lab.send(id, command);
    await lab.toEnd(id);
    const end = lab.log.find(
      (entry) =>
        entry.kind === 'operation' && entry.operation === 'manualupgrade' && entry.status !== 'InProgress',
    );
    expect(end).toMatchObject({ status: 'Succeeded' });
    const next = writes(lab.log)[known];
    if (command === 'rollback') expect(next?.time).toBeGreaterThanOrEqual(end?.time ?? Infinity);
    else expect(Date.parse((await lab.get(id)).endedAt)).toBeGreaterThanOrEqual(end?.time ?? Infinity);
  });

  it('when it runs', async () => {
    await using lab = await startLab({ faults: [SLOW] });
    const id = await lab.start();
    await lab.until(id, () => acceptedUpgrades(lab.log).length === 1);
    const known = writes(lab.log).length;
    await lab.send(id, 'rollback');
    await lab.until(id, () => writes(lab.log).length > known);
    const end = lab.log.find(
      (entry) =>
        entry.kind === 'operation' && entry.operation === 'manualupgrade' && entry.status !== 'InProgress',
    );
    expect(end).toMatchObject({ status: 'Succeeded' });
    expect(writes(lab.log)[known]?.time).toBeGreaterThanOrEqual(end?.time ?? Infinity);
  });

  // Feature [Control] A rollout that waits for an operation that never ends can be aborted (Control)
  //   shown by: before a rollout turns, what it has sent must have ended > but not longer than an operation may take: abort
  it.each(['rollback', 'abort'])('but not longer than an operation may take: %s', async (command) => {
    await using lab = await startLab({ faults: [{ ...SLOW, factor: 100_000 }] });
    const id = await lab.start({ health: { operationTimeoutSeconds: 1800 } });
    await lab.until(id, () => acceptedUpgrades(lab.log).length === 1);
    const since = lab.host.clock.now();
    await lab.send(id, command);
    await lab.until(id, (r) => r.endedAt !== null || lab.host.clock.now() - since > 6 * 3600_000);
    // A rollback is not begun beside it: it waits as long as a rollback may take, or until somebody aborts it.
    if (command === 'rollback') {
      expect(writes(lab.log)).toHaveLength(2);
      await lab.send(id, 'abort');
    }
    expect((await lab.toEnd(id)).phase).toBe('cancelled');
  });
});
