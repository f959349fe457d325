import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { expectImages, expectSafe, modelImage, policyOf, writes } from '../lab/judge.ts';
import { NEW, OLD } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { openRecording } from '../releases/open.ts';
import { readRecording, recordedReleases } from '../releases/recording.ts';
import { KEY, SPEC } from '../releases/scenarios.ts';

async function opened(release: string, moment: string): Promise<{ lab: Lab; id: string }> {
  const recording = readRecording(release, moment);
  return { lab: await openRecording(recording), id: recording.rollout };
}

async function kindsOf(lab: Lab, id: string): Promise<string[]> {
  const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
  return value.map(({ kind }: Body) => kind);
}

it('there is a recording of what this release stores', () => {
  expect(recordedReleases()).toContain(manifest.version);
});

describe.for(recordedReleases())('what release %s has stored', (release) => {
  it('of a rollout that has ended is read, and its key still stands for it', async () => {
    const { id, lab: open } = await opened(release, 'ended');
    await using lab = open;
    expect(await lab.get(id)).toMatchObject({ phase: 'succeeded', instances: { total: 3, upgraded: 3 } });
    expect((await lab.call('GET', '/rollouts')).body.value).toMatchObject([{ id, phase: 'succeeded' }]);
    for (const part of ['plan', 'instances', 'events']) {
      expect(await lab.call('GET', `/rollouts/${id}/${part}`)).toMatchObject({ status: 200 });
    }
    const sent = writes(lab.log).length;
    const again = await lab.call('POST', '/rollouts', SPEC, KEY);
    expect(again.body).toMatchObject({ id, phase: 'succeeded' });
    expect(writes(lab.log)).toHaveLength(sent);
  });

  it('of a rollout that has ended is undone', async () => {
    const { id, lab: open } = await opened(release, 'ended');
    await using lab = open;
    const undo = await lab.rollOut({ change: {}, rollbackOf: id });
    expect(undo).toMatchObject({ phase: 'succeeded', instances: { total: 3, upgraded: 3 } });
    expectImages(lab, OLD);
    expect(modelImage(lab)).toBe(OLD);
    expectSafe(lab, { floor: 2, mostDisruptions: 2 });
  });

  it('of a rollout that waits is gone on with after the approval', async () => {
    const { id, lab: open } = await opened(release, 'waiting');
    await using lab = open;
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval' && waitingFor.batch === 1);
    expect((await lab.send(id, 'approve', { batch: 1 })).status).toBe(202);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
    expect(await kindsOf(lab, id)).toContain('recovered');
  });

  // Feature [Deployment] A later release goes on with rollouts that a former one has stored (On Azure)
  //   shown by: what release 0.1.0 has stored > of a rollout in the middle of an operation is gone on with
  it.for([
    ['gone on with', undefined, 'succeeded', NEW, 1],
    ['rolled back', 'rollback', 'rolledBack', OLD, 2],
  ] as const)('of a rollout in the middle of an operation is %s', async ([, command, phase, image, most]) => {
    const { id, lab: open } = await opened(release, 'upgrading');
    await using lab = open;
    const before = writes(lab.log).length;
    expect(before).toBe(4);
    if (command !== undefined) expect((await lab.send(id, command)).status).toBe(202);
    else await lab.get(id);
    expect((await lab.toEnd(id)).phase).toBe(phase);
    expectImages(lab, image);
    expectSafe(lab, { floor: 4, mostDisruptions: most });
  });

  it('of guards that a rollout left held is given back', async () => {
    const { id, lab: open } = await opened(release, 'guardsLeft');
    await using lab = open;
    expect(policyOf(lab)).toBe('Manual');
    const { guardsLeft } = (await lab.call('GET', '/leases')).body;
    expect(guardsLeft).toMatchObject([{ rolloutId: id, was: 'Automatic' }]);
    expect((await lab.rollOut({ change: {} })).phase).toBe('succeeded');
    expect((await lab.rollOut({ change: {}, restoreGuardsOf: id })).phase).toBe('succeeded');
    expect(policyOf(lab)).toBe('Automatic');
    expectSafe(lab, { floor: 4 });
  });
});
