import { expect, it } from 'vitest';
import { seenOf } from './run.ts';
import { ok } from './scripted-app.ts';

const FROZEN = { frozen: true, by: 'grace', since: '2026-11-20T10:00:00.000Z', reason: 'incident 42' };

it('freezes with a reason', async () => {
  expect(await seenOf({ 'POST /api/freeze': [ok(FROZEN)] }, ['freeze', 'incident 42']))
    .toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      frozen by grace since 2026-11-20T10:00:00.000Z: incident 42
      --- stderr
      ✓ frozen: no rollout writes until the freeze is lifted
      "
    `);
});

it('says whether it is frozen, and what was ever done', async () => {
  const acts = [
    { sequence: 1, kind: 'freeze', by: 'ada', at: '2026-11-01T00:00:00.000Z', reason: 'drill' },
    { sequence: 2, kind: 'lift', by: 'ada', at: '2026-11-01T00:05:00.000Z', reason: '\u001b[31mdone' },
  ];
  const answer = ok({ frozen: false, acts });
  expect(await seenOf({ 'GET /api/freeze': [answer] }, ['freeze'])).toMatchInlineSnapshot(`
    "exit 0
    --- stdout
    not frozen: rollouts may write
    2026-11-01T00:00:00.000Z  frozen by ada: drill
    2026-11-01T00:05:00.000Z  lifted by ada: \\u001b[31mdone
    --- stderr
    "
  `);
});

it('lifts it', async () => {
  const answer = ok({ frozen: false });
  expect(await seenOf({ 'DELETE /api/freeze': [answer] }, ['unfreeze', 'over'])).toMatchInlineSnapshot(`
    "exit 0
    --- stdout
    not frozen: rollouts may write
    --- stderr
    ✓ lifted: rollouts may write again
    "
  `);
});

it('wants a reason to lift it', async () => {
  expect(await seenOf({}, ['unfreeze'])).toMatchInlineSnapshot(`
    "exit 2
    --- stdout
    --- stderr
    error: vmss-rollout unfreeze needs REASON: why, for the record
    "
  `);
});
