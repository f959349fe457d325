import { describe, expect, it } from 'vitest';
import { canary, images, member, patchedLast, rest } from '../lab/campaign-sets.ts';
import { campaignEnd, idsOf, IMAGE, stageOf, startCampaign, untilCampaign } from '../lab/campaigns.ts';
import { NEW, OLD, scaleSetId, startLab } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';
import { patched } from '../lab/schedules.ts';

describe('the rollouts of a campaign', () => {
  // Feature [Campaigns] Rollouts of a campaign go as a named strategy says, all in the version of its start (M70)
  it('go as a named strategy says, in the version of the start', async () => {
    await using lab = await startLab({ scaleSets: rest });
    const set = (soakSeconds: number, after: number) =>
      lab.call(
        'PUT',
        '/strategies/careful',
        { strategy: { soakSeconds } },
        {
          'if-match': `"strategy-${after}"`,
        },
      );
    expect((await set(600, 0)).status).toBe(200);
    const stages = [stageOf('rest', idsOf(rest), { concurrency: 1 })];
    const id = await startCampaign(lab, stages, { rollout: { namedStrategy: { name: 'careful' } } });
    expect((await set(60, 1)).status).toBe(200);
    const ended = await campaignEnd(lab, id);
    expect(ended).toMatchObject({ phase: 'succeeded' });
    for (const { name } of rest) {
      const rollout = await lab.get(member(ended, name).rolloutId);
      expect(rollout).toMatchObject({ namedStrategy: { name: 'careful', version: 1 } });
    }
  });

  // Feature [Campaigns] Rollouts of a campaign wait in line for a scale set where the campaign says so (M68)
  it('wait in line for a scale set that another rollout holds', async () => {
    await using lab = await startLab({ scaleSets: canary });
    const holder = await lab.start({ scaleSet: scaleSetId('canary0'), approvals: { before: 'rollout' } });
    await lab.until(holder, 'waiting');
    const rollout = { onBusy: 'queue' };
    const id = await startCampaign(lab, [stageOf('canary', idsOf(canary))], { rollout });
    const queued = await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.running === 1);
    const { rolloutId } = member(queued, 'canary0');
    expect(await lab.get(rolloutId)).toMatchObject({ waitingFor: { kind: 'queue', holder } });
    await lab.send(holder, 'abort');
    expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'succeeded' });
    expect(images(lab, 'canary0')).toEqual([NEW]);
  });

  it('begin in a window, and end when they end', async () => {
    await using lab = await startLab({ scaleSets: canary });
    const windows = { open: [{ cron: '0 10 * * *', durationMinutes: 240 }] };
    const rollout = { windows, startIn: 'window' };
    const id = await startCampaign(lab, [stageOf('canary', idsOf(canary))], { rollout });
    await lab.host.advance(3600_000);
    expect(patched(lab, 'canary0')).toEqual([]);
    expect(images(lab, 'canary0')).toEqual([OLD]);
    expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'succeeded' });
    expect(patchedLast(lab, 'canary0')).toBeGreaterThanOrEqual(Date.parse('2026-11-21T10:00:00Z'));
  });

  it.each([
    ['startIn without windows', { rollout: { startIn: 'window' } }, 'rollout.startIn'],
    ['onBusy replace without a pipeline', { rollout: { onBusy: 'replace' } }, 'rollout.onBusy'],
    [
      'a field beside a named strategy',
      { rollout: { namedStrategy: { name: 'x' }, soakSeconds: 1 } },
      'rollout.soakSeconds',
    ],
    ['an unknown strategy', { rollout: { namedStrategy: { name: 'x' } } }, 'rollout.namedStrategy'],
  ])('are refused with %s, by its path', async (_, more, path) => {
    await using lab = await startLab({ scaleSets: canary });
    const stages = [stageOf('canary', idsOf(canary))];
    const { status, body } = await lab.call('POST', '/campaigns', {
      name: 'x',
      change: IMAGE,
      stages,
      ...more,
    });
    expect({ status, paths: body.errors?.map((one: Body) => one.path) }).toEqual({
      status: 400,
      paths: [path],
    });
  });
});

// Feature [Campaigns] A dry run shows what each rollout of a campaign would do, and which would be refused (M68, new 2)
it('a plan shows batches, instances and time of each scale set, and what would be refused', async () => {
  const tiny = { name: 'tiny', count: 1 };
  await using lab = await startLab({ scaleSets: [...rest, tiny] });
  const stages = [stageOf('rest', idsOf([...rest, tiny]), { concurrency: 2, soakSeconds: 600 })];
  const { status, body } = await lab.call('POST', '/campaign-plans', {
    name: 'x',
    change: { image: { version: '1.2.3' } },
    stages,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ total: 4, planned: 0, refused: 4 });
  const right = await lab.call('POST', '/campaign-plans', { name: 'x', change: IMAGE, stages });
  expect(right.body).toMatchObject({ planned: 3, refused: 1, hidden: 0 });
  const [stage] = right.body.stages;
  expect(stage.scaleSets.map(({ plan }: Body) => plan?.instances)).toEqual([2, 2, 2, undefined]);
  // One instance alone cannot be upgraded and serve.
  expect(stage.scaleSets[3]).toMatchObject({ code: 'floorImpossible' });
  // Two at a time: at least two rollouts one after the other, and the soak.
  const longest = Math.max(...stage.scaleSets.map(({ plan }: Body) => plan?.seconds ?? 0));
  expect(stage.expectedSeconds).toBeGreaterThan(longest + 600);
  const own = await lab.call('POST', '/plans', { scaleSet: scaleSetId('rest0'), change: IMAGE });
  expect(stage.scaleSets[0].plan).toEqual({
    instances: 2,
    batches: own.body.batches.length,
    seconds: own.body.expected.seconds,
  });
});
