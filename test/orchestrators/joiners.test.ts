import { expect, it } from 'vitest';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { readTruth } from '../lab/truth.ts';

const SIZE = 'Standard_NV6';
const CHANGES = [
  [
    'another administrator',
    { change: { osProfile: { adminUsername: 'operator' } }, strategy: { acceptIrreversible: true } },
    ['manualupgrade', 'reimage'],
    '"adminUsername":"operator"',
  ],
  [
    'a size of other hardware',
    { change: { vmSize: SIZE }, strategy: { mostDisruptiveAllowed: 'deallocate' } },
    ['deallocate', 'manualupgrade', 'start'],
    SIZE,
  ],
  ['an image', {}, ['manualupgrade'], '"power"'],
] as const;

/** What was done to an instance, in order. */
function doneTo(lab: Lab, instanceId: string): readonly string[] {
  return writes(lab.log)
    .filter(({ instances = [], operationId }) => operationId !== undefined && instances.includes(instanceId))
    .map(({ operation }) => operation);
}

// Feature [Change] Instances that join during a rollout get the same actions as the others (Issue 12, kind 6)
//   shown by: what joins while the plan waits for its approval gets what the others get: another administrator
it.each(CHANGES)(
  'what joins while the plan waits for its approval gets what the others get: %s',
  async (...[, spec, actions, shown]) => {
    await using lab = await startLab({ count: 5 });
    const id = await lab.start({ ...spec, approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    lab.sim.inject({ kind: 'autoscale', change: 2 });
    await lab.host.advance(600_000);
    await lab.send(id, 'approve');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { total: 7, upgraded: 7 } });
    const { instances } = await readTruth(lab);
    const ids = Object.keys(instances);
    expect(ids).toHaveLength(7);
    for (const one of ids) {
      expect({ one, done: doneTo(lab, one) }).toEqual({ one, done: actions });
      // The service writes sizes in whatever letters.
      expect(instances[one]?.toLowerCase()).toContain(shown.toLowerCase());
    }
    expectSafe(lab, { floor: 4 });
  },
);

// Feature [Undo] Instances that joined on the new model go back with the others (Issue 12, kind 6)
//   shown by: what joined on the new model goes back with the others: another administrator
it.each([
  ['another administrator', CHANGES[0][1], '"adminUsername":"azureuser"'],
  ['a size of other hardware', CHANGES[1][1], 'standard_d2s_v5'],
  ['an image', CHANGES[2][1], OLD],
] as const)('what joined on the new model goes back with the others: %s', async (_, spec, shown) => {
  await using lab = await startLab({ count: 5 });
  const id = await lab.start({ ...spec, approvals: { before: [2] } });
  await lab.until(id, (r) => r.waitingFor?.kind === 'approval');
  lab.sim.inject({ kind: 'autoscale', change: 2 });
  await lab.host.advance(900_000);
  await lab.send(id, 'rollback');
  expect((await lab.toEnd(id)).phase).toBe('rolledBack');
  const { instances } = await readTruth(lab);
  expect(Object.keys(instances)).toHaveLength(7);
  for (const [one, own] of Object.entries(instances)) {
    expect([one, own.toLowerCase()]).toEqual([one, expect.stringContaining(shown.toLowerCase())]);
  }
  expectSafe(lab, { floor: 4, mostDisruptions: 2 });
});

it('what joined and was brought along goes back with the others', async () => {
  await using lab = await startLab({
    count: 5,
    faults: [{ kind: 'badImage', version: NEW, instances: ['4'] }],
  });
  const id = await lab.start({ approvals: { before: 'rollout' } });
  await lab.until(id, 'waiting');
  lab.sim.inject({ kind: 'autoscale', change: 2 });
  await lab.host.advance(600_000);
  await lab.send(id, 'approve');
  expect((await lab.toEnd(id)).phase).toBe('rolledBack');
  expectImages(lab, OLD);
});
