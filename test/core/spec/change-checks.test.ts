import { describe, expect, it, test } from 'vitest';
import { readSpec } from '../../../src/core/spec/spec.ts';
import { applyEdits } from '../../../src/core/model/edits.ts';
import { deltaOf } from '../../../src/core/model/delta.ts';
import { patchOf } from '../../../src/core/model/patch.ts';
import type { Json } from '../../../src/core/model/model.ts';
import { aModel, setting } from '../../lab/builders.ts';
import { NEW, WEB } from '../../lab/names.ts';

const PROFILE = 'virtualMachineProfile';
const IMAGE = `${PROFILE}.storageProfile.imageReference`;

function errorsOf(change: unknown): readonly string[] {
  const read = readSpec({ scaleSet: WEB, change });
  return read.kind === 'invalid' ? read.errors.map(({ path }) => path) : [];
}

// Feature [Change] Tags are text: nothing else is taken for one (Issue 12, case 12)
//   shown by: a tag > is no {"a":1}
describe('a tag', () => {
  test.each<[Json]>([[{ a: 1 }], [['a']], [null]])('is no %j', (value) => {
    expect(errorsOf({ set: { 'tags.team': value } })).toEqual(['change.set.tags.team']);
  });

  test.each<[Json]>([['a'], [''], [1234], [false], [0.5]])('may be %j', (value) => {
    expect(errorsOf({ set: { 'tags.team': value } })).toEqual([]);
  });

  test.each<[Json]>([['a'], [{ team: { k8s: 'on' } }], [['a']], [null]])(
    'and the tags together are not %j',
    (value) => {
      expect(errorsOf({ set: { tags: value } })).toEqual(['change.set.tags']);
    },
  );

  it('is no list that something is added to', () => {
    expect(errorsOf({ add: { 'tags.team': 'a' } })).toEqual(['change.add.tags.team']);
    expect(errorsOf({ add: [{ path: 'tags.team', value: 'a' }] })).toEqual(['change.add.0.path']);
  });

  it('may be taken away', () => {
    expect(errorsOf({ remove: ['tags.team'] })).toEqual([]);
  });

  // Feature [Change] `tags.k8s.io_x` is one tag (Issue 12, case 13)
  //   shown by: a tag > is one, whatever stands in its name: k8s.io_x
  test.each([
    'k8s.io_x',
    'a.b.c',
    'hidden-link:/app',
    'aks-managed.cluster-name',
    'cost center',
    'x[0]',
    'ключ.1',
  ])('is one, whatever stands in its name: %s', (name) => {
    const model = aModel();
    const delta = deltaOf(model, setting({ [`tags.${name}`]: 'on' }));
    if ('kind' in delta) throw new Error(delta.message);
    expect(delta).toEqual([{ path: `tags.${name}`, before: null, after: 'on', class: 'none' }]);
    expect(patchOf(model, delta)).toEqual({ tags: { team: 'shop', cost: '42', [name]: 'on' } });
  });

  it('is another one where its name only begins with that of one that is there', () => {
    const delta = deltaOf(aModel(), setting({ 'tags.team': 'a', 'tags.team.lead': 'ada' }));
    expect(delta).toHaveLength(2);
  });

  it('is taken away whole where its name has periods', () => {
    const model = aModel({ tags: { k8s: '1', 'k8s.io_x': 'on' } });
    expect(applyEdits(model, [{ kind: 'remove', path: 'tags.k8s.io_x' }])).toMatchObject({
      model: { tags: { k8s: '1' } },
    });
  });
});

// Feature [Specs] A path to a prototype is 400, wherever it stands (Issue 12, kind 3)
//   shown by: refuses the path constructor.prototype.x
test.each([
  '__proto__',
  '__proto__.polluted',
  `${PROFILE}.__proto__.x`,
  `${PROFILE}.networkProfile.networkInterfaceConfigurations[0].__proto__.x`,
  `${PROFILE}.networkProfile.networkInterfaceConfigurations[__proto__=x].primary`,
  'tags.__proto__',
  'tags.a.__proto__',
  'constructor.prototype.x',
])('refuses the path %s', (path) => {
  // A name that is nothing but this never gets past the reader of bodies.
  if (path !== '__proto__')
    expect(errorsOf({ set: Object.fromEntries([[path, 'x']]) })).toContain(`change.set.${path}`);
  expect(errorsOf({ remove: [path] })).toEqual(['change.remove.0']);
  expect(errorsOf({ add: [{ path, value: 'x' }] })).toContain('change.add.0.path');
  expect(Object.keys(Object.prototype)).toEqual([]);
});

// Feature [Specs] A change that says one property twice is refused (Issue 12, kind 3)
//   shown by: refuses to say twice: an image version and its path
test.each<[what: string, change: Record<string, unknown>, at: string]>([
  [
    'an image version and its path',
    { image: { version: NEW }, set: { [`${IMAGE}.version`]: NEW } },
    `set.${IMAGE}.version`,
  ],
  [
    'an image version and its sku',
    { image: { version: NEW }, set: { [`${IMAGE}.sku`]: 'x' } },
    `set.${IMAGE}.sku`,
  ],
  [
    'an image and all of its storage',
    { image: { sku: 'x' }, set: { [`${PROFILE}.storageProfile`]: {} } },
    `set.${PROFILE}.storageProfile`,
  ],
  [
    'an extension, in other letters',
    {
      extensions: [
        { name: 'App', settings: {} },
        { name: 'app', forceUpdateTag: '2' },
      ],
    },
    'extensions.1.name',
  ],
  ['two tags that differ in letters only', { set: { 'tags.Team': 'a', 'tags.team': 'b' } }, 'set.tags.team'],
  ['an image that goes as well', { image: { version: NEW }, remove: [`${IMAGE}.version`] }, 'remove.0'],
  [
    'an image, in az’s letters',
    {
      image: { version: NEW },
      set: { 'virtual_machine_profile.storage_profile.image_reference.version': NEW },
    },
    'set.virtual_machine_profile.storage_profile.image_reference.version',
  ],
  [
    'an image from a URI',
    {
      image: { uri: 'https://a/b.vhd' },
      set: { [`${PROFILE}.storageProfile.osDisk.image.uri`]: 'https://a/c.vhd' },
    },
    `set.${PROFILE}.storageProfile.osDisk.image.uri`,
  ],
  ['a size', { vmSize: 'Standard_D4s_v5', set: { 'sku.name': 'Standard_D8s_v5' } }, 'set.sku.name'],
  ['a size and the whole sku', { vmSize: 'Standard_D4s_v5', set: { Sku: { name: 'x' } } }, 'set.Sku'],
  [
    'a user',
    { osProfile: { adminUsername: 'a' }, set: { [`${PROFILE}.osProfile.adminUsername`]: 'b' } },
    `set.${PROFILE}.osProfile.adminUsername`,
  ],
  [
    'two spellings of one property',
    { set: { overprovision: true, Overprovision: false } },
    'set.Overprovision',
  ],
  [
    'a property that goes as well',
    { set: { [`${PROFILE}.licenseType`]: 'x' }, remove: [`${PROFILE}.licenseType`] },
    'remove.0',
  ],
  [
    'a property whose parent goes',
    { set: { 'scaleInPolicy.forceDeletion': true }, remove: ['scaleInPolicy'] },
    'remove.0',
  ],
])('refuses to say twice: %s', (_, change, at) => {
  expect(errorsOf(change)).toEqual([`change.${at}`]);
});

test.each<[what: string, change: Record<string, unknown>]>([
  [
    'an image and another part of its disk',
    { image: { version: NEW }, set: { [`${PROFILE}.storageProfile.osDisk.caching`]: 'None' } },
  ],
  ['a size and a tag', { vmSize: 'Standard_D4s_v5', set: { 'tags.size': 'x' } }],
  ['two items of a list', { set: { 'a.list[0].x': 1, 'a.list[1].x': 2 } }],
  ['a list that gets an item for another', { remove: ['a.list[0]'], add: { 'a.list': 1 } }],
  [
    'a list made and filled',
    { set: { 'scaleInPolicy.rules': [] }, add: { 'scaleInPolicy.rules': 'Default' } },
  ],
  [
    'a property and its neighbour',
    { set: { 'scaleInPolicy.rules': [] }, remove: ['scaleInPolicy.forceDeletion'] },
  ],
])('takes %s', (_, change) => {
  expect(errorsOf(change)).toEqual([]);
});

describe('ids of resources', () => {
  const at = (group: string, name = 'web'): string =>
    WEB.replace(/resourceGroups\/[^/]+/, `resourceGroups/${group}`).replace(/web$/, name);

  // Feature [Specs] Groups named in any script (Issue 12, case 14)
  //   shown by: ids of resources > takes the id of a scale set in the group "Büro-größe"
  test.each(['Büro-größe', '開発', 'Ресурсы_1', 'a', 'a.b', '(x)', '..a', 'x'.repeat(90)])(
    'takes the id of a scale set in the group %j',
    (group) => {
      expect(readSpec({ scaleSet: at(group) }).kind).toBe('spec');
    },
  );

  // Feature [Specs] No id leads to another resource (Issue 12, kind 3)
  //   shown by: ids of resources > refuses the id of a scale set in the group ".."
  test.each(['..', '.', 'a.', '', 'a b', 'a%2e', 'a/b', 'a?b', 'a#b', 'x'.repeat(91), 'a\u0000', '😀'])(
    'refuses the id of a scale set in the group %j',
    (group) => {
      expect(readSpec({ scaleSet: at(group) })).toMatchObject({
        kind: 'invalid',
        errors: [{ path: 'scaleSet' }],
      });
    },
  );

  test.each(['..', '.', '', 'a/b', 'ü'])('refuses the id of a scale set named %j', (name) => {
    expect(readSpec({ scaleSet: at('g', name) })).toMatchObject({ kind: 'invalid' });
  });

  it('takes its fixed parts in any letters of ASCII, and no others', () => {
    expect(readSpec({ scaleSet: WEB.toUpperCase() }).kind).toBe('spec');
    expect(readSpec({ scaleSet: WEB.replace('subscriptions', 'ſubscriptions') }).kind).toBe('invalid');
    expect(readSpec({ scaleSet: `${WEB}/` }).kind).toBe('invalid');
  });

  const COMPUTE = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute';
  test.each([
    `${COMPUTE}/images/..`,
    `${COMPUTE}/images/a/../b`,
    `${COMPUTE}/galleries/../images/a`,
    `${COMPUTE}/galleries/g/images/a/versions/..`,
    `${COMPUTE}/galleries/g`,
    `${COMPUTE}/galleries/g/images/a/versions/1.0.0/x`,
    '/subscriptions/s/resourceGroups/../providers/Microsoft.Compute/images/a',
    '/subscriptions/../resourceGroups/g/providers/Microsoft.Compute/images/a',
  ])('refuses the id of an image %s', (id) => {
    expect(errorsOf({ image: { id } })).toEqual(['change.image.id']);
  });

  test.each([
    `${COMPUTE}/images/a`,
    `${COMPUTE}/galleries/g/images/a`,
    `${COMPUTE}/galleries/g.1/images/a-b/versions/1.0.0`,
    `${COMPUTE}/Galleries/g/Images/a/Versions/latest`,
    '/subscriptions/s/resourceGroups/Büro/providers/microsoft.compute/images/a',
  ])('takes the id of an image %s', (id) => {
    expect(errorsOf({ image: { id } })).toEqual([]);
  });

  test.each([
    `${COMPUTE}/disks/..`,
    '/subscriptions/s/resourceGroups/../providers/Microsoft.Compute/disks/d',
  ])('refuses the id of a disk %s', (diskId) => {
    expect(errorsOf({ dataDisks: { attach: [{ instance: '0', diskId }] } })).toEqual([
      'change.dataDisks.attach.0.diskId',
    ]);
  });
});
