import * as fc from 'fast-check';
import { FINE, invalid, MALFORMED, NOT_JSON, TOO_LARGE } from './attempts.ts';
import type { Attempt } from './attempts.ts';

const MAX_BYTES = 65_536;

/** What can be wrong with any body, whatever it is about; `good` is the text of one with which nothing is. */
export function brokenTexts(good: string): fc.Arbitrary<Attempt> {
  return fc.oneof(
    truncated(good),
    garbled(good),
    badTokens(),
    otherTypes(good),
    otherEncodings(good),
    sizes(good),
    noObjects(),
    nestedBodies(),
  );
}

function truncated(good: string): fc.Arbitrary<Attempt> {
  return fc
    .integer({ min: 1, max: good.length - 1 })
    .map((length) => ({ how: 'truncated', text: good.slice(0, length), expected: MALFORMED }));
}

const AFTER = [',', '}', ']', 'x', '{}', '//', '/* */', '\u0000', ';', '\u00a0', 'null', '"'];

function garbled(good: string): fc.Arbitrary<Attempt> {
  const texts = [
    ...AFTER.map((text) => good + text),
    ...AFTER.map((text) => text + good),
    good.replace('{', '{,'),
    good.replace(/\}$/, ',}'),
    good.replaceAll('"', "'"),
    good.replace('"', ''),
    good.replace(':', '='),
    good.replace(':', ''),
    good.replace('{"', '{"\n'),
    good.replace('{"', '{"\\x'),
    good.replace('{"', '{"\\u12'),
    `(${good})`,
    `${good}\n${good}`,
    `reason=x`,
    '<spec/>',
    ' ',
    '\u2028',
  ];
  return fc.constantFrom(...texts).map((text) => ({ how: 'garbled', text, expected: MALFORMED }));
}

const NO_TOKENS = [
  'NaN',
  'Infinity',
  '-Infinity',
  '-NaN',
  'undefined',
  'True',
  'nil',
  '0x10',
  '01',
  '+1',
  '.5',
  '1.',
  '1e',
  '-',
  '1n',
  "'a'",
  '`a`',
  '1_000',
  '#',
  'new Date()',
];

function badTokens(): fc.Arbitrary<Attempt> {
  return fc
    .tuple(fc.constantFrom(...NO_TOKENS), fc.constantFrom('reason', 'x', '__proto__'))
    .map(([token, name]) => ({ how: 'no token of JSON', text: `{"${name}":${token}}`, expected: MALFORMED }));
}

const OTHER_TYPES = [
  '',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/jsonp',
  'application/json5',
  'application/problem+json',
  'json',
  'application/json, text/plain',
  'application/json; charset=utf-16',
  'application/json; charset="iso-8859-1"',
  'application/json;charset=shift_jis',
  'application/json; charset=utf-7',
];
const SAME_TYPES = [
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json; charset="UTF-8"',
  'application/json ; Charset=utf8',
  'application/json; profile=x; charset=utf-8',
];

function otherTypes(good: string): fc.Arbitrary<Attempt> {
  const attempt = (type: string, expected: Attempt['expected']): Attempt => ({
    how: expected === FINE ? 'a type that is the same' : 'another type',
    text: good,
    headers: { 'content-type': type },
    expected,
  });
  return fc.constantFrom(
    ...OTHER_TYPES.map((type) => attempt(type, NOT_JSON)),
    ...SAME_TYPES.map((type) => attempt(type, FINE)),
  );
}

function otherEncodings(good: string): fc.Arbitrary<Attempt> {
  return fc.constantFrom<Attempt>(
    { how: 'a byte order mark', text: good, encoding: 'bom', expected: FINE },
    { how: 'two byte order marks', text: `\ufeff${good}`, encoding: 'bom', expected: MALFORMED },
    { how: 'UTF-16', text: good, encoding: 'utf16', expected: MALFORMED },
    { how: 'bytes that are no UTF-8', text: good, encoding: 'broken', expected: MALFORMED },
  );
}

/** By white space, which changes nothing, and by fields that are not worth a look. */
function sizes(good: string): fc.Arbitrary<Attempt> {
  const room = MAX_BYTES - new TextEncoder().encode(good).length;
  const large = fc.integer({ min: MAX_BYTES + 1, max: 3 * MAX_BYTES });
  const fill = fc.constantFrom(
    (bytes: number) => good + ' '.repeat(bytes - good.length),
    (bytes: number) => `{"reason":"${'x'.repeat(bytes - 13)}"}`,
    (bytes: number) => `{"${'🙂'.repeat(Math.ceil(bytes / 4))}":1}`,
    (bytes: number) => '{"a":'.repeat(bytes / 5 + 1),
    (bytes: number) => 'x'.repeat(bytes),
  );
  return fc.oneof(
    fc.constant<Attempt>({ how: 'just not too large', text: good + ' '.repeat(room), expected: FINE }),
    fc
      .tuple(large, fill)
      .map(([bytes, filled]) => ({ how: 'too large', text: filled(bytes), expected: TOO_LARGE })),
  );
}

/** Without `__proto__` and huge numbers, which have places of their own. */
export function anyJson(): fc.Arbitrary<unknown> {
  return fc
    .jsonValue({ maxDepth: 4 })
    .filter((value) => !/__proto__|e\+\d|\d{16}/.test(JSON.stringify(value)));
}

function noObjects(): fc.Arbitrary<Attempt> {
  return fc
    .oneof(
      fc.constantFrom('null', '7', '-0', '"text"', '[]', '[{}]', 'true', '[null]', '1e400'),
      fc.array(anyJson()).map((list) => JSON.stringify(list)),
    )
    .map((text) => ({ how: 'no object', text, expected: invalid('(body)') }));
}

/** Nothing that anybody means is nested so deep. */
export const DEEP = fc.oneof(fc.integer({ min: 100, max: 1000 }), fc.integer({ min: 1000, max: 10_000 }));

export function nested(depth: number, shape: 'list' | 'object'): string {
  return shape === 'list'
    ? '['.repeat(depth) + ']'.repeat(depth)
    : '{"a":'.repeat(depth) + '0' + '}'.repeat(depth);
}

function nestedBodies(): fc.Arbitrary<Attempt> {
  return fc.tuple(DEEP, fc.constantFrom('list' as const, 'object' as const)).map(([depth, shape]) => ({
    how: 'nested deep',
    text: nested(depth, shape),
    expected: { kind: 'refused', status: 400, code: 'invalidSpec', within: shape === 'list' ? '' : 'a' },
  }));
}

/** Keys that no header should have. */
export function wrongKeys(good: string): fc.Arbitrary<Attempt> {
  return fc.constantFrom('a b', 'x\u00e9', 'x'.repeat(256), 'a\tb').map((key) => ({
    how: 'an impossible key',
    text: good,
    headers: { 'idempotency-key': key },
    expected: { kind: 'refused', status: 400, code: 'invalidQuery', path: 'Idempotency-Key' },
  }));
}
