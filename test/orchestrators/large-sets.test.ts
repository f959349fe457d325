import { expect, it } from 'vitest';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';

const MANY = { properties: { singlePlacementGroup: false } };

// Feature [Plans] A set of 1,000 in ten placement groups is planned as five batches (Issue 12, kind 4)
it('plans 1,000 instances in ten placement groups as five batches of 200', async () => {
  await using lab = await startLab({ count: 1000, ...MANY });
  const { status, body } = await lab.call('POST', '/plans', {
    scaleSet: WEB,
    change: { image: { version: NEW } },
  });
  expect([status, body.floor]).toEqual([200, 800]);
  expect(body.batches.map((batch: { instances: string[] }) => batch.instances.length)).toEqual([
    200, 200, 200, 200, 200,
  ]);
  // Five batches, each as long as one instance takes.
  expect(body.expected.seconds).toBeLessThan(30 * 60);
});

it('rolls out over three placement groups as over one, above its floor', async () => {
  await using lab = await startLab({ count: 300, ...MANY });
  const rollout = await lab.rollOut();
  expect(rollout.phase).toBe('succeeded');
  expect(rollout.batches).toHaveLength(5);
  expectImages(lab, NEW);
  expectSafe(lab, { floor: 240 });
  const upgrades = writes(lab.log).filter(({ operation }) => operation === 'manualupgrade');
  expect(new Set(upgrades.map(({ instances = [] }) => instances.length <= 100))).toEqual(new Set([true]));
});
