import { expect, it } from 'vitest';
import type { Body } from '../lab/lab.ts';
import { startLab } from '../lab/lab.ts';

// Feature [For a bad night] Every wait names what ends it (For a bad night)
it('says at every wait what ends it', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'throttle', operation: 'listInstances', nth: 3, retryAfterSeconds: 20 }],
  });
  const id = await lab.start({ soakSeconds: 60 });
  const waits = new Map<string, Body>();
  await lab.until(id, (rollout: Body) => {
    if (rollout.waitingFor !== undefined) waits.set(rollout.waitingFor.kind, rollout);
    return rollout.phase === 'succeeded';
  });
  expect([...waits.keys()].sort()).toEqual(['health', 'operation', 'soak', 'throttling']);
  for (const { waitingFor, next } of waits.values()) {
    expect(next).toEqual([{ command: 'pause' }, { command: 'rollback' }, { command: 'abort' }]);
    expect(waitingFor.message).not.toMatch(/vmss-rollout|abort/);
  }
  expect((await lab.get(id)).next).toEqual([]);
});
