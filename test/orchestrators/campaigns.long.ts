import { describe, expect, it } from 'vitest';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import {
  campaignEnd,
  campaignOf,
  commandCampaign,
  idsOf,
  setsNamed,
  stageOf,
  startCampaign,
  untilCampaign,
} from '../lab/campaigns.ts';
import { all, images, member, patchedLast, rest, STAGES } from '../lab/campaign-sets.ts';
import { patched } from '../lab/schedules.ts';
import { NEW, OLD, scaleSetId, startLab, SUBSCRIPTION } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';

describe('a campaign', () => {
  // Feature [Campaigns] A stage that has spent its failure budget begins nothing more (M69)
  it('pauses when a stage has spent its budget; retry tries the failed set again', async () => {
    const faults = [{ kind: 'badImage' as const, version: NEW, scaleSet: 'canary0' }];
    await using lab = await startLab({ scaleSets: all, faults });
    const id = await startCampaign(lab, STAGES);
    const paused = await untilCampaign(lab, id, ({ phase }) => phase === 'paused');
    expect(paused).toMatchObject({
      failure: { code: 'budgetSpent', stage: 0 },
      paused: { by: null },
      scaleSets: { failed: 1, pending: 3 },
    });
    expect(rest.map(({ name }) => patched(lab, name))).toEqual([[], [], []]);
    expect(await commandCampaign(lab, id, 'resume')).toMatchObject({ status: 409 });
    expect(await commandCampaign(lab, id, 'retry')).toMatchObject({ status: 202 });
    const again = await untilCampaign(
      lab,
      id,
      (campaign) =>
        campaign.phase === 'paused' &&
        member(campaign, 'canary0').rolloutId !== member(paused, 'canary0').rolloutId,
    );
    expect(again.scaleSets).toMatchObject({ failed: 1, pending: 3 });
  });

  // Feature [Campaigns] A paused campaign pauses its rollouts, begins none, and goes on with them (M68)
  it('pauses its rollouts with it, and resumes them', async () => {
    await using lab = await startLab({ scaleSets: all });
    const id = await startCampaign(lab, STAGES);
    const running = await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.running === 1);
    const { rolloutId } = member(running, 'canary0');
    await commandCampaign(lab, id, 'pause', { body: { reason: 'alerts' } });
    await lab.host.advance(3_600_000);
    expect(await lab.get(rolloutId)).toMatchObject({ phase: 'paused' });
    expect(await campaignOf(lab, id)).toMatchObject({
      phase: 'paused',
      paused: { by: 'ada', reason: 'alerts' },
    });
    expect(rest.map(({ name }) => patched(lab, name))).toEqual([[], [], []]);
    await commandCampaign(lab, id, 'resume');
    expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'succeeded' });
  });

  // Feature [Campaigns] Rollback of a whole campaign, the last stage first (M68, new 1)
  it('rolls all of its sets back, the last stage first', async () => {
    await using lab = await startLab({ scaleSets: all });
    const id = await startCampaign(lab, STAGES);
    await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.succeeded === 3);
    await commandCampaign(lab, id, 'rollback', { body: { reason: 'latency' } });
    const ended = await campaignEnd(lab, id);
    expect(ended).toMatchObject({ phase: 'rolledBack', scaleSets: { failed: 0, succeeded: 0 } });
    for (const { name } of all) {
      expect(images(lab, name)).toEqual([OLD]);
      expect(belowFloor(lab.log, 1, name)).toEqual([]);
    }
    const later = ['rest0', 'rest1'].map((name) => patchedLast(lab, name));
    expect(patchedLast(lab, 'canary0')).toBeGreaterThan(Math.max(...later));
  });

  it('waits for a set that another rollout holds, and keeps no other waiting', async () => {
    await using lab = await startLab({ scaleSets: rest });
    const holder = await lab.start({ scaleSet: scaleSetId('rest0'), approvals: { before: 'rollout' } });
    await lab.host.advance(60_000);
    const id = await startCampaign(lab, [stageOf('rest', idsOf(rest), { concurrency: 1 })]);
    const busy = await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.succeeded === 2);
    expect(member(busy, 'rest0')).toMatchObject({
      code: 'scaleSetBusy',
      message: `rollout ${holder} holds it`,
    });
    await lab.send(holder, 'abort');
    expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'succeeded', scaleSets: { succeeded: 3 } });
  });
  // Feature [Campaigns] One pinned version for all scale sets of a campaign (M70)
  it('all take one version, also where the spec says latest and a newer one appears meanwhile', async () => {
    await using lab = await startLab({ scaleSets: all });
    const id = await startCampaign(lab, STAGES, { change: { image: { version: 'latest' } } });
    const { version } = await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.succeeded === 1);
    const newer = '22.04.202612240';
    lab.sim.publishImage({ version: newer });
    expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'succeeded', version });
    for (const { name } of all) expect(images(lab, name)).toEqual([version]);
    expect(version).not.toBe(newer);
  });
});

// Feature [Campaigns] Somebody else who uses up the reads of a subscription slows a campaign, and breaks nothing (issue 18)
it('begins nothing while somebody else uses up what Azure reads, and ends well beside one who takes four fifths', async () => {
  const sets = setsNamed('web', 3, 2);
  await using lab = await startLab({ scaleSets: sets });
  const hog = async (times: number): Promise<void> => {
    for (let sent = 0; sent < times; sent += 1) await lab.ports.compute.scaleSets(SUBSCRIPTION);
  };
  // Spread over the minute: what is read in one burst at its end has come back when the app looks.
  const minuteBeside = async (times: number): Promise<void> => {
    for (let tens = 0; tens < 6; tens += 1) {
      await lab.host.advance(10_000);
      await hog(times / 6);
    }
  };
  const id = await startCampaign(lab, [stageOf('all', idsOf(sets), { concurrency: 1 })]);
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.running === 1);
  await hog(1000);
  let crowded = 0;
  for (let minutes = 0; minutes < 15; minutes += 1) {
    await minuteBeside(360);
    const { members, scaleSets } = await campaignOf(lab, id);
    if (members.some(({ code }: Body) => code === 'throttling')) crowded += 1;
    expect(scaleSets.failed).toBe(0);
  }
  expect(crowded).toBeGreaterThan(3);
  for (let minutes = 0; minutes < 15; minutes += 1) {
    await minuteBeside(288);
  }
  expect(await campaignEnd(lab, id)).toMatchObject({
    phase: 'succeeded',
    scaleSets: { succeeded: 3, failed: 0 },
  });
});
