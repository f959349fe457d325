import { expect, it, test } from 'vitest';
import { isMoreDisruptive, mostDisruptive } from '../../../src/core/model/change-class.ts';
import type { ChangeClass } from '../../../src/core/model/change-class.ts';
import { deltaOf } from '../../../src/core/model/delta.ts';
import type { Json, Model } from '../../../src/core/model/model.ts';
import { classOf } from '../../../src/core/model/properties.ts';
import { aModel, setting } from '../../lab/builders.ts';

const PROFILE = 'virtualMachineProfile';
const IMAGE = `${PROFILE}.storageProfile.imageReference`;
const DISK = `${PROFILE}.storageProfile.osDisk`;

function refusalOf(path: string, value: Json, model = aModel()): unknown {
  return deltaOf(model, setting({ [path]: value }));
}

// The list of arm-vmss.md 3.4, "create-time-only or restricted", line by line.
test.each<[string, Json]>([
  ['orchestrationMode', 'Flexible'],
  ['platformFaultDomainCount', 3],
  [`${DISK}.managedDisk.storageAccountType`, 'Standard_LRS'],
  [`${DISK}.createOption`, 'Attach'],
  [`${PROFILE}.osProfile.computerNamePrefix`, 'other'],
  ['location', 'northeurope'],
  ['zones', []],
  [`${IMAGE}.publisher`, 'Debian'],
  [`${IMAGE}.offer`, 'debian-12'],
  ['singlePlacementGroup', false],
  ['proximityPlacementGroup', { id: '/subscriptions/x' }],
])('refuses to change %s, which is fixed at creation', (path, value) => {
  expect(refusalOf(path, value)).toMatchObject({ kind: 'refused', code: 'propertyNotChangeable', path });
});

test.each<[string, Json]>([
  ['id', '/x'],
  ['name', 'other'],
  ['type', 'x'],
  ['etag', '"9"'],
  ['provisioningState', 'Succeeded!'],
  ['uniqueId', 'x'],
  ['timeCreated', '2026-01-01T00:00:00Z'],
])('refuses to change %s, which the service sets', (path, value) => {
  expect(refusalOf(path, value)).toMatchObject({ kind: 'refused', code: 'propertyNotChangeable', path });
});

test.each<[string, Json]>([
  ['sku.capacity', 30],
  ['upgradePolicy.mode', 'Automatic'],
  ['identity', { type: 'None' }],
  [`${PROFILE}.extensionProfile.extensions`, []],
  [`${PROFILE}.priority`, 'Spot'],
])('refuses to change %s, which is not for a rollout', (path, value) => {
  expect(refusalOf(path, value)).toMatchObject({ kind: 'refused', code: 'propertyNotChangeable', path });
});

it.each<[string, Json]>([
  [`${PROFILE}.storageProfile`, { osDisk: { createOption: 'Attach' } }],
  [`${PROFILE}.osProfile`, { computerNamePrefix: 'other', adminUsername: 'azureuser' }],
  [IMAGE, { publisher: 'Debian', offer: 'debian-12', sku: '12' }],
  [IMAGE, { publisher: 'Debian', offer: 'debian-12', sku: '12', version: '' }],
  [IMAGE, { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/x' }],
  [PROFILE, { extensionProfile: { extensions: [] } }],
  ['sku', { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 50 }],
])('refuses it also inside a whole object, at %s', (path, value) => {
  expect(refusalOf(path, value)).toMatchObject({ kind: 'refused', code: 'propertyNotChangeable' });
});

test.each<[string, Json, ChangeClass]>([
  ['tags.team', 'other', 'none'],
  [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`, true, 'none'],
  ['automaticRepairsPolicy', { enabled: false }, 'none'],
  ['overprovision', true, 'none'],
  ['additionalCapabilities', { ultraSSDEnabled: true }, 'none'],
  [`${PROFILE}.networkProfile.networkApiVersion`, '2022-11-01', 'restart'],
  [`${PROFILE}.osProfile.adminUsername`, 'root', 'reimage'],
  [`${IMAGE}.version`, '22.04.202611010', 'reimage'],
  [`${DISK}.caching`, 'ReadOnly', 'reimage'],
  [IMAGE, { publisher: 'Canonical', offer: 'jammy', sku: '22_04-lts-gen2', version: 'latest' }, 'reimage'],
  [IMAGE, { publisher: 'Debian', offer: 'debian-12', sku: '12', version: '0.20261101.1' }, 'reimage'],
  [`${PROFILE}.diagnosticsProfile`, { bootDiagnostics: { enabled: true, storageUri: 'x' } }, 'none'],
])('changing %s to %j takes %s', (path, value, expected) => {
  expect(refusalOf(path, value)).toEqual([expect.objectContaining({ path, class: expected })]);
});

test.each(['', 'properties', 'properties.virtualMachineProfileX', 'tagsX', 'skus', 'properties.sku'])(
  'whatever is not known, as %j, cannot be changed',
  (path) => {
    expect(classOf(path).class).toBe('impossible');
  },
);

it('takes for a whole object what the worst change inside it takes', () => {
  const { virtualMachineProfile } = aModel()['properties'] as { virtualMachineProfile: Model };
  const storageProfile = { imageReference: { version: '22.04.202611010' } };
  const after = { ...virtualMachineProfile, osProfile: { computerNamePrefix: 'web', adminUsername: 'root' } };
  expect(refusalOf(PROFILE, after)).toEqual([expect.objectContaining({ class: 'reimage' })]);
  expect(refusalOf(PROFILE, { ...virtualMachineProfile, storageProfile })).toMatchObject({
    code: 'propertyNotChangeable',
  });
});

it('orders the classes from none to impossible', () => {
  const rising: readonly ChangeClass[] = ['none', 'restart', 'reimage', 'deallocate', 'impossible'];
  for (const [low, a] of rising.entries()) {
    for (const [high, b] of rising.entries()) expect(isMoreDisruptive(b, a)).toBe(high > low);
  }
  expect(mostDisruptive([])).toBe('none');
  expect(mostDisruptive(['none', 'reimage', 'restart'])).toBe('reimage');
});
