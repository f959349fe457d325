import { describe, expect, it } from 'vitest';
import { all, canary, rest } from '../lab/campaign-sets.ts';
import {
  campaignEnd,
  commandCampaign,
  idsOf,
  stageOf,
  startCampaign,
  untilCampaign,
} from '../lab/campaigns.ts';
import { NEW, scaleSetId } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';
import { eventsOf, startNoticeLab } from '../lab/notices.ts';
import type { NoticeLab } from '../lab/notices.ts';

/** What was sent of campaigns, in the order in which it happened. */
const ofCampaigns = ({ receiver }: NoticeLab): readonly Body[] =>
  eventsOf(receiver.received).filter(({ data }: Body) => data.campaign !== undefined);

const kinds = (events: readonly Body[]): readonly string[] => events.map(({ data }) => data.kind);

const gated = [
  stageOf('canary', idsOf(canary)),
  stageOf('rest', idsOf(rest), { concurrency: 3, approval: {} }),
];

describe('notices of a campaign', () => {
  // Feature [Notices] Every phase change, approval request and end of a campaign as a signed CloudEvent (features 77, issue 18)
  it('tell of each phase in an unbroken chain, of the approval and of the end', async () => {
    await using notices = await startNoticeLab({ scaleSets: all });
    const { lab } = notices;
    const more = { reason: 'patch day', labels: { team: 'shop' } };
    const id = await startCampaign(lab, gated, more);
    await untilCampaign(lab, id, ({ phase }) => phase === 'waiting');
    await commandCampaign(lab, id, 'approve', { user: 'linus' });
    await campaignEnd(lab, id);
    for (let rounds = 0; rounds < 4; rounds += 1) await notices.deliver();
    const events = ofCampaigns(notices);
    for (const event of events)
      expect(event).toMatchObject({
        type: `vmss-rollout.${event.data.kind}`,
        source: `/campaigns/${id}`,
        subject: `campaigns/${id}`,
        data: {
          campaign: id,
          name: 'October image',
          page: `https://rollouts.example/api/dashboard/campaigns/${id}`,
          ...more,
        },
      });
    const phases = events.filter(({ data }) => ['phaseChanged', 'ended'].includes(data.kind));
    for (const [index, { data }] of phases.entries()) expect(data.before).toBe(phases[index - 1]?.data.phase);
    expect(phases.map(({ data }) => data.phase)).toEqual([
      'accepted',
      'running',
      'waiting',
      'running',
      'succeeded',
    ]);
    const requests = events.filter(({ data }) => data.kind === 'approvalRequested');
    expect(requests.map(({ data }) => [data.stage, typeof data.until])).toEqual([[1, 'string']]);
  });

  // Feature [Notices] Reminders and an escalation of a campaign that waits for somebody (features 77, issue 18)
  it('remind of a stage that waits, each time once, and then escalate', async () => {
    await using notices = await startNoticeLab({ scaleSets: all });
    const { lab, receiver } = notices;
    const id = await startCampaign(lab, gated);
    await untilCampaign(lab, id, ({ phase }) => phase === 'waiting');
    await notices.deliver();
    const toldAfter = async (minutes: number): Promise<readonly string[]> => {
      receiver.received.length = 0;
      await lab.host.advance(minutes * 60_000);
      for (let looks = 0; looks < 2; looks += 1) await lab.host.fireTimer('reviveRollouts');
      await notices.deliver();
      return kinds(ofCampaigns(notices)).toSorted();
    };
    expect(await toldAfter(50)).toEqual([]);
    expect(await toldAfter(11)).toEqual(['reminder']);
    expect(await toldAfter(10)).toEqual([]);
    expect(await toldAfter(180)).toEqual(['escalation', 'reminder']);
    await commandCampaign(lab, id, 'reject', { user: 'linus' });
    await campaignEnd(lab, id);
    expect(await toldAfter(600)).toEqual(['ended', 'failed']);
  });

  // Feature [Notices] Failures and recoveries of a campaign (features 77, issue 18)
  it('tell of a budget that is spent, and of a campaign that goes on', async () => {
    const faults = [{ kind: 'badImage' as const, version: NEW, scaleSet: 'canary0' }];
    await using notices = await startNoticeLab({ scaleSets: all, faults });
    const { lab, receiver } = notices;
    const id = await startCampaign(lab, gated);
    await untilCampaign(lab, id, ({ phase }) => phase === 'paused');
    for (let rounds = 0; rounds < 4; rounds += 1) await notices.deliver();
    const failed = ofCampaigns(notices).filter(({ data }) => data.kind === 'failed');
    expect(failed.map(({ data }) => [data.code, data.stage])).toEqual([['budgetSpent', 0]]);
    receiver.received.length = 0;
    await commandCampaign(lab, id, 'retry');
    await untilCampaign(lab, id, ({ phase }) => phase === 'running');
    for (let rounds = 0; rounds < 4; rounds += 1) await notices.deliver();
    expect(kinds(ofCampaigns(notices))).toEqual(['recovered', 'phaseChanged']);
  });

  // Feature [Notices] A campaign's notices go by its scale sets, its labels and their kind (features 77)
  //   shown by: notices of a campaign > go where a route leads of its label
  it.each([
    ['one of its scale sets', { scopes: [scaleSetId('rest1')] }, true],
    ['another scale set', { scopes: [scaleSetId('web')] }, false],
    ['its label', { labels: { team: 'shop' } }, true],
    ['another label', { labels: { team: 'pay' } }, false],
    ['ends alone', { kinds: ['ended'] }, true],
    ['escalations alone', { kinds: ['escalation'] }, false],
  ])('go where a route leads of %s', async (_, route, isTold) => {
    const settings = (origin: string): object => ({
      targets: [{ kind: 'webhook', name: 'hook', url: `${origin}/hook`, secret: 'ROLLOUT_NOTICE_HOOK' }],
      routes: [{ targets: ['hook'], ...route }],
    });
    await using notices = await startNoticeLab({ scaleSets: rest, settings });
    const { lab } = notices;
    const labels = { team: 'shop' };
    const id = await startCampaign(lab, [stageOf('rest', idsOf(rest))], { labels });
    await lab.host.advance(60_000);
    await commandCampaign(lab, id, 'abort');
    await campaignEnd(lab, id);
    for (let rounds = 0; rounds < 4; rounds += 1) await notices.deliver();
    expect(kinds(ofCampaigns(notices)).includes('ended')).toBe(isTold);
  });

  it('tell that its workflow was lost and is started again, and nothing is followed after its end', async () => {
    await using notices = await startNoticeLab({ scaleSets: canary });
    const { lab } = notices;
    const id = await startCampaign(lab, [stageOf('canary', idsOf(canary), { approval: {} })]);
    await untilCampaign(lab, id, ({ phase }) => phase === 'waiting');
    lab.host.client.terminate(id, 'lost');
    await lab.host.advance(60_000);
    await lab.host.fireTimer('reviveRollouts');
    await notices.deliver();
    expect(kinds(ofCampaigns(notices))).toContain('recovered');
    await commandCampaign(lab, id, 'approve', { user: 'linus' });
    await campaignEnd(lab, id);
    await lab.host.advance(60_000);
    for (let rounds = 0; rounds < 4; rounds += 1) await notices.deliver();
    expect((await lab.store.documents.list('notices', 'following')).map(({ row }) => row)).not.toContain(id);
  });
});
