import { describe, expect, it } from 'vitest';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import {
  campaignEnd,
  commandCampaign,
  idsOf,
  IMAGE,
  stageOf,
  startCampaign,
  untilCampaign,
} from '../lab/campaigns.ts';
import { all, canary, images, member, rest, STAGES } from '../lab/campaign-sets.ts';
import { patched } from '../lab/schedules.ts';
import { NEW, OLD, scaleSetId, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

/** When the model of a set was first written, by the simulator's log. */
function patchedAt(lab: Lab, name: string): number {
  const entry = lab.log.find(
    (one) => one.kind === 'request' && one.method === 'PATCH' && one.path.endsWith(`/${name}`),
  );
  return entry?.time ?? Infinity;
}

describe('a campaign', () => {
  // Feature [Campaigns] One change over many scale sets, in stages of parallel groups (M68)
  it('takes its scale sets stage by stage, each by a rollout of its own', async () => {
    await using lab = await startLab({ scaleSets: all });
    const id = await startCampaign(lab, STAGES);
    const ended = await campaignEnd(lab, id);
    expect(ended).toMatchObject({ phase: 'succeeded', scaleSets: { total: 4, succeeded: 4 } });
    for (const { name } of all) {
      expect(images(lab, name)).toEqual([NEW]);
      expect(belowFloor(lab.log, 1, name)).toEqual([]);
    }
    const last = lab.log.findLast((one) => one.kind === 'instance' && one.scaleSet === 'canary0');
    for (const { name } of rest) expect(patchedAt(lab, name)).toBeGreaterThan(last?.time ?? Infinity);
  });

  // Feature [Campaigns] At most so many scale sets of a stage at once, and of each group (M68)
  it('begins no more sets at once than stage and group allow', async () => {
    await using lab = await startLab({ scaleSets: rest });
    const id = await startCampaign(lab, [stageOf('rest', idsOf(rest), { concurrency: 1 })]);
    let most = 0;
    await untilCampaign(lab, id, (campaign) => {
      most = Math.max(most, campaign.scaleSets.running);
      return campaign.phase === 'succeeded';
    });
    expect(most).toBe(1);
    const times = rest.map(({ name }) => patchedAt(lab, name));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(3);
  });

  // Feature [Campaigns] One set's failure keeps no other from its end, and a rate below the budget is no success (M69)
  it('lets the others of the stage end, and halts where the success rate is too low', async () => {
    const faults = [{ kind: 'badImage' as const, version: NEW, scaleSet: 'rest0' }];
    await using lab = await startLab({ scaleSets: rest, faults });
    const stage = stageOf('rest', idsOf(rest), { concurrency: 3, minSuccessPercent: 90 });
    const id = await startCampaign(lab, [stage], { onFailure: 'halt' });
    const ended = await campaignEnd(lab, id);
    expect(ended).toMatchObject({ phase: 'halted', scaleSets: { succeeded: 2, failed: 1 } });
    expect(['rest0', 'rest1', 'rest2'].map((name) => images(lab, name))).toEqual([[OLD], [NEW], [NEW]]);
  });

  // Feature [Campaigns] A stage of which nothing was attempted is no success (M69, new 13)
  it('does not call a stage a success of which every set was skipped', async () => {
    await using lab = await startLab({ scaleSets: all });
    const id = await startCampaign(lab, STAGES);
    await commandCampaign(lab, id, 'pause');
    await untilCampaign(lab, id, ({ phase, stages }) => phase === 'paused' && stages.length === 2);
    await lab.host.advance(60_000);
    await commandCampaign(lab, id, 'skip', { body: { scaleSets: idsOf(rest), reason: 'frozen' } });
    await commandCampaign(lab, id, 'resume');
    const paused = await untilCampaign(lab, id, ({ failure }) => failure !== undefined);
    expect(paused).toMatchObject({
      failure: { code: 'nothingAttempted', stage: 1 },
      scaleSets: { succeeded: 1, skipped: 3 },
    });
    expect(member(paused, 'rest1')).toMatchObject({ phase: 'skipped', message: 'skipped by ada: frozen' });
  });

  // Feature [Campaigns] Approval before a stage, and soak after it (M68, H46)
  it('waits for an approval before a stage, and soaks after one', async () => {
    await using lab = await startLab({ scaleSets: all });
    const stages = [
      stageOf('canary', idsOf(canary), { soakSeconds: 3600 }),
      stageOf('rest', idsOf(rest), { approval: { allowRequester: false } }),
    ];
    const id = await startCampaign(lab, stages);
    const soaking = await untilCampaign(lab, id, ({ phase }) => phase === 'soaking');
    const waiting = await untilCampaign(lab, id, ({ phase }) => phase === 'waiting');
    expect(waiting.waitingFor).toMatchObject({ kind: 'approval', stage: 1 });
    expect(Date.parse(waiting.waitingFor.since)).toBeGreaterThanOrEqual(Date.parse(soaking.waitingFor.until));
    expect(await commandCampaign(lab, id, 'approve')).toMatchObject({
      status: 403,
      body: { code: 'ownApproval' },
    });
    expect(await commandCampaign(lab, id, 'approve', { user: 'linus', body: { stage: 0 } })).toMatchObject({
      status: 409,
    });
    expect(patched(lab, 'rest0')).toEqual([]);
    await commandCampaign(lab, id, 'approve', { user: 'linus' });
    const ended = await campaignEnd(lab, id);
    expect(ended).toMatchObject({ phase: 'succeeded', stages: [{}, { approvedBy: ['linus'] }] });
  });

  it('is rejected where nobody approves in time', async () => {
    await using lab = await startLab({ scaleSets: rest });
    const id = await startCampaign(lab, [
      stageOf('rest', idsOf(rest), { approval: { timeoutSeconds: 600 } }),
    ]);
    expect(await campaignEnd(lab, id)).toMatchObject({
      phase: 'rejected',
      failure: { code: 'approvalExpired' },
    });
    expect(rest.map(({ name }) => patched(lab, name))).toEqual([[], [], []]);
  });

  // Feature [Campaigns] Abort of a campaign where it stands (M68)
  it('begins nothing more when it is aborted, and aborts what runs', async () => {
    await using lab = await startLab({ scaleSets: all });
    const id = await startCampaign(lab, STAGES);
    await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.running === 1);
    await commandCampaign(lab, id, 'abort');
    const ended = await campaignEnd(lab, id);
    expect(ended).toMatchObject({ phase: 'cancelled', scaleSets: { pending: 3 } });
    expect(await lab.get(member(ended, 'canary0').rolloutId)).toMatchObject({ phase: 'cancelled' });
    expect(await commandCampaign(lab, id, 'resume')).toMatchObject({ status: 409 });
  });
});

describe('the scale sets of a campaign', () => {
  const flexible = { name: 'flex0', count: 2, properties: { orchestrationMode: 'Flexible' } };
  const tagged = { name: 'tagged', count: 2, tags: { ring: 'canary' } };

  // Feature [Selection] Scale sets of a campaign by list, tags, resource group and subscription (A4)
  //   shown by: the scale sets of a campaign > are found by tags
  it.each([
    ['a list', { scaleSets: [scaleSetId('tagged')] }, ['tagged']],
    ['tags', { tags: { Ring: 'canary' } }, ['tagged']],
    [
      'a resource group',
      { resourceGroups: ['/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/Rollout'] },
      ['flex0', 'tagged'],
    ],
    [
      'a subscription',
      { subscriptions: ['00000000-0000-4000-8000-000000000001'], tags: { ring: 'canary' } },
      ['tagged'],
    ],
  ])('are found by %s', async (_, selection, names) => {
    await using lab = await startLab({ scaleSets: [flexible, tagged] });
    const stages = [{ name: 'one', groups: [{ name: 'all', ...selection }] }];
    const { body } = await lab.call('POST', '/campaign-plans', { name: 'plan', change: IMAGE, stages });
    expect(body.stages[0].scaleSets.map(({ scaleSet }: Body) => scaleSet)).toEqual(
      names.map((name) => scaleSetId(name)),
    );
  });

  // Feature [Campaigns] Flexible, excluded and missing scale sets are skipped by name (M68)
  it('are skipped by name where they cannot be taken', async () => {
    await using lab = await startLab({ scaleSets: [flexible, tagged, ...canary] });
    const scaleSets = ['flex0', 'tagged', 'canary0', 'gone'].map((name) => scaleSetId(name));
    const id = await startCampaign(lab, [stageOf('one', scaleSets)], { exclude: [scaleSetId('canary0')] });
    const ended = await campaignEnd(lab, id);
    expect(ended).toMatchObject({ phase: 'succeeded', scaleSets: { succeeded: 1, skipped: 3 } });
    expect(['flex0', 'canary0', 'gone'].map((name) => member(ended, name).code)).toEqual([
      'notOnFlexible',
      'excluded',
      'scaleSetNotFound',
    ]);
  });

  it.each([
    ['nothing is found', [{ tags: { ring: 'none' } }], 'noScaleSets'],
    ['a stage has none that can be taken', [{ scaleSets: [scaleSetId('flex0')] }], 'stageEmpty'],
  ])('are refused before anything begins where %s', async (_, selections, code) => {
    await using lab = await startLab({ scaleSets: [flexible, tagged] });
    const stages = selections.map((one, index) => ({ name: `s${index}`, groups: [{ name: 'all', ...one }] }));
    const spec = { name: 'wrong', change: IMAGE, stages };
    expect(await lab.call('POST', '/campaign-plans', spec)).toMatchObject({ status: 422, body: { code } });
    const id = await startCampaign(lab, stages);
    expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'refused', failure: { code } });
  });
});
