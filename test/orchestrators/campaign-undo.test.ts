import { describe, expect, it } from 'vitest';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { all, canary, images, member, patchedLast, rest, STAGES } from '../lab/campaign-sets.ts';
import { campaignEnd, campaignOf, commandCampaign, idsOf, stageOf, startCampaign } from '../lab/campaigns.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { writes } from '../lab/judge.ts';

async function undo(lab: Lab, id: string, body: object = {}, headers: Record<string, string> = {}) {
  return lab.call('POST', `/campaigns/${id}/undo`, body, headers);
}

describe('a campaign that has ended', () => {
  // Feature [Campaigns] Undo of a campaign after its end, the last stage first (new 1)
  it('is undone by another one, the last stage first, and none below its floor', async () => {
    await using lab = await startLab({ scaleSets: all });
    const id = await startCampaign(lab, STAGES);
    expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'succeeded', next: [{ command: 'undo' }] });
    const undone = await undo(lab, id, { reason: 'latency' });
    expect(undone).toMatchObject({ status: 202, body: { rollbackOf: id, reason: 'latency' } });
    expect(undone.headers.get('location')).toBe(`/api/campaigns/${undone.body.id}`);
    const ended = await campaignEnd(lab, undone.body.id);
    expect(ended).toMatchObject({ phase: 'rolledBack', scaleSets: { rolledBack: 4, failed: 0 }, next: [] });
    for (const { name, count } of all) {
      expect(images(lab, name)).toEqual([OLD]);
      expect(belowFloor(lab.log, count - 1, name)).toEqual([]);
    }
    const later = rest.map(({ name }) => patchedLast(lab, name));
    expect(patchedLast(lab, 'canary0')).toBeGreaterThan(Math.max(...later));
    // The one that was undone says what it did.
    expect(await campaignOf(lab, id)).toMatchObject({ phase: 'succeeded', scaleSets: { succeeded: 4 } });
  });

  it('is undone once, however often it is asked for with a key', async () => {
    await using lab = await startLab({ scaleSets: canary });
    const id = await startCampaign(lab, [stageOf('canary', idsOf(canary))]);
    await campaignEnd(lab, id);
    const key = { 'idempotency-key': 'back' };
    const first = await undo(lab, id, {}, key);
    expect((await undo(lab, id, {}, key)).body.id).toBe(first.body.id);
    await campaignEnd(lab, first.body.id);
    expect((await lab.call('GET', '/rollouts')).body.value).toHaveLength(2);
  });

  it('leaves alone what it has not changed', async () => {
    const faults = [{ kind: 'badImage' as const, version: NEW, scaleSet: 'rest1' }];
    await using lab = await startLab({ scaleSets: rest, faults });
    const id = await startCampaign(lab, [stageOf('rest', idsOf(rest), { minSuccessPercent: 50 })]);
    const ended = await campaignEnd(lab, id);
    expect(ended.scaleSets).toMatchObject({ succeeded: 2, failed: 1 });
    const { body } = await undo(lab, id);
    const back = await campaignEnd(lab, body.id);
    expect(back.members.map(({ scaleSet }: Body) => scaleSet)).toEqual(idsOf([rest[0], rest[2]] as never));
    expect(member(ended, 'rest1')).toMatchObject({ phase: 'failed', code: 'rolledBack' });
  });

  it.each([
    ['has not ended', STAGES, 409],
    ['has changed nothing', [stageOf('none', idsOf([{ name: 'gone' }]))], 409],
  ])('is not undone while it %s', async (what, stages, status) => {
    await using lab = await startLab({ scaleSets: all });
    const id = await startCampaign(lab, stages);
    if (what === 'has changed nothing') await campaignEnd(lab, id);
    expect((await undo(lab, id)).status).toBe(status);
  });
});

describe('the approval of a stage', () => {
  // Feature [Campaigns] A stage's approval may be rejected, which ends the campaign (M68, H46)
  it('is rejected by somebody, and the campaign ends with what it has done', async () => {
    await using lab = await startLab({ scaleSets: all });
    const gated = stageOf('rest', idsOf(rest), { approval: {} });
    const id = await startCampaign(lab, [stageOf('canary', idsOf(canary)), gated]);
    await lab.host.runUntil(async () => (await campaignOf(lab, id)).phase === 'waiting', {
      maxVirtualMs: 86_400_000,
    });
    expect((await commandCampaign(lab, id, 'reject', { body: { stage: 0 } })).status).toBe(409);
    const before = writes(lab.log).length;
    await commandCampaign(lab, id, 'reject', {
      body: { stage: 1, reason: 'not before Monday' },
      user: 'linus',
    });
    const ended = await campaignEnd(lab, id);
    expect(ended).toMatchObject({
      phase: 'rejected',
      failure: { code: 'rejected', message: 'linus rejected stage rest', stage: 1 },
      scaleSets: { succeeded: 1, pending: 3 },
    });
    expect(writes(lab.log)).toHaveLength(before);
  });
});
