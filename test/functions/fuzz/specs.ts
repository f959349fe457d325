import * as fc from 'fast-check';
import { NEW, WEB } from '../../lab/names.ts';
import { FINE, invalid } from './attempts.ts';
import type { Attempt } from './attempts.ts';
import { AT_ODDS, BAD, changed, CLOSED, GOOD, OPEN, SECRETS, SPEC } from './fields.ts';
import { anyJson, brokenTexts, DEEP, nested } from './texts.ts';

const SPEC_TEXT = JSON.stringify(SPEC);

/** Bodies of `POST /rollouts` and `POST /plans`: some are as good as the spec they were made of, most are not. */
export function specAttempts(): fc.Arbitrary<Attempt> {
  return fc.oneof(
    { weight: 4, arbitrary: unknownFields() },
    { weight: 2, arbitrary: poisoned() },
    { weight: 4, arbitrary: wrongValues() },
    { weight: 1, arbitrary: rightValues() },
    { weight: 1, arbitrary: atOdds() },
    { weight: 1, arbitrary: nestedInside() },
    { weight: 2, arbitrary: hugeNumbers() },
    { weight: 1, arbitrary: twiceNamed() },
    { weight: 4, arbitrary: brokenTexts(SPEC_TEXT) },
  );
}

/** Refused before any model is looked at: they name what every object has from its prototype. */
const TO_PROTOTYPES = [
  '__proto__.polluted',
  'constructor.prototype.polluted',
  'virtualMachineProfile.__proto__.polluted',
  'virtualMachineProfile.constructor',
  'tags.__proto__',
  'tags[__proto__=x].y',
  'prototype',
];

const NO_PATHS = [
  'virtualMachineProfile..osProfile',
  '.tags',
  'tags.',
  'tags[',
  'virtualMachineProfile[',
  '[0]',
  '../tags',
];

/** Bodies of `POST /plans` for a set that is there: edits at paths that lead out of every model. */
export function strayPaths(): fc.Arbitrary<Attempt> {
  const kinds = fc.constantFrom('set' as const, 'add' as const, 'remove' as const);
  return fc.tuple(kinds, fc.constantFrom(...NO_PATHS, ...TO_PROTOTYPES)).map(([kind, path]) => ({
    how: 'a path out of the model',
    text: JSON.stringify({
      scaleSet: WEB,
      change: { [kind]: kind === 'remove' ? [path] : Object.fromEntries([[path, 'yes']]) },
    }),
    expected: TO_PROTOTYPES.includes(path)
      ? invalid(`change.${kind}.${kind === 'remove' ? 0 : path}`)
      : { kind: 'refused', status: 422, code: 'pathNotFound', path: `change.${kind}.${path}` },
  }));
}

/** The same for one that is well, however it is written. */
export function wellMeant(): fc.Arbitrary<Attempt> {
  const spec = { scaleSet: WEB, change: { image: { version: NEW } } };
  return fc.constantFrom<Attempt>(
    ...[0, 1, 10].map((space) => ({ how: 'well', text: JSON.stringify(spec, null, space), expected: FINE })),
    { how: 'well', text: JSON.stringify(spec), encoding: 'bom', expected: FINE },
    { how: 'well', text: `{"change":7,${JSON.stringify(spec).slice(1)}`, expected: FINE },
  );
}

const ODD_NAMES = [
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '',
  ' ',
  '0',
  'length',
  'scaleset',
  'SCALESET',
  'scale_set',
  'scaleSet ',
  'requestedBy',
  'id',
  'phase',
  'onBusy',
  'hooks',
  'notify',
  'maxSurge',
  'a.b',
  '\ud800',
  'ſcaleSet',
];

function at(site: string, name: string): string {
  return site === '' ? name : `${site}.${name}`;
}

/** `changed`, where the last name may hold any character. */
function withField(site: string, name: string, value: unknown): string {
  const holder = '@@field@@';
  return JSON.stringify(changed(SPEC, at(site, holder), value)).replace(`"${holder}"`, () =>
    JSON.stringify(name),
  );
}

function unknownFields(): fc.Arbitrary<Attempt> {
  const names = fc.oneof(fc.constantFrom(...ODD_NAMES), fc.string({ maxLength: 20, unit: 'binary' }));
  return fc
    .tuple(fc.constantFrom(...CLOSED), names, anyJson())
    .filter(([site, name]) => !isKnown(site, name) && name !== '__proto__')
    .map(([site, name, value]) => ({
      how: 'an unknown field',
      text: withField(site, name, value),
      expected: invalid(at(site, name)),
    }));
}

const LATER_FIELDS = [
  'sku',
  'id',
  'uri',
  'order',
  'deallocated',
  'rollbackOf',
  'maxUnhealthyInstancePercent',
];

function isKnown(site: string, name: string): boolean {
  const known = [...Object.keys(BAD), ...Object.keys(GOOD)].some(
    (path) => path === at(site, name) || path.startsWith(`${at(site, name)}.`),
  );
  return known || LATER_FIELDS.includes(name);
}

/** `__proto__` is nobody's name for anything, wherever it stands. */
function poisoned(): fc.Arbitrary<Attempt> {
  const poison = fc.constantFrom<unknown>(
    { polluted: 'yes' },
    { polluted: { polluted: 'yes' } },
    null,
    'x',
    [],
    { toString: 1 },
  );
  return fc.tuple(fc.constantFrom(...CLOSED, ...OPEN), poison).map(([site, value]) => ({
    how: 'a poisoned prototype',
    text: withField(site, '__proto__', value),
    expected: invalid(at(site, '__proto__')),
  }));
}

function wrongValues(): fc.Arbitrary<Attempt> {
  const rows = Object.entries(BAD).flatMap(([path, values]) => values.map((value) => ({ path, value })));
  return fc.constantFrom(...rows).map(({ path, value }) => ({
    how: 'a wrong value',
    text: JSON.stringify(changed(SPEC, path, value)),
    expected: invalid(path),
  }));
}

function rightValues(): fc.Arbitrary<Attempt> {
  const rows = Object.entries(GOOD).flatMap(([path, values]) => values.map((value) => ({ path, value })));
  const order = fc.shuffledSubarray(Object.keys(SPEC), { minLength: Object.keys(SPEC).length });
  return fc
    .tuple(fc.constantFrom(...rows), order, fc.constantFrom(0, 1, 10))
    .map(([{ path, value }, names, space]) => {
      const spec = changed(SPEC, path, value) as Record<string, unknown>;
      const reordered = Object.fromEntries(names.map((name) => [name, spec[name]]));
      return { how: 'right values', text: JSON.stringify(reordered, null, space), expected: FINE };
    });
}

function atOdds(): fc.Arbitrary<Attempt> {
  const { scaleSet } = SPEC;
  return fc.constantFrom<Attempt>(
    { how: 'without a scale set', text: '{}', expected: invalid('scaleSet') },
    ...AT_ODDS.map(([fields, path]) => ({
      how: 'fields at odds',
      text: JSON.stringify({ scaleSet, ...fields }),
      expected: invalid(path),
    })),
    ...SECRETS.map(([fields, path]) => ({
      how: 'a secret',
      text: JSON.stringify({ scaleSet, ...fields }),
      expected: { kind: 'refused' as const, status: 422, code: 'irreversibleChange', path },
    })),
  );
}

function nestedInside(): fc.Arbitrary<Attempt> {
  const sites = fc.constantFrom(...OPEN, ...CLOSED);
  const shapes = fc.constantFrom('list' as const, 'object' as const);
  const deep = fc.tuple(sites, DEEP, shapes).map(([site, depth, shape]): Attempt => ({
    how: 'nested deep',
    text: withField(site, 'upgradePolicy', '@@').replace('"@@"', nested(depth, shape)),
    expected: { kind: 'refused', status: 400, code: 'invalidSpec', within: at(site, 'upgradePolicy') },
  }));
  const shallow = fc
    .tuple(
      fc.constantFrom('change.set', 'change.extensions.0.settings'),
      fc.integer({ min: 1, max: 30 }),
      shapes,
    )
    .map(([site, depth, shape]): Attempt => ({
      how: 'nested as far as anybody would',
      text: withField(site, 'upgradePolicy', '@@').replace('"@@"', nested(depth, shape)),
      expected: FINE,
    }));
  return fc.oneof(deep, shallow);
}

const HUGE = [
  '1e400',
  '-1e400',
  '1E+999',
  `1${'0'.repeat(400)}`,
  '9007199254740993',
  '-99999999999999999999',
];

/** JSON has numbers that no program here can hold: they become infinite, or another number. */
function hugeNumbers(): fc.Arbitrary<Attempt> {
  const counts = Object.keys(BAD).filter((path) =>
    /Seconds$|percent$|Percent$|canary$|quorum$|Domains\.0$/.test(path),
  );
  const inCounts = fc
    .tuple(fc.constantFrom(...counts), fc.constantFrom(...HUGE))
    .map(([path, token]): Attempt => ({
      how: 'a huge number',
      text: JSON.stringify(changed(SPEC, path, '@@')).replace('"@@"', token),
      expected: invalid(path),
    }));
  const inOpen = fc
    .tuple(
      fc.constantFrom('change.set', 'change.add', 'change.extensions.0.settings'),
      fc.constantFrom(...HUGE),
    )
    .map(([site, token]): Attempt => ({
      how: 'a huge number',
      text: withField(site, 'tags', '@@').replace('"@@"', token),
      expected: invalid(at(site, 'tags')),
    }));
  return fc.oneof(inCounts, inOpen);
}

/** Of a name that is given twice the last counts, as everywhere in JavaScript. */
function twiceNamed(): fc.Arbitrary<Attempt> {
  const body = SPEC_TEXT.slice(0, -1);
  return fc.constantFrom<Attempt>(
    { how: 'a name given twice', text: `${body},"scaleSet":5}`, expected: invalid('scaleSet') },
    {
      how: 'a name given twice',
      text: `${body},"strategy":{"steps":0,"steps":[]}}`,
      expected: invalid('strategy.steps'),
    },
    { how: 'a name given twice', text: `{"scaleSet":5,"labels":7,${SPEC_TEXT.slice(1)}`, expected: FINE },
    {
      how: 'a name given twice',
      text: `${body},"__proto__":{},"__proto__":{}}`,
      expected: invalid('__proto__'),
    },
  );
}
