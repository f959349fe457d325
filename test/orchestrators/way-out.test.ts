import { expect, it } from 'vitest';
import type { Body } from '../lab/lab.ts';
import { startLab } from '../lab/lab.ts';

// Feature [For a bad night] Every wait names what ends it (For a bad night)
it('says at every wait what ends it', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'throttle', operation: 'listInstances', nth: 3, retryAfterSeconds: 20 }],
  });
  const id = await lab.start({ soakSeconds: 60 });
  const waits = new Map<string, string>();
  await lab.until(id, ({ waitingFor, phase }: Body) => {
    if (waitingFor !== undefined) waits.set(waitingFor.kind, waitingFor.message);
    return phase === 'succeeded';
  });
  expect([...waits.keys()].sort()).toEqual(['health', 'operation', 'soak', 'throttling']);
  for (const message of waits.values()) {
    expect(message).toContain(`it goes on by itself: vmss-rollout abort ${id} ends it`);
  }
});
