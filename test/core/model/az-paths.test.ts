import { describe, expect, it, test } from 'vitest';
import { deltaOf } from '../../../src/core/model/delta.ts';
import { applyEdits } from '../../../src/core/model/edits.ts';
import type { Edit } from '../../../src/core/model/edits.ts';
import type { Json, Model } from '../../../src/core/model/model.ts';
import { parsePath, withValue } from '../../../src/core/model/paths.ts';
import { aModel } from '../../lab/builders.ts';

// Line by line after dependencies.md 6.3, and the azure-cli-core that it was read from.

const PROFILE = 'virtualMachineProfile';
const NICS = `${PROFILE}.networkProfile.networkInterfaceConfigurations`;
const DISKS = `${PROFILE}.storageProfile.dataDisks`;

/** Two disks, and no diagnostics profile. */
function model(): Model {
  const whole = aModel({
    profile: {
      diagnosticsProfile: {},
      storageProfile: {
        imageReference: { publisher: 'Canonical', offer: 'jammy', sku: 'gen2', version: '1.0.0' },
        dataDisks: [
          { lun: 0, name: 'log', caching: 'None' },
          { lun: 1, name: 'data', caching: 'None', writeAcceleratorEnabled: true },
        ],
      },
    },
  });
  return withValue(whole, parsePath(`${PROFILE}.diagnosticsProfile`) ?? [], undefined);
}

function profileAfter(...edits: readonly Edit[]): Record<string, Json> {
  const edited = applyEdits(model(), edits);
  if (edited.kind === 'refused') throw new Error(edited.message);
  const { properties } = edited.model as { properties: { virtualMachineProfile: Record<string, Json> } };
  return properties.virtualMachineProfile;
}

function disksAfter(...edits: readonly Edit[]): readonly Model[] {
  const { storageProfile } = profileAfter(...edits) as unknown as {
    storageProfile: { dataDisks: readonly Model[] };
  };
  return storageProfile.dataDisks;
}

function refusalOf(edit: Edit): string {
  const edited = applyEdits(model(), [edit]);
  if (edited.kind !== 'refused') throw new Error(`${edit.path} leads somewhere`);
  expect(edited).toMatchObject({ code: 'pathNotFound', path: `change.${edit.kind}.${edit.path}` });
  return edited.message;
}

const set = (path: string, value: Json): Edit => ({ kind: 'set', path, value });
const add = (path: string, value: Json): Edit => ({ kind: 'add', path, value });
const remove = (path: string): Edit => ({ kind: 'remove', path });

describe('set', () => {
  test.each([
    [`${DISKS}[1].caching`, 1],
    [`${DISKS}.[1].caching`, 1],
    [`${DISKS}[-1].caching`, 1],
    [`${DISKS}[-2].caching`, 0],
    [`${DISKS}[name=data].caching`, 1],
    [`${DISKS}[lun=0].caching`, 0],
    [`${DISKS}[writeAcceleratorEnabled=true].caching`, 1],
    [`VirtualMachineProfile.StorageProfile.data_disks[0].Caching`, 0],
  ])('%s means item %i', (path, index) => {
    const disks = disksAfter(set(path, 'ReadOnly'));
    expect(disks.map(({ caching }) => caching)).toEqual(
      index === 0 ? ['ReadOnly', 'None'] : ['None', 'ReadOnly'],
    );
  });

  it('replaces an item of a list', () => {
    expect(disksAfter(set(`${DISKS}[0]`, { lun: 7 }))).toEqual([{ lun: 7 }, expect.anything()]);
  });

  it('finds an item by what az shows of it, although ARM keeps that inside its properties', () => {
    const after = profileAfter(set(`${NICS}[primary=true].enableAcceleratedNetworking`, true));
    expect(JSON.stringify(after['networkProfile'])).toContain(
      '{"name":"nic0","properties":{"primary":true,"enableAcceleratedNetworking":true}}',
    );
  });

  it('makes parents that are missing', () => {
    expect(profileAfter(set(`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`, true))).toMatchObject({
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    });
  });

  it('finds a tag in whatever letters, and makes no other of an underscore or a space', () => {
    const edited = applyEdits(aModel(), [set('tags.Team', 'x'), set('tags.cost center', '7')]);
    expect(edited).toMatchObject({
      model: { tags: { team: 'x', cost: '42', 'cost center': '7' } },
    });
  });
});

describe('add', () => {
  it('appends to a list, and makes one that is missing', () => {
    expect(disksAfter(add(DISKS, { lun: 2 }), add(DISKS, 'text'))).toEqual([
      expect.anything(),
      expect.anything(),
      { lun: 2 },
      'text',
    ]);
    const after = profileAfter(add(`${NICS}[0].dnsSettings.dnsServers`, '10.0.0.4'));
    expect(JSON.stringify(after)).toContain('"dnsSettings":{"dnsServers":["10.0.0.4"]}');
  });

  it('appends nothing to what is no list', () => {
    expect(refusalOf(add(`${PROFILE}.osProfile`, 'x'))).toContain('is not a list');
  });
});

describe('remove', () => {
  it('takes a property away, or an item out of its list', () => {
    expect(disksAfter(remove(`${DISKS}[1].caching`))[1]).toEqual({
      lun: 1,
      name: 'data',
      writeAcceleratorEnabled: true,
    });
    expect(disksAfter(remove(`${DISKS}[-1]`)).map(({ name }) => name)).toEqual(['log']);
    expect(disksAfter(remove(`${DISKS}[name=log]`)).map(({ name }) => name)).toEqual(['data']);
    // One after the other, as az does: the second finds the list as the first has left it.
    expect(disksAfter(remove(`${DISKS}[0]`), remove(`${DISKS}[0]`))).toEqual([]);
  });

  it('takes one of two equal items', () => {
    const path = `${NICS}[0].dnsSettings.dnsServers`;
    const after = profileAfter(set(path, ['10.0.0.4', '10.0.0.4']), remove(`${path}[0]`));
    expect(JSON.stringify(after)).toContain('"dnsServers":["10.0.0.4"]');
  });
});

test.each<[Edit, string]>([
  [
    set(`${PROFILE}.osProfil.adminUsername`, 'x'),
    `Couldn't find 'osProfil' in 'virtualMachineProfile'. Available options: ['networkProfile', 'osProfile', 'storageProfile']`,
  ],
  [
    set(`${PROFILE}.osprofile.adminUsername`, 'x'),
    `Couldn't find 'osprofile' in 'virtualMachineProfile'. Available options: ['networkProfile', 'osProfile', 'storageProfile']`,
  ],
  [
    remove(`${PROFILE}.osProfile.customData`),
    `Couldn't find 'customData' in 'virtualMachineProfile.osProfile'. Available options: ['adminUsername', 'computerNamePrefix']`,
  ],
  [
    set(`${DISKS}.caching`, 'None'),
    `Couldn't find 'caching' in '${DISKS}'. Available options: index into the collection '${DISKS}' with [<index>] or [<key=value>]`,
  ],
  [
    set(`${PROFILE}.osProfile.adminUsername.first`, 'x'),
    `Couldn't find 'first' in '${PROFILE}.osProfile.adminUsername'. '${PROFILE}.osProfile.adminUsername' does not support further indexing.`,
  ],
  [
    set(`${PROFILE}.osProfile[0]`, 'x'),
    `Couldn't find '[0]' in '${PROFILE}.osProfile'. Available options: ['adminUsername', 'computerNamePrefix']`,
  ],
  [set(`${DISKS}[2].caching`, 'None'), "index 2 doesn't exist on dataDisks"],
  [remove(`${DISKS}[-3]`), "index -3 doesn't exist on dataDisks"],
  [
    set(`${DISKS}[name=swap].caching`, 'None'),
    "item with value 'swap' doesn't exist for key 'name' on dataDisks",
  ],
  [set(`${DISKS}[lun=9].caching`, 'None'), "item with value '9' doesn't exist for key 'lun' on dataDisks"],
  [
    set(`${DISKS}[caching=None].lun`, 3),
    "non-unique key 'caching' found multiple matches on dataDisks. Key must be unique.",
  ],
])('a path that leads nowhere is refused in the words of az: %j', (edit, message) => {
  expect(refusalOf(edit)).toBe(message);
});

it('names the top of the model, too', () => {
  expect(refusalOf(set('upgradePolicies.mode', 'x'))).toMatch(
    /^Couldn't find 'upgradePolicies' in ''\. Available options: \['etag', 'location', .*'sku', .*'virtualMachineProfile'\]$/,
  );
});

test.each<[string, Json]>([
  [`${PROFILE}.osProfile.ComputerNamePrefix`, 'x'],
  [`${PROFILE}.ExtensionProfile.extensions`, []],
  ['SKU.Capacity', 9],
  ['Location', 'x'],
])('what is fixed is fixed under each spelling: %s', (path, value) => {
  expect(deltaOf(model(), [set(path, value)])).toMatchObject({ code: 'propertyNotChangeable' });
});

test.each(['admin_password', 'AdminPassword', 'adminPassword', 'CUSTOM_DATA'])(
  'so is a secret: %s',
  (name) => {
    const refusal = deltaOf(model(), [set(`${PROFILE}.osProfile.${name}`, 'x')]);
    expect(refusal).toMatchObject({ code: 'irreversibleChange' });
  },
);

it('keeps a change of what an item is found by as one of the whole list, so that it can be undone', () => {
  const delta = deltaOf(model(), [set(`${DISKS}[name=log].name`, 'logs')]);
  expect(delta).toMatchObject([
    { path: DISKS, before: [{ name: 'log' }, {}], after: [{ name: 'logs' }, {}] },
  ]);
});

it('makes the first tag of a set', () => {
  const { tags: _tags, ...untagged } = model();
  expect(deltaOf(untagged, [set('tags.team', 'shop')])).toMatchObject([
    { path: 'tags', before: null, after: { team: 'shop' }, class: 'none' },
  ]);
});
