import { expect, it } from 'vitest';
import { NEW, startLab } from '../lab/lab.ts';
import type { LabOptions } from '../lab/lab.ts';

/** Elsewhere each generation is replayed once, at its end; here every turn is, on the ways that a rollout may take. */
it.each<[string, LabOptions, Record<string, unknown>, string]>([
  ['to its end', {}, {}, 'succeeded'],
  ['back', { faults: [{ kind: 'badImage', version: NEW, instances: ['7'] }] }, {}, 'rolledBack'],
  ['sliding', {}, { strategy: { pacing: 'sliding' } }, 'succeeded'],
  [
    'over several generations',
    {},
    { strategy: { batchBy: 'count', steps: [1] }, soakSeconds: 300 },
    'succeeded',
  ],
])('acts alike in each turn when it is replayed: a rollout that goes %s', async (_, options, spec, end) => {
  await using lab = await startLab({ ...options, checkReplay: 'everyTurn' });
  expect((await lab.rollOut(spec)).phase).toBe(end);
  expect(lab.host.diagnostics).toEqual([]);
});

it('acts alike when it is replayed: a rollout that is approved, paused, resumed and aborted', async () => {
  await using lab = await startLab({ checkReplay: 'everyTurn' });
  const id = await lab.start({ approvals: { before: 'batch' }, soakSeconds: 60 });
  await lab.until(id, 'waiting');
  await lab.send(id, 'approve', { batch: 0 }, 'grace');
  await lab.until(id, 'soaking');
  await lab.send(id, 'pause');
  await lab.host.advance(600_000);
  await lab.send(id, 'resume');
  await lab.until(id, ({ phase, waitingFor }) => phase === 'waiting' && waitingFor.batch === 1);
  await lab.send(id, 'abort');
  await lab.toEnd(id);
  expect(lab.host.diagnostics).toEqual([]);
});
