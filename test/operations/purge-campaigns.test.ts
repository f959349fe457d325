import { describe, expect, it } from 'vitest';
import { canary } from '../lab/campaign-sets.ts';
import { campaignEnd, commandCampaign, idsOf, IMAGE, stageOf, startCampaign } from '../lab/campaigns.ts';
import { kept } from '../lab/kept.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { DAY, purge } from '../lab/purge.ts';

const STAGES = [stageOf('canary', idsOf(canary))];

/** Names of all that is kept of a campaign, but for its rollouts and the audit. */
const remains = async (lab: Lab, id: string): Promise<readonly string[]> =>
  [...(await kept(lab.store))]
    .filter(([name, value]) => `${name} ${JSON.stringify(value)}`.includes(id))
    .map(([name]) => name)
    .filter((name) => !/^(?:rollouts|index|switches|leases)\//.test(name) && !name.includes('snapshot'));

/** One that has ended, by a key, with a start that was called off. */
async function ended(lab: Lab): Promise<string> {
  const body = { name: 'October image', change: IMAGE, stages: STAGES };
  const started = await lab.call('POST', '/campaigns', body, { 'idempotency-key': 'october' });
  const { id } = started.body;
  await campaignEnd(lab, id);
  await lab.host.advance(60_000);
  return id;
}

describe('after ninety days', () => {
  // Feature [Retention] An ended campaign is purged with all that is kept of it, and its workflow's history (issue 18)
  it('nothing is left of a campaign that has ended, and its key is free', async () => {
    await using lab = await startLab({ scaleSets: canary });
    const id = await ended(lab);
    await lab.host.advance(89 * DAY);
    await purge(lab);
    expect((await lab.call('GET', `/campaigns/${id}`)).status).toBe(200);
    await lab.host.advance(2 * DAY);
    await purge(lab);
    expect((await lab.call('GET', `/campaigns/${id}`)).status).toBe(404);
    expect((await lab.call('GET', '/campaigns')).body.value).toEqual([]);
    expect(lab.host.history(id)).toEqual([]);
    expect(await remains(lab, id)).toEqual([]);
    const again = await lab.call(
      'POST',
      '/campaigns',
      { name: 'another', change: IMAGE, stages: STAGES },
      { 'idempotency-key': 'october' },
    );
    expect(again.status).toBe(202);
    expect(again.body.id).not.toBe(id);
  });

  it('a campaign that has not ended stays, and one that has ended lately', async () => {
    await using lab = await startLab({ scaleSets: canary });
    const id = await startCampaign(lab, [
      stageOf('canary', idsOf(canary), { approval: { timeoutSeconds: 30 * 86_400 } }),
    ]);
    await lab.host.advance(60_000);
    await commandCampaign(lab, id, 'pause');
    await lab.host.advance(100 * DAY);
    await purge(lab);
    expect(await lab.call('GET', `/campaigns/${id}`)).toMatchObject({
      status: 200,
      body: { phase: 'paused' },
    });
    await commandCampaign(lab, id, 'abort');
    await campaignEnd(lab, id);
    await lab.host.advance(60_000);
    await purge(lab);
    expect((await lab.call('GET', `/campaigns/${id}`)).status).toBe(200);
  });

  // Feature [Retention] A purge of a campaign that dies anywhere is completed by the next one (issue 18)
  it('a purge that dies anywhere leaves all of a campaign or none of it, and the next one completes it', async () => {
    const calls = await callsOfPurge();
    expect(calls).toBeGreaterThan(10);
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        await using lab = await startLab({ scaleSets: canary });
        const id = await endedEarly(lab);
        await lab.host.advance(91 * DAY);
        lab.store.fail({ call: lab.store.calls.length + call, when, forGood: true });
        await purge(lab).catch(() => undefined);
        lab.store.heal();
        const halfway = await lab.call('GET', `/campaigns/${id}`);
        expect([200, 404]).toContain(halfway.status);
        if (halfway.status === 200) expect(halfway.body.members).toHaveLength(1);
        await purge(lab);
        await purge(lab);
        expect({ call, when, left: await remains(lab, id) }).toEqual({ call, when, left: [] });
      }
    }
  });
});

/** One that was aborted before it had begun anything. */
async function endedEarly(lab: Lab): Promise<string> {
  const id = await startCampaign(lab, [stageOf('canary', idsOf(canary), { approval: {} })]);
  await lab.host.advance(60_000);
  await commandCampaign(lab, id, 'abort');
  await campaignEnd(lab, id);
  await lab.host.advance(60_000);
  return id;
}

async function callsOfPurge(): Promise<number> {
  await using lab = await startLab({ scaleSets: canary });
  await endedEarly(lab);
  await lab.host.advance(91 * DAY);
  const from = lab.store.calls.length;
  await purge(lab);
  return lab.store.calls.length - from;
}
