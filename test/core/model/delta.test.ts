import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { applyDelta, inverse, patchOf } from '../../../src/core/model/patch.ts';
import { deltaOf } from '../../../src/core/model/delta.ts';
import { isApplied, modelHash } from '../../../src/core/model/shown-delta.ts';
import type { PropertyChange } from '../../../src/core/model/delta.ts';
import type { Json, Model } from '../../../src/core/model/model.ts';
import { aModel, setting } from '../../lab/builders.ts';

const PROFILE = 'virtualMachineProfile';
const NICS = `${PROFILE}.networkProfile.networkInterfaceConfigurations`;

/** What ARM does with a PATCH body: objects are merged, lists and tags replaced whole, null removes. */
function merged(target: Json | undefined, body: Json, isTags = false): Json {
  if (!isPlain(body) || !isPlain(target) || isTags) return body;
  const entries = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(body)) {
    if (value === null) entries.delete(name);
    else entries.set(name, merged(entries.get(name), value, name === 'tags'));
  }
  return Object.fromEntries(entries);
}

function isPlain(value: Json | undefined): value is Model {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deltaFor(model: Model, wanted: Record<string, Json>): readonly PropertyChange[] {
  const delta = deltaOf(model, setting(wanted));
  if ('kind' in delta) throw new Error(delta.message);
  return delta;
}

const CHANGES: Readonly<Record<string, readonly Json[]>> = {
  'tags.team': ['other', null],
  'tags.brandNew': ['x'],
  tags: [{ team: 'other', stage: 'test' }, { cost: '42' }],
  [`${PROFILE}.storageProfile.imageReference.version`]: ['22.04.202611010'],
  [`${PROFILE}.storageProfile.osDisk.caching`]: ['None', null],
  [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: [true, null],
  [`${PROFILE}.diagnosticsProfile.bootDiagnostics`]: [
    { enabled: true, storageUri: 'x' },
    { storageUri: 'y' },
  ],
  [`${PROFILE}.diagnosticsProfile`]: [{ bootDiagnostics: { storageUri: 'z' } }],
  [`${NICS}[name=nic1].properties.primary`]: [true],
  [`${NICS}[0].properties.enableAcceleratedNetworking`]: [true],
  [NICS]: [[{ name: 'only' }], []],
};

const someChanges = fc
  .uniqueArray(fc.constantFrom(...Object.entries(CHANGES)), { minLength: 1, selector: ([path]) => path })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map(([path, values]) =>
        fc.constantFrom(...values).map((value): [string, Json] => [path, value]),
      ),
    ),
  )
  // A list that is replaced may no longer have the items that another path names.
  .filter(
    (chosen) =>
      !chosen.some(([path]) => path === NICS) || !chosen.some(([path]) => path.startsWith(`${NICS}[`)),
  )
  .map((chosen) => Object.fromEntries(chosen));

/** Null and absent mean the same to ARM. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNulls);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([name, item]) => [name, withoutNulls(item)]),
  );
}

describe('a change and its inverse', () => {
  it('leave the model as it was', () => {
    fc.assert(
      fc.property(someChanges, (wanted) => {
        const model = aModel();
        const delta = deltaFor(model, wanted);
        const there = applyDelta(model, delta);
        expect(applyDelta(there, inverse(delta))).toEqual(model);
      }),
    );
  });

  it('leave it as it was by way of what ARM makes of the PATCH bodies', () => {
    fc.assert(
      fc.property(someChanges, (wanted) => {
        const model = aModel();
        const delta = deltaFor(model, wanted);
        const there = merged(model, patchOf(model, delta)) as Model;
        expect(withoutNulls(there)).toEqual(withoutNulls(applyDelta(model, delta)));
        const back = inverse(delta);
        expect(merged(there, patchOf(there, back))).toEqual(model);
      }),
    );
  });

  it('count as made only once they are', () => {
    fc.assert(
      fc.property(someChanges, (wanted) => {
        const model = aModel();
        const delta = deltaFor(model, wanted);
        fc.pre(delta.length > 0);
        const there = applyDelta(model, delta);
        expect(isApplied(there, delta)).toBe(true);
        expect(isApplied(model, delta)).toBe(false);
        expect(isApplied(there, inverse(delta))).toBe(false);
        expect(isApplied(model, inverse(delta))).toBe(true);
      }),
    );
  });
});

it('asks for nothing that is there already', () => {
  expect(
    deltaFor(aModel(), {
      'tags.team': 'shop',
      'tags.nobody': null,
      sku: { capacity: 5, tier: 'Standard', name: 'Standard_D2s_v5' },
    }),
  ).toEqual([]);
});

it('believes a change to be made although the service has added defaults beside it', () => {
  const model = aModel();
  const delta = deltaFor(model, {
    [`${PROFILE}.diagnosticsProfile`]: { bootDiagnostics: { enabled: true } },
  });
  const there = applyDelta(model, delta);
  const more = merged(there, {
    properties: { [PROFILE]: { diagnosticsProfile: { bootDiagnostics: { storageUri: 'default' } } } },
  });
  expect(isApplied(more as Model, delta)).toBe(true);
});

describe('the PATCH body', () => {
  test.each<[string, Record<string, Json>, Model]>([
    [
      'holds only what changes',
      { [`${PROFILE}.storageProfile.imageReference.version`]: 'latest' },
      {
        properties: { virtualMachineProfile: { storageProfile: { imageReference: { version: 'latest' } } } },
      },
    ],
    [
      'holds a list whole',
      { [`${NICS}[name=nic1].properties.primary`]: true },
      {
        properties: {
          virtualMachineProfile: {
            networkProfile: {
              networkInterfaceConfigurations: [
                { name: 'nic0', properties: { primary: true } },
                { name: 'nic1', properties: { primary: true } },
              ],
            },
          },
        },
      },
    ],
    [
      'holds null for what goes',
      { [`${PROFILE}.diagnosticsProfile.bootDiagnostics`]: { storageUri: 'x' } },
      {
        properties: {
          virtualMachineProfile: {
            diagnosticsProfile: { bootDiagnostics: { enabled: null, storageUri: 'x' } },
          },
        },
      },
    ],
    ['holds all tags when one changes', { 'tags.team': 'other' }, { tags: { team: 'other', cost: '42' } }],
  ])('%s', (_, wanted, body) => {
    const model = aModel();
    expect(patchOf(model, deltaFor(model, wanted))).toEqual(body);
  });
});

test.each<[string, Model, boolean]>([
  ['the etag', aModel({ etag: '"9"' }), true],
  ['the capacity', aModel({ sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 9 } }), true],
  ['tags', aModel({ tags: {} }), true],
  ['the state', aModel({ properties: { provisioningState: 'Updating' } }), true],
  ['the size', aModel({ sku: { name: 'Standard_D4s_v5', tier: 'Standard', capacity: 5 } }), false],
  ['the profile', aModel({ profile: { priority: 'Spot' } }), false],
  ['the upgrade policy', aModel({ properties: { upgradePolicy: { mode: 'Rolling' } } }), false],
])('the fingerprint of a model with %s changed is the same: $2', (_, changed, isSame) => {
  expect(modelHash(changed) === modelHash(aModel())).toBe(isSame);
});
