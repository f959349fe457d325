import { describe, expect, it } from 'vitest';
import { matching } from '../../dashboard/view/audit.ts';
import { countSet, FOLDS, shownOf, valueIn } from '../../dashboard/view/spec-fields.ts';
import type { FieldKind } from '../../dashboard/view/spec-fields.ts';
import { fieldOf, withField } from '../../dashboard/view/spec.ts';
import type { Spec } from '../../dashboard/view/spec.ts';

const EXAMPLES: Readonly<Record<string, unknown>> = {
  text: 'a text',
  count: 7,
  ids: ['3', '7', '8', '9'],
  list: ['1', 'a.b[0]'],
  numbers: [0, 2],
  flag: false,
  json: { 'tags.owner': ['<b>', null] },
};

function exampleOf(kind: FieldKind): unknown {
  return typeof kind === 'string' ? EXAMPLES[kind] : kind.at(-1);
}

describe('the folded fields of a spec', () => {
  it.for(FOLDS.flatMap(({ fields }) => fields.map((field) => [field.path, field] as const)))(
    '%s shows what the spec has, and what is written there is what the spec gets',
    ([path, field]) => {
      const value = exampleOf(field.kind);
      const spec = withField({ scaleSet: 's' }, path, value);
      const shown = shownOf(spec, field);
      expect(shown).not.toBe('');
      expect(valueIn(shown, field.kind)).toEqual(value);
      expect(shownOf({ scaleSet: 's' }, field)).toBe('');
      // What is emptied is gone, with the object that it stood in.
      expect(withField(spec, path, valueIn(' ', field.kind))).toEqual({ scaleSet: 's' });
    },
  );

  it('counts what is set in each fold', () => {
    const all = FOLDS.flatMap(({ fields }) => fields);
    const spec = all.reduce<Spec>((before, { path, kind }) => withField(before, path, exampleOf(kind)), {});
    for (const fold of FOLDS) expect(countSet(spec, fold)).toBe(fold.fields.length);
    expect(all.every(({ path }) => fieldOf(spec, path) !== undefined)).toBe(true);
  });

  it('takes no JSON for JSON that is none', () => {
    expect(() => valueIn('{ no', 'json')).toThrow();
  });
});

describe('a search of the audit', () => {
  const record = { chain: 'r1', number: 1, at: '', kind: 'approved', previous: '', hash: 'h' };
  const records = [
    { ...record, message: 'Grace approved update domain 1', by: 'grace' },
    { ...record, message: 'sent', instances: ['7'], requestId: 'AB-12' },
  ];

  it.for([
    ['', 2],
    ['GRACE domain', 1],
    ['ab-12', 1],
    ['grace ab-12', 0],
    ['r1', 2],
    // Names of fields are no words of a record.
    ['requestid', 0],
  ] as const)('for "%s" finds %i', ([search, count]) => {
    expect(matching(records, search)).toHaveLength(count);
  });
});
