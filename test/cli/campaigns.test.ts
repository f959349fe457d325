import { expect, it } from 'vitest';
import { runAgainst, seenOf } from './run.ts';
import { ok } from './scripted-app.ts';

const ID = 'c-20261121-080000-32caec60';
const SET = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web';
const counts = { total: 2, pending: 0, running: 1, succeeded: 1, failed: 0, skipped: 0, rolledBack: 0 };
const stage = {
  index: 0,
  name: 'canary',
  phase: 'running',
  scaleSets: counts,
  minSuccessPercent: 100,
  allowedFailures: 0,
  startedAt: null,
  endedAt: null,
  approvedBy: [],
};

const campaign = (more: object = {}) => ({
  id: ID,
  name: 'October image',
  phase: 'running',
  requestedBy: 'ada',
  reason: null,
  labels: {},
  createdAt: '2026-11-21T08:00:00.000Z',
  startedAt: null,
  endedAt: null,
  version: '22.04.202611010',
  stage: 0,
  next: [{ command: 'pause' }],
  scaleSets: counts,
  change: {},
  stages: [stage],
  members: [
    { scaleSet: SET, stage: 0, group: 'all', phase: 'running', rolloutId: '20261121-080000-7f3c1111' },
  ],
  ...more,
});

// Feature [Campaigns] Campaigns on the command line: start, plan, list, show, watch and every command (CLI)
it('shows a campaign with its stages and scale sets', async () => {
  const told = await seenOf({ [`GET /api/campaigns/${ID}`]: [ok(campaign())] }, ['campaigns', 'show', ID]);
  expect(told).toMatch(/version +22\.04\.202611010/);
  expect(told).toMatch(/0 +canary +running +1\/2 +0 +0/);
  expect(told).toMatch(/web +0 +all +running +20261121-080000-7f3c1111/);
});

it.each([
  ['succeeded', { phase: 'succeeded' }, 0],
  ['rolled back', { phase: 'rolledBack' }, 4],
  ['halted', { phase: 'halted' }, 1],
  ['refused', { phase: 'refused' }, 6],
  ['aborted', { phase: 'cancelled' }, 7],
  ['paused by a failure', { phase: 'paused', paused: { by: null, since: '2026-11-21T08:00:00Z' } }, 9],
])('watches a campaign until it is %s', async (_, end, wanted) => {
  const script = { [`GET /api/campaigns/${ID}`]: [ok(campaign()), ok(campaign(end))] };
  const { code, err, slept } = await runAgainst(script, ['campaigns', 'watch', ID]);
  expect(code).toBe(wanted);
  expect(slept).toHaveLength(1);
  expect(err).toContain('running: 1 of 2 scale sets done');
});

it('waits no longer than it may, and the campaign continues', async () => {
  const script = { [`GET /api/campaigns/${ID}`]: Array.from({ length: 9 }, () => ok(campaign())) };
  const { code, err } = await runAgainst(script, ['campaigns', 'watch', ID, '--timeout', '30']);
  expect(code).toBe(5);
  expect(err).toContain(`campaign ${ID} continues`);
});

it('starts a campaign from a file', async () => {
  const script = { 'POST /api/campaigns': [{ status: 202, body: campaign() }] };
  const { code, requests } = await runAgainst(script, ['campaigns', 'start', '-'], { stdin: '{"name":"x"}' });
  expect(code).toBe(0);
  expect(requests[0]?.body).toEqual({ name: 'x' });
});

it.each([
  ['pause', [], {}],
  ['resume', [], {}],
  ['approve', ['--stage', '1'], { stage: 1 }],
  ['skip', ['--scale-set', SET], { scaleSets: [SET] }],
  ['retry', [], {}],
  ['reject', ['--stage', '1'], { stage: 1 }],
  ['undo', [], {}],
  ['abort', [], {}],
  ['rollback', [], {}],
])('sends %s', async (command, flags, body) => {
  const script = { [`POST /api/campaigns/${ID}/${command}`]: [{ status: 202, body: campaign() }] };
  const argv = ['campaigns', command, ID, ...flags, '--reason', 'alerts'];
  const { code, requests } = await runAgainst(script, argv);
  expect(code).toBe(0);
  expect(requests[0]?.body).toEqual({ reason: 'alerts', ...body });
});

it('shows what a campaign would do', async () => {
  const plan = {
    name: 'x',
    version: '22.04.202611010',
    total: 2,
    skipped: 1,
    planned: 1,
    refused: 0,
    hidden: 0,
    stages: [
      {
        index: 0,
        name: 'canary',
        concurrency: 1,
        allowedFailures: 0,
        needsApproval: false,
        soakSeconds: 0,
        expectedSeconds: 5400,
        scaleSets: [
          {
            scaleSet: SET,
            group: 'all',
            skipped: false,
            plan: { instances: 20, batches: 5, seconds: 5400 },
          },
          { scaleSet: `${SET}2`, group: 'all', skipped: true, reason: 'is a Flexible scale set' },
        ],
      },
    ],
  };
  const { out } = await runAgainst({ 'POST /api/campaign-plans': [ok(plan)] }, ['campaigns', 'plan', '-'], {
    stdin: '{}',
  });
  expect(out).toMatch(/canary +about 1:30:00/);
  expect(out).toMatch(/canary +all +web +20 +5/);
  expect(out).toMatch(/canary +all +web2 +skipped +is a Flexible scale set/);
});

it('shows what happened to a campaign', async () => {
  const value = [
    { sequence: 1, time: '2026-11-21T08:00:00Z', message: 'started', by: 'ada' },
    { sequence: 2, time: '2026-11-21T08:05:00Z', message: 'succeeded', stage: 0, scaleSet: SET },
  ];
  const script = { [`GET /api/campaigns/${ID}/events`]: [ok({ value })] };
  expect(await seenOf(script, ['campaigns', 'events', ID])).toMatchInlineSnapshot(`
    "exit 0
    --- stdout
    Time                  Stage  ScaleSet  By   What
    --------------------  -----  --------  ---  ---------
    2026-11-21T08:00:00Z                   ada  started
    2026-11-21T08:05:00Z  0      web            succeeded
    --- stderr
    "
  `);
});
