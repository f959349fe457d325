import { expect, it } from 'vitest';
import { runAgainst, seenOf } from './run.ts';
import { ok, problem } from './scripted-app.ts';

const NAME = 'web-monthly';
const SET = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web';

const STANDING = {
  name: NAME,
  schedule: { enabled: true },
  number: 3,
  by: 'ada',
  at: '2026-11-21T08:00:00.000Z',
  lookedAt: null,
  looksNext: '2026-11-21T09:00:00.000Z',
};

it('lists schedules', async () => {
  const told = await seenOf({ 'GET /api/schedules': [ok({ value: [STANDING] })] }, ['schedules', 'list']);
  expect(told).toContain('web-monthly  3        ada');
  expect(told).toContain('2026-11-21T09:00:00.000Z');
});

it('explains what would become of each set', async () => {
  const decided = {
    scaleSet: SET,
    ring: null,
    outcome: 'waits',
    code: 'tooYoung',
    message: 'too young',
    passedOver: [{ version: '1.2.0', code: 'deprecated', message: 'deprecated' }],
  };
  const body = {
    name: NAME,
    lookedAt: null,
    looksNext: STANDING.looksNext,
    window: null,
    scaleSets: [decided],
  };
  const told = await seenOf({ [`GET /api/schedules/${NAME}/explanation`]: [ok(body)] }, [
    'schedules',
    'explain',
    NAME,
  ]);
  expect(told).toContain('looksNext  2026-11-21T09:00:00.000Z');
  expect(told).toMatch(/web +waits +too young; passes over 1\.2\.0: deprecated/);
});

it.each([
  [
    'over the version that stands',
    { status: 200, body: STANDING, headers: { etag: '"schedule-3"' } },
    '"schedule-3"',
  ],
  ['as a new one', problem(404, 'scheduleNotFound', 'there is no schedule "web-monthly"'), '"schedule-0"'],
])('sets a schedule %s', async (_, found, ifMatch) => {
  const path = `/api/schedules/${NAME}`;
  const script = { [`GET ${path}`]: [found], [`PUT ${path}`]: [ok({ name: NAME, schedule: {} })] };
  const argv = ['schedules', 'set', NAME, '-', '--reason', 'monthly'];
  const { code, requests } = await runAgainst(script, argv, { stdin: '{"channel":"previous"}' });
  expect(code).toBe(0);
  expect(requests[1]).toMatchObject({
    line: `PUT ${path}`,
    ifMatch,
    body: { schedule: { channel: 'previous' }, reason: 'monthly' },
  });
});

it('releases a version with a reason', async () => {
  const script = { [`POST /api/schedules/${NAME}/release`]: [ok({ value: [] })] };
  const argv = ['schedules', 'release', NAME, '22.04.1'];
  expect((await runAgainst(script, argv)).code).toBe(2);
  const { code, requests } = await runAgainst(script, [...argv, '--reason', 'not the image']);
  expect(code).toBe(0);
  expect(requests[0]?.body).toEqual({ version: '22.04.1', reason: 'not the image' });
});
