import { expect, it } from 'vitest';
import { isSameCaller } from '../../../src/core/access/caller.ts';

const ADA = '11111111-1111-4111-8111-111111111111';
const EVE = '22222222-2222-4222-8222-222222222222';

it.each([
  ['an account under a new name', `ada@a.example (${ADA})`, `countess@a.example (${ADA})`, true],
  ['a guest under an old name', `ada@a.example (${ADA})`, `ada@a.example (${EVE})`, false],
  ['a name that holds the id of another', `${ADA} (${EVE})`, `ada@a.example (${ADA})`, false],
  ['two ids, of which the last counts', `x (${EVE}) (${ADA})`, `ada (${ADA})`, true],
  ['users of this machine', 'ada', 'ada', true],
  ['other users of this machine', 'ada', 'grace', false],
])('%s', (_, one, other, expected) => {
  expect(isSameCaller(one, other)).toBe(expected);
});
