import { expect, it } from 'vitest';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { expectSafe, writes } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

/** The instances that run the new image in truth. */
function onNew(lab: Lab): readonly number[] {
  const images = Object.entries(imagesNow(lab.log));
  return images
    .filter(([, image]) => image === NEW)
    .map(([instance]) => Number(instance.split('/').at(-1)))
    .sort((a, b) => a - b);
}

/** Somebody switches an instance off, and the views have come to show it. */
async function deallocate(lab: Lab, instance: string): Promise<void> {
  const url = `http://127.0.0.1${WEB}/virtualMachines/${instance}/deallocate?api-version=2026-04-01`;
  const answer = lab.sim.fetch(new Request(url, { method: 'POST' }));
  await lab.host.advance(180_000);
  expect((await answer).status).toBe(202);
}

// Feature [Selection] Chosen update domains (Selection, A2)
//   shown by: changes only the instances chosen by update domains
// Feature [Selection] Chosen fault domains (Selection, A3)
//   shown by: changes only the instances chosen by fault domains
// Feature [Selection] Chosen zones (Selection, A3)
//   shown by: changes only the instances chosen by zones
// Feature [Selection] Instance ids (Selection, A1)
//   shown by: changes only the instances chosen by instances
// Feature [Selection] A percentage, rounded up, lowest ids first (Selection)
//   shown by: changes only the instances chosen by a share, rounded up
// Feature [Selection] Exclusions (Selection, A6)
//   shown by: changes only the instances chosen by exclusions
// Feature [Selection] Several kinds together: all must hold (Selection)
//   shown by: changes only the instances chosen by several kinds together
it.each<[string, LabOptions, object, readonly number[]]>([
  ['update domains', {}, { updateDomains: [1, 3] }, [1, 3, 6, 8, 11, 13]],
  ['fault domains', { faultDomains: 3 }, { faultDomains: [0] }, [0, 3, 6, 9, 12]],
  ['zones', { zones: ['1', '2', '3'] }, { zones: ['2'] }, [1, 4, 7, 10, 13]],
  ['instances', {}, { instances: ['3', '14'] }, [3, 14]],
  ['a share, rounded up', {}, { percent: 20 }, [0, 1, 2]],
  ['exclusions', {}, { instances: ['3', '14'], exclude: ['3'] }, [14]],
  ['several kinds together', { zones: ['1', '2', '3'] }, { zones: ['2'], percent: 50 }, [1, 4, 7]],
])('changes only the instances chosen by %s', async (_, options, targets, expected) => {
  await using lab = await startLab(options);
  const rollout = await lab.rollOut({ targets });
  expect(rollout).toMatchObject({
    phase: 'succeeded',
    instances: { total: expected.length, upgraded: expected.length },
  });
  expect(onNew(lab)).toEqual(expected);
  expectSafe(lab, { floor: 15 - 3 });
});

// Feature [Selection] A share that is raised extends the same instances; those on the target are left alone (Selection, A5)
it('goes on from a share to the rest, past those that are there', async () => {
  await using lab = await startLab();
  await lab.rollOut({ targets: { percent: 20 } });
  const rollout = await lab.rollOut();
  expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 12, upgraded: 12 } });
  expect(onNew(lab)).toHaveLength(15);
  expectSafe(lab);
});

// Feature [Selection] Unknown ids are refused before anything is written (Selection)
//   shown by: refuses an unknown id in instances before anything is written
it.each(['instances', 'exclude'])('refuses an unknown id in %s before anything is written', async (kind) => {
  await using lab = await startLab();
  const spec = { scaleSet: WEB, change: { image: { version: NEW } }, targets: { [kind]: ['1', '77'] } };
  const planned = await lab.call('POST', '/plans', spec);
  expect(planned).toMatchObject({
    status: 422,
    body: { code: 'unknownInstance', errors: [{ path: `targets.${kind}` }] },
  });
  const rollout = await lab.rollOut({ targets: { [kind]: ['1', '77'] } });
  expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'unknownInstance' } });
  expect(rollout.failure.message).toContain('77');
  expect(rollout.failure.remedy).not.toBe('');
  expect(writes(lab.log)).toEqual([]);
});

// Feature [Selection] Targets that nobody matches do nothing, and say so (Selection)
it('does nothing, and says so, where no instance is meant', async () => {
  await using lab = await startLab();
  const spec = { scaleSet: WEB, change: { image: { version: NEW } }, targets: { zones: ['3'] } };
  const { status, body } = await lab.call('POST', '/plans', spec);
  expect({ status, batches: body.batches }).toEqual({ status: 200, batches: [] });
  expect(body.warnings.map(({ code }: { code: string }) => code)).toContain('noInstanceMatches');
  const rollout = await lab.rollOut({ targets: { zones: ['3'] } });
  expect(rollout).toMatchObject({ phase: 'succeeded', noop: true });
  expect(writes(lab.log)).toEqual([]);
});

// Feature [Selection] Protected instances are counted as skipped (Issue 12, kind 7)
// Feature [Selection] Switched-off instances are skipped and reported by default (Selection)
it('skips protected and switched-off instances, and reports them', async () => {
  await using lab = await startLab({ protectedInstances: ['3'] });
  await deallocate(lab, '7');
  const id = await lab.start({ strategy: { maxUnavailable: 4 } });
  const rollout = await lab.toEnd(id);
  expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 14, upgraded: 13, skipped: 1 } });
  const plan = (await lab.call('GET', `/rollouts/${id}/plan`)).body;
  expect(plan.skipped).toEqual([
    { instance: '3', reason: 'protected from scale-set actions' },
    { instance: '7', reason: 'not running: deallocated' },
  ]);
  expect(onNew(lab)).toEqual([0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14]);
  expectSafe(lab, { floor: 11 });
});
