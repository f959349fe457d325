import { describe, expect, it } from 'vitest';
import { deltaOf } from '../../../src/core/model/delta.ts';
import { isApplied, isThereAlready, modelHash, valuesHash } from '../../../src/core/model/shown-delta.ts';
import type { PropertyChange } from '../../../src/core/model/delta.ts';
import type { Json, Model } from '../../../src/core/model/model.ts';
import { parsePath, withValue } from '../../../src/core/model/paths.ts';
import { aModel } from '../../lab/builders.ts';

const PROFILE = 'virtualMachineProfile';
const SUBNET =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v1/subnets/s1';

function changed(path: string, value: Json, model: Model = aModel()): Model {
  return withValue(model, parsePath(path) ?? [], value);
}

function hashes(path: string, before: Json, after: Json): readonly string[] {
  return [before, after].map((value) => modelHash(changed(path, value)));
}

const MOMENT = '2026-11-30T10:00:00.000Z';

describe('what a model says', () => {
  // Feature [Service behaviour that is expected] Times, states and ids that the service stamps (arm-vmss.md, corrections; case 01)
  //   shown by: what a model says > is the same whatever stands in virtualMachineProfile.timeCreated
  it.each([
    [`${PROFILE}.timeCreated`, MOMENT, '2026-11-30T10:05:00.000Z'],
    ['timeCreated', MOMENT, '2026-11-30T10:05:00.000Z'],
    ['uniqueId', 'a', 'b'],
    ['provisioningState', 'Succeeded', 'Updating'],
    [
      `${PROFILE}.extensionProfile.extensions`,
      [{ name: 'Health', properties: { provisioningState: 'Succeeded', type: 'ApplicationHealthLinux' } }],
      [{ name: 'Health', properties: { provisioningState: 'Updating', type: 'ApplicationHealthLinux' } }],
    ],
  ])('is the same whatever stands in %s', (path, before, after) => {
    const [one, other] = hashes(path, before, after);
    expect(one).toBe(other);
  });

  // Feature [Service behaviour that is expected] Ids, sizes and names in other letters (arm-vmss.md, corrections)
  //   shown by: what a model says > is the same in other letters of sku.name
  it.each([
    ['sku.name', 'Standard_D2s_v5', 'standard_d2s_v5'],
    [`${PROFILE}.a.subnet.id`, SUBNET, SUBNET.toLowerCase()],
    [`${PROFILE}.a.subnets`, [{ id: SUBNET }], [{ id: SUBNET.replace('resourceGroups', 'resourcegroups') }]],
    [`${PROFILE}.storageProfile.imageReference.sku`, '22_04-LTS-Gen2', '22_04-lts-gen2'],
    [`${PROFILE}.extensionProfile.extensions`, [{ name: 'Health' }], [{ name: 'HEALTH' }]],
  ])('is the same in other letters of %s', (path, before, after) => {
    const [one, other] = hashes(path, before, after);
    expect(one).toBe(other);
  });

  // Feature [Service behaviour that is expected] Defaults that the service fills in (arm-vmss.md 2.3)
  //   shown by: what a model says > is the same with a default filled in at upgradePolicy.automaticOSUpgradePolicy.useRollingUpgradePolicy
  it.each([
    ['upgradePolicy.automaticOSUpgradePolicy.useRollingUpgradePolicy', null, false],
    ['automaticRepairsPolicy.repairAction', null, 'Replace'],
    [`${PROFILE}.osProfile.secrets`, null, []],
    [`${PROFILE}.networkProfile.networkInterfaceConfigurations[0].dnsSettings`, null, { dnsServers: [] }],
    [`${PROFILE}.osProfile.linuxConfiguration.provisionVMAgent`, null, true],
  ])('is the same with a default filled in at %s', (path, before, after) => {
    const [one, other] = hashes(path, before, after);
    expect(one).toBe(other);
  });

  it.each([
    ['an id', `${PROFILE}.a.id`, SUBNET, `${SUBNET}2`],
    ['a size', 'sku.name', 'Standard_D2s_v5', 'Standard_D4s_v5'],
    ['an agent that is off', `${PROFILE}.osProfile.linuxConfiguration.provisionVMAgent`, true, false],
    ['encryption that is on', `${PROFILE}.securityProfile.encryptionAtHost`, null, true],
    ['another repair', 'automaticRepairsPolicy.repairAction', 'Replace', 'Reimage'],
    ['overprovisioning', 'overprovision', null, false],
    ['an extension', `${PROFILE}.extensionProfile.extensions`, [], [{ name: 'more' }]],
    [
      'letters in the settings of an extension',
      `${PROFILE}.extensionProfile.extensions`,
      [{ name: 'a', properties: { settings: { name: '/Health', timeCreated: 'x' } } }],
      [{ name: 'a', properties: { settings: { name: '/health', timeCreated: 'y' } } }],
    ],
  ])('is another one with %s', (_what, path, before, after) => {
    const [one, other] = hashes(path, before, after);
    expect(one).not.toBe(other);
  });
});

describe('a change', () => {
  const change = (path: string, before: Json, after: Json): readonly PropertyChange[] => [
    { path, before, after, class: 'none' },
  ];

  // Feature [Service behaviour that is expected] Tags that come back as text (case 12: azure-cli#25008)
  //   shown by: a change > of a tag to 1234 is in when Azure shows 1234
  it.each([
    [1234, '1234'],
    [true, 'true'],
    [0.5, '0.5'],
  ])('of a tag to %s is in when Azure shows %s', (wanted, shown) => {
    const delta = change('tags.build', null, wanted);
    const model = changed('tags.build', shown);
    expect(isApplied(model, delta)).toBe(true);
    expect(isThereAlready(model, delta)).toBe(true);
    expect(isApplied(changed('tags.build', 'other'), delta)).toBe(false);
  });

  it('of a tag is sent as text', () => {
    const delta = deltaOf(aModel(), [{ kind: 'set', path: 'tags.build', value: 1234 }]);
    expect(delta).toMatchObject([{ path: 'tags.build', after: '1234' }]);
  });

  it('is in when its id is shown in other letters, and stands as it was left', () => {
    const delta = change(`${PROFILE}.a`, null, { subnet: { id: SUBNET } });
    const [left, shown] = [SUBNET, SUBNET.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')].map(
      (id) => changed(`${PROFILE}.a`, { subnet: { id } }),
    );
    if (left === undefined || shown === undefined) throw new Error('two models');
    expect(isApplied(shown, delta)).toBe(true);
    expect(valuesHash(shown, delta)).toBe(valuesHash(left, delta));
  });

  it('to false is in when Azure shows nothing for it, to true it is not', () => {
    const path = `${PROFILE}.securityProfile.encryptionAtHost`;
    expect(isApplied(aModel(), change(path, true, false))).toBe(true);
    expect(isApplied(aModel(), change(path, false, true))).toBe(false);
  });
});
