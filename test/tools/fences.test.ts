import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FENCED_BY, FENCES, TAGS } from '../../tools/fences/all.ts';
import { removeFence } from '../../tools/fences/fence.ts';

const ROOT = new URL('../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** The numbers of the invariants that the design page states, in its order. */
function stated(): readonly string[] {
  return [...read('docs/DESIGN.md').matchAll(/^- \*\*([IV]\d+)\b/gm)].map(([, number = '']) => number);
}

it('states the invariants under their numbers', () => {
  const numbers = Array.from({ length: 24 }, (_, index) => `I${index + 1}`);
  expect(stated().filter((number) => number.startsWith('I'))).toEqual(
    numbers.filter((number) => number !== 'I19' && number !== 'I23'),
  );
});

describe('the table of fences', () => {
  it('has some for each invariant', () => {
    const fenced = new Set(FENCES.map(({ invariant }) => invariant));
    expect(stated().filter((number) => number.startsWith('I') && !fenced.has(number))).toEqual([]);
    expect([...fenced].filter((number) => !stated().includes(number))).toEqual([]);
  });

  it('names each only once', () => {
    expect(new Set(FENCES.map(({ name }) => name)).size).toBe(FENCES.length);
    expect(new Set(TAGS.map(({ name }) => name)).size).toBe(TAGS.length);
  });

  it('has a test for every tag in the source', () => {
    const tested = new Set(FENCED_BY.map(({ name }) => name));
    expect(TAGS.filter(({ name }) => !tested.has(name))).toEqual([]);
  });

  it.each(FENCES)('finds in the source: $name', (fence) => {
    const source = read(`src/${fence.file}`);
    expect(removeFence(source, fence)).not.toBe(source);
    expect(read(`test/${fence.test[0]}`)).not.toBe('');
  });
});

const TAG = '// fence I1: one';

describe('a fence', () => {
  it('is the statement below its tag, whatever else is said of it', () => {
    const source = `go();\n${TAG}\n// It is shut at night.\nif (isShut(gate))\n  stop();\nsend();`;
    expect(removeFence(source, { name: 'one' })).toBe(`go();\n${TAG}\n// It is shut at night.\n\nsend();`);
  });

  it.each([
    ['a &&', 'b &&\n  c', 'a && true &&\n  c'],
    ['a ||', 'b', 'a || false'],
    ['', 'a && b', 'true && b'],
  ])('is the operand below its tag: %s %s', (before, after, without) => {
    const source = `const is = ${before}\n${TAG}\n${after};`;
    const lines = removeFence(source, { name: 'one' }).replace(TAG, '').replaceAll(/\s+/g, ' ');
    expect(lines).toBe(`const is = ${without};`.replaceAll(/\s+/g, ' '));
  });

  it('is the property below its tag', () => {
    const source = `save({\n  a,\n  ${TAG}\n  b: undefined,\n});`;
    expect(removeFence(source, { name: 'one' })).toBe(`save({\n  a,\n  ${TAG}\n  \n});`);
  });

  it('may be a part of what is tagged, however its lines are broken', () => {
    const source = `${TAG}\nconst room = Math.max(0,\n  serving - floor);\nuse(serving - floor);`;
    const part = { name: 'one', find: 'Math.max(0, serving - floor)', without: 'serving' };
    expect(removeFence(source, part)).toBe(`${TAG}\nconst room = serving;\nuse(serving - floor);`);
    expect(() => removeFence(source, { ...part, find: 'ceiling' })).toThrow(/found 0 times, not once/);
  });

  it('has one tag, and something after it', () => {
    expect(() => removeFence('send();', { name: 'one' })).toThrow('"one": 0 tags');
    expect(() => removeFence(`${TAG}\na();\n${TAG}\nb();`, { name: 'one' })).toThrow('"one": 2 tags');
    expect(() => removeFence(`send();\n${TAG}\n`, { name: 'one' })).toThrow('nothing that can be taken out');
  });
});
