import { expect, it, test } from 'vitest';
import { blotOf, blottedWithin, textsIn } from '../../../src/core/spec/blot.ts';

const BLOT = blotOf(textsIn({ key: 'hunter2!', mode: 'on', deep: [{ more: 'running' }] }));
const ODD = blotOf(['a"é/+ b']);

test.each([
  ['command "x --password hunter2!" failed', 'command "x --password …" failed'],
  ['hunter2! and hunter2!', '… and …'],
  // Too short to be a secret, and part of every other word.
  ['on and on', 'on and on'],
  // Cut by whoever held only so many letters.
  ['it says hunt…', 'it says …'],
  ['it says hun…', 'it says hun…'],
])('blots a secret out of %j', (words, expected) => {
  expect(BLOT(words)).toBe(expected);
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
  expect(blottedWithin(row, BLOT)).toEqual({
    state: 'running',
    power: 'running',
    failure: { code: 'x', message: 'saw …', remedy: 'not …', evidence: [{ message: '…', at: 7 }] },
  });
  expect(blottedWithin(row, blotOf(['other']))).toBe(row);
});

test.each([
  ['as it is', 'a"é/+ b'],
  ['in JSON', String.raw`a\"é/+ b`],
  ['in JSON of ASCII', String.raw`a\"\u00e9/+ b`],
  ['in JSON in JSON', String.raw`a\\\"é/+ b`],
  ['in a URL', 'a%22%C3%A9%2F%2B%20b'],
  ['in a URL in a URL', 'a%2522%25C3%25A9%252F%252B%2520b'],
  ['in a form', 'a%22%C3%A9%2F%2B+b'],
  ['in Base64', 'YSLDqS8rIGI='],
  ['in Base64 of a URL', 'YSLDqS8rIGI'],
])('blots a secret out %s', (_how, spelled) => {
  expect(ODD(`<${spelled}>`)).toBe('<…>');
});
