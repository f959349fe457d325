import { expect, it } from 'vitest';
import { NEW, OLD, scaleSetId } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { HOUR, NAME, NEWER, patched, rollouts, scheduled, settle, tick } from '../lab/schedules.ts';

const NAMES = ['canary', 'early', 'rest'];

const RINGS = {
  rings: [
    { name: 'canary', scaleSets: [scaleSetId('canary')] },
    { name: 'early', scaleSets: [scaleSetId('early')], cleanHours: 6 },
    { name: 'rest', cleanHours: 12 },
  ],
};

/** Three sets, the last of them in the schedule by its tag. */
const SETS = NAMES.map((name) => ({
  name,
  count: 2,
  ...(name === 'rest' && { tags: { 'vmss-rollout:schedule': NAME, 'vmss-rollout:ring': 'rest' } }),
}));

async function hours(lab: Lab, count: number): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) {
    await tick(lab);
    await settle(lab);
    await lab.host.advance(HOUR);
  }
}

const decisions = async (lab: Lab): Promise<readonly Body[]> => {
  const { body } = await lab.call('GET', `/schedules/${NAME}/explanation`);
  return body.scaleSets.map(({ ring, outcome, code }: Body) => `${ring}: ${outcome} ${code}`);
};

const taken = (lab: Lab): readonly (readonly string[])[] => NAMES.map((name) => patched(lab, name));

/** When the first upgrade of each set was accepted, in hours since the beginning; by the simulator's log. */
function tookAt(lab: Lab, begin: number): readonly number[] {
  return NAMES.map((name) => {
    const first = lab.log.find(
      (entry) =>
        entry.kind === 'request' &&
        entry.operation === 'manualupgrade' &&
        entry.status === 202 &&
        entry.path.includes(`/${name}/`),
    );
    return first === undefined ? Number.NaN : (first.time - begin) / HOUR;
  });
}

// Feature [Schedules] One version goes from ring to ring, each after the one before has run it for some hours (M70, N72)
it('goes from ring to ring, each after the one before has run it for so long', async () => {
  await using lab = await scheduled(RINGS, { scaleSets: SETS });
  const begin = lab.host.clock.now();
  await hours(lab, 3);
  expect(await decisions(lab)).toEqual([
    'canary: done upToDate',
    'early: waits ringBefore',
    'rest: waits ringBefore',
  ]);
  // A newer one that comes out meanwhile waits until the first one is through.
  lab.sim.publishImage({ version: NEWER });
  await hours(lab, 5);
  expect(taken(lab)).toEqual([[NEW], [NEW], []]);
  expect(await decisions(lab)).toContain('canary: waits travelling');
  await hours(lab, 16);
  const [, early = 0, rest = 0] = tookAt(lab, begin);
  expect(early).toBeGreaterThanOrEqual(6);
  expect(rest - early).toBeGreaterThanOrEqual(12);
  await hours(lab, 24);
  expect(taken(lab)).toEqual([
    [NEW, NEWER],
    [NEW, NEWER],
    [NEW, NEWER],
  ]);
});

// Feature [Schedules] A version that fails in one ring is stopped before the next, until a person releases it (issue 17)
it('stops in the ring in which it fails, until a person releases it', async () => {
  const faults = [{ kind: 'badImage' as const, version: NEW, scaleSet: 'early' }];
  await using lab = await scheduled(RINGS, { scaleSets: SETS, faults });
  await hours(lab, 40);
  expect((await rollouts(lab)).map(({ phase }: Body) => phase)).toEqual(['succeeded', 'rolledBack']);
  expect(taken(lab)).toEqual([[NEW], [NEW, OLD], []]);
  expect(await decisions(lab)).toEqual([
    'canary: done upToDate',
    'early: blocked failed',
    'rest: blocked failedElsewhere',
  ]);
  const release = { version: NEW, reason: 'try once more' };
  expect((await lab.call('POST', `/schedules/${NAME}/release`, release)).status).toBe(200);
  await hours(lab, 20);
  expect(taken(lab)).toEqual([[NEW], [NEW, OLD, NEW, OLD], []]);
  // The next version is another one, and travels from the first ring on.
  lab.sim.publishImage({ version: NEWER });
  await hours(lab, 30);
  expect(taken(lab)).toEqual([[NEW, NEWER], [NEW, OLD, NEW, OLD, NEWER], [NEWER]]);
});
