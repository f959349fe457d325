import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, itemsIn, patched } from '../../dashboard/api/list.ts';
import type { Items } from '../../dashboard/api/list.ts';

const lists = fc.array(
  fc.record({
    id: fc.string(),
    note: fc.oneof(fc.string(), fc.constantFrom('},{"id":', '\\"},{"id":1', '"}]}', ']}', '[')),
    more: fc.jsonValue({ maxDepth: 2 }),
    nested: fc.option(fc.array(fc.record({ id: fc.nat() }), { maxLength: 3 })),
  }),
  { maxLength: 6 },
);

/** Somebody who sees text after text, and is told only what is new. */
function createSeer(): (text: string) => unknown {
  let items: Items | undefined;
  let value: unknown;
  return (text) => {
    const next = itemsIn(text);
    value = patched(value, differenceOf(text, next, items));
    items = next;
    return value;
  };
}

describe('a list of which only what is new is told', () => {
  it('is what JSON itself reads, list after list', () => {
    fc.assert(
      fc.property(fc.array(lists, { minLength: 1, maxLength: 4 }), (values) => {
        const see = createSeer();
        for (const value of values) {
          const text = JSON.stringify({ value });
          expect(see(text)).toEqual(JSON.parse(text));
        }
      }),
      { numRuns: 300 },
    );
  });

  it.for([
    ['[]'],
    ['{"value":[]}'],
    ['{"value":[{"id":1}],"nextLink":"x"}'],
    ['{"a":1}'],
    ['"text"'],
    ['null'],
  ])('%s is told as a whole', ([text = '']) => {
    expect(differenceOf(text, itemsIn(text), ['{"id":1}'])).toEqual({ kind: 'whole', text });
  });

  it('tells of one that has changed nothing else', () => {
    const see = createSeer();
    const seen = (states: readonly string[]): unknown[] => {
      const value = states.map((state, index) => ({ id: String(index), state }));
      return (see(JSON.stringify({ value })) as { readonly value: unknown[] }).value;
    };
    const before = seen(['a', 'b', 'c']);
    const after = seen(['a', 'x', 'c']);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toEqual({ id: '1', state: 'x' });
    expect(after[2]).toBe(before[2]);
    expect(seen(['a'])).toHaveLength(1);
  });
});
