import { describe, expect, it } from 'vitest';
import { denialOf } from '../../src/core/access/rights.ts';
import {
  campaignOf,
  commandCampaign,
  idsOf,
  IMAGE,
  setsNamed,
  stageOf,
  startCampaign,
} from '../lab/campaigns.ts';
import { startLab } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';

const sets = setsNamed('web', 2, 2);
const STAGES = [stageOf('all', idsOf(sets))];
const SPEC = { name: 'October image', change: IMAGE, stages: STAGES };

describe('the API of campaigns', () => {
  // Feature [Campaigns] A campaign is started once, however often it is asked for with its key (M68, new 18)
  it('starts one campaign for a key, and refuses the key for another', async () => {
    await using lab = await startLab({ scaleSets: sets });
    const key = { 'idempotency-key': 'october' };
    const first = await lab.call('POST', '/campaigns', SPEC, key);
    expect(first).toMatchObject({ status: 202 });
    expect(first.headers.get('location')).toBe(`/api/campaigns/${first.body.id}`);
    const again = await lab.call('POST', '/campaigns', SPEC, key);
    expect(again.body.id).toBe(first.body.id);
    expect(await lab.call('POST', '/campaigns', { ...SPEC, name: 'other' }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotencyKeyReused' },
    });
    const { body } = await lab.call('GET', '/campaigns');
    expect(body.value.map(({ id }: Body) => id)).toEqual([first.body.id]);
  });

  it.each([
    ['an unknown field', { ...SPEC, colour: 'red' }, 'colour'],
    [
      'an unknown field of a stage',
      { ...SPEC, stages: [{ ...STAGES[0], colour: 'red' }] },
      'stages.0.colour',
    ],
    [
      'a group without scale sets',
      { ...SPEC, stages: [{ name: 's', groups: [{ name: 'g' }] }] },
      'stages.0.groups.0.scaleSets',
    ],
    ['two stages of one name', { ...SPEC, stages: [STAGES[0], STAGES[0]] }, 'stages'],
    ['an id that is none', { ...SPEC, exclude: ['web'] }, 'exclude.0'],
  ])('refuses %s by its path', async (_, spec, path) => {
    await using lab = await startLab({ scaleSets: sets });
    for (const where of ['/campaigns', '/campaign-plans']) {
      const { status, body } = await lab.call('POST', where, spec);
      expect({ where, status, paths: body.errors?.map((one: Body) => one.path) }).toEqual({
        where,
        status: 400,
        paths: [path],
      });
    }
  });

  it.each([
    ['skip', {}, 400, 'scaleSets'],
    ['skip', { scaleSets: [idsOf([{ name: 'gone' }])[0]] }, 400, 'scaleSets.0'],
    ['pause', { stage: 0 }, 400, 'stage'],
    ['approve', {}, 409, undefined],
    ['retry', {}, 409, undefined],
    ['resume', {}, 409, undefined],
  ])('takes no %s of %o', async (command, body, status, path) => {
    await using lab = await startLab({ scaleSets: sets });
    const id = await startCampaign(lab, STAGES);
    await lab.host.advance(60_000);
    const reply = await commandCampaign(lab, id, command, { body });
    expect(reply.status).toBe(status);
    expect(reply.body.errors?.[0]?.path).toBe(path);
    if (status === 409) expect(reply.body.remedy).toContain(`vmss-rollout campaigns pause ${id}`);
  });

  // Feature [Campaigns] Who started and steered a campaign, and why, stands in the audit (T88)
  it('writes who did what into the audit', async () => {
    await using lab = await startLab({ scaleSets: sets });
    const id = await startCampaign(lab, STAGES, { reason: 'CVE' });
    await lab.host.advance(60_000);
    await commandCampaign(lab, id, 'pause', { user: 'linus', body: { reason: 'alerts' } });
    const { body } = await lab.call('GET', '/audit');
    const acts = body.value.filter(({ kind }: Body) => kind.startsWith('campaign'));
    expect(acts.map(({ kind, by, message }: Body) => [kind, by, message])).toEqual(
      expect.arrayContaining([
        ['campaignIntended', 'ada', `about to start campaign ${id}, "October image", of 1 stage: CVE`],
        ['campaignCommandIntended', 'linus', `about to take the command pause for campaign ${id}: alerts`],
      ]),
    );
    const { body: events } = await lab.call('GET', `/campaigns/${id}/events`);
    expect(events.value.map(({ message }: Body) => message)).toContain('2 scale sets in the campaign');
  });

  it('shows no secret of the change', async () => {
    await using lab = await startLab({ scaleSets: sets });
    const secret = 'hunter2-hunter2';
    const change = { extensions: [{ name: 'app', protectedSettings: { key: secret } }] };
    const id = await startCampaign(lab, STAGES, { change });
    expect(JSON.stringify(await campaignOf(lab, id))).not.toContain(secret);
    const head = lab.store.peek({ table: 'campaigns', partition: id, row: 'head' });
    expect(JSON.stringify(head)).not.toContain(secret);
  });
});

describe('the rights of a campaign', () => {
  const grants = [
    { role: 'operator' as const, scopes: ['/subscriptions/00000000-0000-4000-8000-000000000001'] },
  ];
  const scoped = { kind: 'user' as const, name: 'grace', roles: [], grants };

  it('take a role that counts everywhere', () => {
    for (const act of ['read', 'start', 'plan', 'pause', 'rollback'] as const) {
      expect(denialOf(act, scoped, {})).toBeDefined();
      expect(denialOf(act, { ...scoped, grants: [{ role: 'operator' }] }, {})).toBeUndefined();
    }
  });

  it('let a requester steer their own, and not those of others', () => {
    const requester = { kind: 'user' as const, name: 'grace', roles: ['requester' as const] };
    expect(denialOf('rollback', requester, { requestedBy: 'grace' })).toBeUndefined();
    expect(denialOf('rollback', requester, { requestedBy: 'ada' })).toBeDefined();
  });
});
