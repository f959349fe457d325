import { expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';

const SLIDING = { strategy: { pacing: 'sliding' } };

// Feature [Pacing] Where sliding cannot be faster the plan says so, and batches go one after the other (Issue 19)
it('falls back where one instance may be down at a time, and says so in the plan and in the rollout', async () => {
  await using lab = await startLab({ count: 5 });
  const spec = { scaleSet: WEB, change: { image: { version: NEW } }, ...SLIDING };
  const { body: plan } = await lab.call('POST', '/plans', spec);
  expect(plan.warnings).toContainEqual({
    code: 'slidingInVain',
    message:
      'only one instance may be down at a time: sliding would be no faster, so batches go one after the other',
  });
  const rollout = await lab.rollOut(SLIDING);
  expect(rollout).toMatchObject({ phase: 'succeeded', fellBack: { to: 'barrier' } });
  const { body } = await lab.call('GET', `/rollouts/${rollout.id}/events`);
  expect(body.value.filter(({ kind }: { kind: string }) => kind === 'fellBack')).toHaveLength(1);
  expectImages(lab, NEW);
  expectSafe(lab, { floor: 4 });
  expect(acceptedUpgrades(lab.log).map((ids) => ids.length)).toEqual([1, 1, 1, 1, 1]);
});

it('says nothing where several slots are refilled', async () => {
  await using lab = await startLab({ count: 10 });
  const spec = { scaleSet: WEB, change: { image: { version: NEW } }, ...SLIDING };
  const { body: plan } = await lab.call('POST', '/plans', spec);
  expect(plan.warnings.map(({ code }: { code: string }) => code)).not.toContain('slidingInVain');
});
