import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FENCES } from '../../tools/fences/all.ts';
import { removeFence } from '../../tools/fences/fence.ts';
import type { Fence } from '../../tools/fences/fence.ts';

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
  });

  it.each(FENCES)('finds in the source: $name', (fence) => {
    const source = read(`src/${fence.file}`);
    expect(removeFence(source, fence)).not.toBe(source);
    expect(read(`test/${fence.test[0]}`)).not.toBe('');
  });
});

describe('a fence', () => {
  const FENCE: Fence = {
    name: 'one',
    invariant: 'I1',
    file: 'a.ts',
    find: 'if (isShut(gate)) return;',
    without: '',
    test: ['a.test.ts', 'a'],
  };

  it('is found however its lines are broken', () => {
    expect(removeFence('go();\nif (isShut(gate))\n  return;\nsend();', FENCE)).toBe('go();\n\nsend();');
  });

  it.each(['send();', 'if (isShut(gate)) return; if (isShut(gate)) return;'])(
    'that is not there just once is an error: %s',
    (source) => {
      expect(() => removeFence(source, FENCE)).toThrow(/"one": found \d times in src\/a\.ts/);
    },
  );
});
