import { expect, it } from 'vitest';
import { runAgainst, seenOf } from './run.ts';
import { ok, problem } from './scripted-app.ts';

const SETTINGS = {
  hosts: ['hooks.example.com'],
  targets: [{ kind: 'teams', name: 'on-call', urlFrom: 'ROLLOUT_NOTICE_TEAMS' }],
  routes: [{ targets: ['on-call'], kinds: ['failed'], labels: { team: 'shop' } }],
};
const ID = '20261130-081500-1a2b3c4d.00000012-20261130082107000-5feceb66ffc8.0:pager';
const stands = { status: 200, body: { settings: SETTINGS, versions: [] }, headers: { etag: '"notices-4"' } };

it('shows who gets which notices', async () => {
  const told = await seenOf({ 'GET /api/notices': [stands] }, ['notices', 'show']);
  expect(told).toContain('hooks.example.com');
  expect(told).toMatch(/on-call +teams +ROLLOUT_NOTICE_TEAMS/);
  expect(told).toMatch(/on-call +failed +team=shop/);
});

it('sets it over what it has read, once', async () => {
  const script = { 'GET /api/notices': [stands], 'PUT /api/notices': [ok({ settings: SETTINGS })] };
  const argv = ['notices', 'set', '-', '--reason', 'the new pager'];
  const { code, requests } = await runAgainst(script, argv, { stdin: JSON.stringify(SETTINGS) });
  expect(code).toBe(0);
  expect(requests[1]).toMatchObject({
    line: 'PUT /api/notices',
    ifMatch: '"notices-4"',
    body: { settings: SETTINGS, reason: 'the new pager' },
  });
});

it('says so when somebody else was faster', async () => {
  const moved = problem(412, 'noticesMoved', 'the settings of notices have changed since you read them');
  const script = { 'GET /api/notices': [stands], 'PUT /api/notices': [moved] };
  const told = await seenOf(script, ['notices', 'set', '-'], { stdin: JSON.stringify(SETTINGS) });
  expect(told).toContain('exit 1');
  expect(told).toContain('noticesMoved');
});

// Feature [Notices] Dead letters from the command line: listed with why, sent again by id (issue 18)
it('lists what was given up, and why', async () => {
  const letter = {
    id: ID,
    notice: ID.slice(0, ID.indexOf(':')),
    target: 'pager',
    rollout: '20261130-081500-1a2b3c4d',
    kind: 'ended',
    at: '2026-11-30T08:21:07.000Z',
    tries: 12,
    last: { at: '2026-11-30T13:21:07.000Z', code: 'http503' },
  };
  const script = { 'GET /api/notices/dead-letters?top=100': [ok({ value: [letter] })] };
  const told = await seenOf(script, ['notices', 'dead-letters']);
  expect(told).toContain(ID);
  expect(told).toMatch(/ended +pager +12 +http503/);
});

it('sends one again', async () => {
  const script = { [`POST /api/notices/dead-letters/${encodeURIComponent(ID)}/resend`]: [ok({ id: ID })] };
  const argv = ['notices', 'resend', ID, '--reason', 'it is back'];
  const { code, requests } = await runAgainst(script, argv);
  expect([code, requests[0]?.body]).toEqual([0, { reason: 'it is back' }]);
});

it('says that there is no such letter', async () => {
  const script = {
    [`POST /api/notices/dead-letters/none/resend`]: [
      problem(404, 'notFound', 'there is no dead letter none'),
    ],
  };
  expect(await seenOf(script, ['notices', 'resend', 'none'])).toContain('exit 3');
});
