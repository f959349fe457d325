import { describe, expect, it, test } from 'vitest';
import { lookUp, parsePath, withValue } from '../../../src/core/model/paths.ts';
import type { Json, Model } from '../../../src/core/model/model.ts';
import { aModel } from '../../lab/builders.ts';

const PROFILE = 'virtualMachineProfile';
const NICS = `${PROFILE}.networkProfile.networkInterfaceConfigurations`;

function valueAt(model: Model, path: string): Json {
  const found = lookUp(model, parsePath(path) ?? []);
  return found.kind === 'found' ? found.value : found.kind;
}

test.each<[string, Json]>([
  ['tags.team', 'shop'],
  ['sku.name', 'Standard_D2s_v5'],
  ['location', 'westeurope'],
  ['orchestrationMode', 'Uniform'],
  [`${PROFILE}.osProfile.adminUsername`, 'azureuser'],
  [`${NICS}[1].name`, 'nic1'],
  [`${NICS}[name=nic0].properties.primary`, true],
  [`${NICS}[name=nic9].properties`, 'missing'],
  [`${NICS}[2].name`, 'missing'],
  ['tags.owner', 'absent'],
  [`${PROFILE}.osProfile.brandNew`, 'absent'],
  [`${PROFILE}.securityProfile.uefiSettings.secureBootEnabled`, 'absent'],
  ['vritualMachineProfile.osProfile', 'missing'],
  [`${PROFILE}.osProfile.adminUsername.more`, 'missing'],
])('%s leads to %j', (path, value) => {
  expect(valueAt(aModel(), path)).toEqual(value);
});

test.each([
  '',
  'a..b',
  'a.',
  '[0].a',
  'a[0]b',
  'a[]',
  'a[x]',
  'a[=1]',
  'a\nb',
  'a.__proto__.b',
  'constructor',
  'tags.prototype',
  'a[0',
  '.tags',
])('%j is no path', (path) => {
  expect(parsePath(path)).toBeUndefined();
});

it('finds a tag only beside the properties, where a set has none', () => {
  const { tags: _tags, ...model } = aModel();
  const tagged = withValue(model, parsePath('tags.team') ?? [], 'shop');
  expect(tagged['tags']).toEqual({ team: 'shop' });
  expect(tagged['properties']).toEqual(model['properties']);
});

it('means no item when two of them match', () => {
  const model = aModel({ properties: { list: [{ name: 'a' }, { name: 'a' }] } });
  expect(valueAt(model, 'list[name=a].name')).toBe('missing');
});

it('says what stands where a path goes wrong', () => {
  const found = lookUp(aModel(), parsePath(`${PROFILE}.osProfil.adminUsername.more`) ?? []);
  const wrong = lookUp(aModel(), parsePath('tgas') ?? []);
  expect(found.kind).toBe('absent');
  expect(wrong.kind).toBe('absent');
  expect(lookUp(aModel(), parsePath('upgradePolicies.mode') ?? [])).toMatchObject({
    kind: 'missing',
    at: 'upgradePolicies',
    options: expect.arrayContaining(['upgradePolicy', PROFILE]),
  });
});

describe('a changed copy', () => {
  it('holds the new value, and the model keeps the old one', () => {
    const model = aModel();
    const changed = withValue(model, parsePath(`${NICS}[name=nic1].properties.primary`) ?? [], true);
    expect(valueAt(changed, `${NICS}[1].properties.primary`)).toBe(true);
    expect(valueAt(changed, `${NICS}[0].properties.primary`)).toBe(true);
    expect(valueAt(model, `${NICS}[1].properties.primary`)).toBe(false);
  });

  it('has parents made where there were none', () => {
    const changed = withValue(aModel(), parsePath(`${PROFILE}.securityProfile.securityType`) ?? [], 'X');
    expect(valueAt(changed, `${PROFILE}.securityProfile`)).toEqual({ securityType: 'X' });
  });

  it('lacks what was taken away', () => {
    const changed = withValue(aModel(), parsePath('tags.cost') ?? [], undefined);
    expect(changed['tags']).toEqual({ team: 'shop' });
  });
});
