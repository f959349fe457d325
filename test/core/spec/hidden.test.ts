import { expect, it, test } from 'vitest';
import { hushed, hushedWithin } from '../../../src/core/spec/hidden.ts';

const SECRETS = {
  'extensions.app.protectedSettings': { key: 'hunter2!', mode: 'on', deep: [{ more: 'running' }] },
};

test.each([
  ['command "x --password hunter2!" failed', 'command "x --password …" failed'],
  ['hunter2! and hunter2!', '… and …'],
  // Too short to be a secret, and part of every other word.
  ['on and on', 'on and on'],
])('blots a secret out of %j', (words, expected) => {
  expect(hushed(words, SECRETS)).toBe(expected);
});

it('blots it out of all that says something, however deep, and of nothing that means something', () => {
  const row = {
    state: 'running',
    power: 'running',
    failure: {
      code: 'x',
      message: 'saw hunter2!',
      remedy: 'not hunter2!',
      evidence: [{ message: 'hunter2!', at: 7 }],
    },
  };
  expect(hushedWithin(row, SECRETS)).toEqual({
    state: 'running',
    power: 'running',
    failure: { code: 'x', message: 'saw …', remedy: 'not …', evidence: [{ message: '…', at: 7 }] },
  });
  expect(hushedWithin(row, {})).toBe(row);
});
