import { describe, expect, it } from 'vitest';
import { aRollout, SCALE_SET, upgrading, waitingForApproval } from './rollouts.ts';
import { runAgainst, seenOf } from './run.ts';
import { ok } from './scripted-app.ts';

const IDS = ['20261121-080000-32caec60', '20261121-070000-32cb0000', '20261120-060000-7f3c1111'] as const;
const NEWEST = 'GET /api/rollouts?top=100';
const ROLLOUTS = {
  [NEWEST]: [
    ok({
      value: [{ ...waitingForApproval(), id: IDS[0] }, aRollout({ id: IDS[1] }), aRollout({ id: IDS[2] })],
    }),
  ],
  'GET /api/rollouts?top=1': [ok({ value: [aRollout({ id: IDS[0] })] })],
};

describe('a rollout', () => {
  it.each([
    ['7f3c', IDS[2]],
    ['32ca', IDS[0]],
    ['20261120', IDS[2]],
    ['20261121-07', IDS[1]],
    ['@latest', IDS[0]],
    [IDS[1], IDS[1]],
  ])('is named by %s', async (named, id) => {
    const script = { ...ROLLOUTS, [`GET /api/rollouts/${id}`]: [ok(upgrading({ id }))] };
    const { code, out } = await runAgainst(script, ['status', named, '--query', 'id', '-o', 'tsv']);
    expect({ code, out }).toEqual({ code: 0, out: `${id}\n` });
  });

  // Feature [For a bad night] A rollout by the beginning of its id, or as @latest (CLI)
  it('is asked for once more where nothing begins so, and the newest is named', async () => {
    expect(await seenOf(ROLLOUTS, ['approve', '32cc'])).toMatchInlineSnapshot(`
      "exit 3
      --- stdout
      --- stderr
      error: no rollout starts with "32cc"; newest: 32caec60 (web, waiting)
      "
    `);
  });

  it('is asked for with the @ of @latest, and a scale set as one', async () => {
    expect(await seenOf(ROLLOUTS, ['status', 'latest'])).toContain(
      'error: no rollout starts with "latest"; did you mean @latest? newest: 32caec60 (web, waiting)\n',
    );
    expect(await seenOf({}, ['plan', 'web'])).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: plan ID shows the plan of a rollout, and "web" is no id of one; for a new plan: vmss-rollout plan --scale-set web --image-version latest
      "
    `);
  });

  it('is asked for once more where several begin so', async () => {
    expect(await seenOf(ROLLOUTS, ['abort', '32c'])).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: 2 rollouts start with "32c": 32caec60 (web, waiting), 32cb0000 (web, accepted)
      "
    `);
  });

  it('is not there before the first', async () => {
    const none = { 'GET /api/rollouts?top=1': [ok({ value: [] })] };
    expect(await seenOf(none, ['status', '@latest'])).toMatchInlineSnapshot(`
      "exit 3
      --- stdout
      --- stderr
      error: there are no rollouts yet
      "
    `);
  });

  it('with a whole id costs no further request', async () => {
    const line = `GET /api/rollouts/${IDS[0]}`;
    const { requests } = await runAgainst({ [line]: [ok(upgrading())] }, ['status', IDS[0]]);
    expect(requests.map((request) => request.line)).toEqual([line]);
  });
});

describe('a campaign', () => {
  const IDS_OF = ['c-20261121-080000-32caec60', 'c-20261121-070000-32cb0000'] as const;
  const counts = { total: 0, pending: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, rolledBack: 0 };
  const aCampaign = (id: string) => ({
    id,
    name: 'October image',
    phase: 'paused',
    requestedBy: 'ada',
    version: null,
    next: [],
    scaleSets: counts,
    stages: [],
    members: [],
  });
  const CAMPAIGNS = {
    'GET /api/campaigns?top=50': [ok({ value: IDS_OF.map((id) => aCampaign(id)) })],
    'GET /api/campaigns?top=1': [ok({ value: [aCampaign(IDS_OF[0])] })],
  };

  // Feature [Campaigns] A campaign by the beginning of its id, or as @latest (CLI)
  //   shown by: a campaign > is named by 32cb
  it.each([
    ['32cb', IDS_OF[1]],
    ['c-20261121-08', IDS_OF[0]],
    ['@latest', IDS_OF[0]],
    [IDS_OF[1], IDS_OF[1]],
  ])('is named by %s', async (name, id) => {
    const script = {
      ...CAMPAIGNS,
      [`GET /api/campaigns/${id}`]: [ok({ ...aCampaign(id), phase: 'succeeded' })],
      [`GET /api/campaigns/${id}/events`]: [ok({ value: [] })],
      [`POST /api/campaigns/${id}/pause`]: [ok(aCampaign(id))],
    };
    const shown = await runAgainst(script, ['campaigns', 'show', name, '--query', 'id', '-o', 'tsv']);
    expect(shown).toMatchObject({ code: 0, out: `${id}\n` });
    for (const words of [
      ['events', name],
      ['watch', name],
      ['pause', name, '--reason', 'x'],
    ]) {
      const { requests } = await runAgainst(script, ['campaigns', ...words]);
      expect(requests.at(-1)?.line).toContain(`/api/campaigns/${id}`);
    }
  });

  it.each([
    ['show', '32cc', CAMPAIGNS],
    ['abort', '32c', CAMPAIGNS],
    ['watch', '@latest', { 'GET /api/campaigns?top=1': [ok({ value: [] })] }],
  ])('of %s %s is asked for once more', async (verb, name, script) => {
    expect(await seenOf(script, ['campaigns', verb, name])).toMatchSnapshot();
  });
});

describe('a scale set', () => {
  const named = (group: string, name: string) => ({
    id: `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`,
    subscriptionId: 's',
    resourceGroup: group,
    name,
    location: 'westeurope',
    zones: [],
    vmSize: 'Standard_D2s_v5',
    capacity: 3,
    orchestrationMode: 'Uniform',
    upgradePolicy: 'Manual',
    image: null,
    provisioningState: 'Succeeded',
    heldBy: null,
  });
  const value = [named('shop', 'web'), named('shop', 'api'), named('bank', 'api')];
  const SETS = { 'GET /api/scale-sets': [ok({ value })] };

  it.each([
    ['web', value[0]?.id],
    ['WEB', value[0]?.id],
    ['bank/api', value[2]?.id],
    [SCALE_SET, SCALE_SET],
  ])('is named by %s', async (name, id) => {
    const { requests } = await runAgainst(SETS, ['start', '--scale-set', name]);
    expect(requests.at(-1)).toMatchObject({ line: 'POST /api/rollouts', body: { scaleSet: id } });
  });

  it('of a name that nobody has is asked for once more', async () => {
    expect(await seenOf(SETS, ['list', '--scale-set', 'wbe'])).toMatchInlineSnapshot(`
      "exit 3
      --- stdout
      --- stderr
      error: no scale set is called "wbe"; did you mean web?
      "
    `);
  });

  it('of a name that several have is asked for with its group', async () => {
    expect(await seenOf(SETS, ['plan', '--scale-set', 'api'])).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: 2 scale sets are called "api"; name one as GROUP/NAME: shop/api, bank/api
      "
    `);
  });
});

describe('names of others', () => {
  // Feature [For a bad night] Hostile names are shown as text in the terminal (CLI)
  it('are shown as text: escapes, line breaks and marks that turn the direction of writing', async () => {
    const reason = 'a\u001B[2J\u0007 b\nc \u202Egnp.exe \u200F<b> \u2028d';
    const script = { 'GET /api/rollouts?top=20': [ok({ value: [aRollout({ reason })] })] };
    expect(await seenOf(script, ['list'])).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      Id                        ScaleSet  Phase     Upgraded  Created               Reason
      ------------------------  --------  --------  --------  --------------------  -----------------------------------------------
      20261120-100000-0000a001  web       accepted            2026-11-20T10:00:00Z  a\\u001b[2J\\u0007 b c \\u202egnp.exe \\u200f<b>  d
      --- stderr
      "
    `);
  });
});
