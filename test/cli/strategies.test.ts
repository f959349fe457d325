import { expect, it } from 'vitest';
import { runAgainst, seenOf } from './run.ts';
import { ok, problem } from './scripted-app.ts';

const PATH = '/api/strategies/careful';
const STANDING = { name: 'careful', number: 3, by: 'ada', at: '2026-11-21T08:00:00.000Z', strategy: {} };

it('lists strategies', async () => {
  const told = await seenOf({ 'GET /api/strategies': [ok({ value: [STANDING] })] }, ['strategies', 'list']);
  expect(told).toContain('careful  3        ada');
});

// Feature [Named strategies] Listed, shown, set and deleted on the command line (CLI, issue 17)
//   shown by: sets a strategy as a new one
it.each([
  [
    'over the version that stands',
    { status: 200, body: STANDING, headers: { etag: '"strategy-3"' } },
    '"strategy-3"',
  ],
  ['as a new one', problem(404, 'strategyNotFound', 'there is no strategy "careful"'), '"strategy-0"'],
])('sets a strategy %s', async (_, found, ifMatch) => {
  const script = { [`GET ${PATH}`]: [found], [`PUT ${PATH}`]: [ok(STANDING)] };
  const argv = ['strategies', 'set', 'careful', '-', '--reason', 'reviewed'];
  const { code, requests } = await runAgainst(script, argv, { stdin: '{"onFailure":"halt"}' });
  expect(code).toBe(0);
  expect(requests[1]).toMatchObject({
    line: `PUT ${PATH}`,
    ifMatch,
    body: { strategy: { onFailure: 'halt' }, reason: 'reviewed' },
  });
});

it('deletes the version that it has read', async () => {
  const found = { status: 200, body: STANDING, headers: { etag: '"strategy-3"' } };
  const script = { [`GET ${PATH}`]: [found], [`DELETE ${PATH}`]: [ok({ name: 'careful' })] };
  const { code, requests } = await runAgainst(script, ['strategies', 'delete', 'careful']);
  expect(code).toBe(0);
  expect(requests[1]).toMatchObject({ line: `DELETE ${PATH}`, ifMatch: '"strategy-3"' });
});
