import { expect, it } from 'vitest';
import { expectImages, expectSafe } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';

const STRATEGY = { batchBy: 'count', steps: [300], maxUnavailable: 150 };

it('asks for the last few of a large batch one by one, not for all instances again', async () => {
  await using lab = await startLab({
    count: 300,
    faults: [{ kind: 'sickInstance', scaleSet: 'web', instances: ['7'], fromSeconds: 0, untilSeconds: 1200 }],
  });
  const rollout = await lab.rollOut({
    strategy: STRATEGY,
    health: { timeoutSeconds: 3600, fixForward: true },
  });
  expect(rollout.phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab, { floor: 150 });
  const requests = lab.log.filter((entry) => entry.kind === 'request');
  const single = requests.filter(({ operation }) => operation === 'getInstance');
  expect(single.length).toBeGreaterThan(3);
  const asked = single.flatMap(({ instances = [] }) => instances);
  expect(asked.filter((one) => one !== '7').length).toBeLessThan(3);
});

it('asks for the whole list where an instance of its last few is gone', async () => {
  await using lab = await startLab({
    count: 300,
    faults: [{ kind: 'sickInstance', scaleSet: 'web', instances: ['7'], fromSeconds: 0, untilSeconds: 9000 }],
  });
  const id = await lab.start({ strategy: STRATEGY, health: { timeoutSeconds: 7200, fixForward: true } });
  const asked = () => lab.log.some((entry) => entry.kind === 'request' && entry.operation === 'getInstance');
  await lab.host.runUntil(asked);
  const path = '/providers/Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/7';
  const { subscriptionId, resourceGroup } = lab.sim.settings;
  const url = `http://arm/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}${path}?api-version=2025-04-01`;
  // It is answered only as virtual time goes on.
  const deleted = lab.sim.fetch(new Request(url, { method: 'DELETE' }));
  const rollout = await lab.toEnd(id);
  expect((await deleted).status).toBe(202);
  expect(rollout.phase).toBe('succeeded');
  expect(rollout.instances.upgraded).toBe(299);
});
