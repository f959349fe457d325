import * as fc from 'fast-check';
import { FINE, invalid } from './attempts.ts';
import type { Attempt } from './attempts.ts';
import { anyJson, brokenTexts, DEEP, nested, wrongKeys } from './texts.ts';

const NAMES = ['reason', 'batch', 'instances'];
const WRONG: readonly (readonly [body: unknown, path: string])[] = [
  ...[null, 5, true, [], {}, 'x'.repeat(1001)].map((reason) => [{ reason }, 'reason'] as const),
  ...[null, '0', -1, 1.5, true, [], {}, 2 ** 53].map((batch) => [{ batch }, 'batch'] as const),
  ...[null, '0', 5, {}, [], true].map((instances) => [{ instances }, 'instances'] as const),
  ...[null, 5, {}, [], '', 'x'.repeat(101)].map((id) => [{ instances: ['0', id] }, 'instances.1'] as const),
];
const RIGHT = [
  {},
  { reason: '' },
  { reason: '\ud800' },
  { batch: 0, reason: 'x'.repeat(1000) },
  { batch: 0, instances: ['0'] },
];

/** Bodies of a command; one that applies to the whole rollout takes neither batch nor instances. */
export function commandAttempts({ isOfAll = false } = {}): fc.Arbitrary<Attempt> {
  return fc.oneof(
    { weight: 2, arbitrary: unknownFields(NAMES) },
    { weight: 2, arbitrary: rows(WRONG) },
    { weight: 1, arbitrary: rightOnes(isOfAll ? RIGHT.slice(0, 3) : RIGHT) },
    { weight: 1, arbitrary: nestedFields(['instances', 'reason', 'x']) },
    { weight: 2, arbitrary: brokenTexts(JSON.stringify({ reason: 'x', ...(!isOfAll && { batch: 0 }) })) },
    { weight: 1, arbitrary: wrongKeys(JSON.stringify({ reason: 'x' })) },
  );
}

/** Bodies of a take-over: only a reason. */
export function takeOverAttempts(): fc.Arbitrary<Attempt> {
  return fc.oneof(
    unknownFields(['reason']),
    rows(WRONG.map(([body, path]) => [body, path.replace(/\..*/, '')] as const)),
    rightOnes(RIGHT.slice(0, 3)),
    nestedFields(['reason', 'x']),
    brokenTexts(JSON.stringify({ reason: 'x' })),
  );
}

function unknownFields(known: readonly string[]): fc.Arbitrary<Attempt> {
  const names = fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'by',
      'force',
      'Reason',
      '',
      'sequence',
      'idempotencyKey',
      'token',
    ),
    fc.string({ maxLength: 20, unit: 'binary' }),
  );
  return fc
    .tuple(names, anyJson())
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => ({
      how: 'an unknown field',
      text: JSON.stringify(
        Object.fromEntries([
          ['reason', 'x'],
          [name, value],
        ]),
      ),
      expected: invalid(name),
    }));
}

function rows(wrong: readonly (readonly [body: unknown, path: string])[]): fc.Arbitrary<Attempt> {
  return fc.constantFrom(...wrong).map(([body, path]) => ({
    how: 'a wrong value',
    text: JSON.stringify(body),
    expected: invalid(path),
  }));
}

function rightOnes(right: readonly object[]): fc.Arbitrary<Attempt> {
  return fc
    .constantFrom(...right)
    .map((body) => ({ how: 'right values', text: JSON.stringify(body), expected: FINE }));
}

function nestedFields(names: readonly string[]): fc.Arbitrary<Attempt> {
  return fc
    .tuple(fc.constantFrom(...names), DEEP, fc.constantFrom('list' as const, 'object' as const))
    .map(([name, depth, shape]) => ({
      how: 'nested deep',
      text: `{"${name}":${nested(depth, shape)}}`,
      expected: { kind: 'refused', status: 400, code: 'invalidSpec', within: name },
    }));
}
