import { expect, it } from 'vitest';
import { runAgainst } from './run.ts';
import { ok } from './scripted-app.ts';

const none = { p50: 0, p90: 0, p99: 0, most: 0, total: 0 };
const group = (people: object) => ({
  rollouts: 3,
  tookSeconds: { ...none, p50: 900, p90: 9000 },
  waitedSeconds: { people, windows: none, queue: none, throttling: none, service: none },
});
const BODY = {
  since: '2026-10-22T08:00:00.000Z',
  complete: false,
  all: group({ ...none, p50: 60, p90: 600 }),
  scaleSets: [{ scaleSet: '/subscriptions/s/x/web', ...group({ ...none, p50: 60, p90: 600 }) }],
  pipelines: [{ pipeline: 'shop', ...group({ ...none, p50: 60, p90: 600 }) }],
};

it('shows medians and what nine of ten stay below', async () => {
  // The clock of the tests begins with 1970, and the report 30 days before.
  const script = { 'GET /api/waits?since=1969-12-02T00%3A00%3A00.000Z': [ok(BODY)] };
  const { code, out, err } = await runAgainst(script, ['report', '--since', '30d']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/all +3 +15 min \/ 2\.5 h +60 s \/ 10 min +- +- +- +-/);
  expect(out).toMatch(/pipeline shop +3/);
  expect(out).toContain('only the newest are');
});

it.each(['30', 'd', '30m'])('takes no --since of %s', async (since) => {
  expect((await runAgainst({}, ['report', '--since', since])).code).toBe(2);
});
