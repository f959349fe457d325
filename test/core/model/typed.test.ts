import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { applyEdits } from '../../../src/core/model/edits.ts';
import { deltaOf } from '../../../src/core/model/delta.ts';
import type { Json } from '../../../src/core/model/model.ts';
import { NUMBERS } from '../../../src/core/model/typed.ts';
import { aModel, setting } from '../../lab/builders.ts';

const PROFILE = 'virtualMachineProfile';
/** The client of 2026-04-01: its types are generated from the Compute specification. */
const TYPES = readFileSync('node_modules/@azure/arm-compute/dist/esm/models/compute/models.d.ts', 'utf8');

/** Every field below an interface of the client, with its type. */
function below(name: string, seen = new Set<string>()): readonly (readonly [field: string, type: string])[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const found = new RegExp(`^export interface ${name} (?:extends (\\w+) )?\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(
    TYPES,
  );
  const own = [...(found?.[2] ?? '').matchAll(/^ {4}(?:readonly )?(\w+)\??: (.+);$/gm)].map(
    ([, field = '', type = '']) => [field, type.replace(/\[\]$/, '')] as const,
  );
  const inherited = found?.[1] === undefined ? [] : below(found[1], seen);
  return [...inherited, ...own, ...own.flatMap(([, type]) => below(type, seen))];
}

const FIELDS = below('VirtualMachineScaleSet');
const namesOf = (type: string) => new Set(FIELDS.filter(([, own]) => own === type).map(([field]) => field));

describe('the types of the model', () => {
  it('are read from the whole specification', () => {
    expect(FIELDS.length).toBeGreaterThan(250);
  });

  it('are numbers where the specification has numbers', () => {
    expect(NUMBERS).toEqual(namesOf('number'));
  });

  it('are never two under one name', () => {
    const [numbers, booleans, texts] = [namesOf('number'), namesOf('boolean'), namesOf('string')];
    expect([...numbers].filter((name) => booleans.has(name) || texts.has(name))).toEqual([]);
    expect([...booleans].filter((name) => texts.has(name))).toEqual([]);
  });
});

const IMAGE = `${PROFILE}.storageProfile.imageReference`;
const NIC = `${PROFILE}.networkProfile.networkInterfaceConfigurations[0]`;

// Feature [Change] Values are sent as the service types them, whatever a shell makes of them (Issue 12, case 12)
//   shown by: a value becomes what the service has there: virtualMachineProfile.securityProfile.encryptionAtHost
test.each<[path: string, given: Json, sent: Json]>([
  [`${PROFILE}.securityProfile.encryptionAtHost`, 'True', true],
  [`${PROFILE}.securityProfile`, { encryptionAtHost: 'true' }, { encryptionAtHost: true }],
  [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`, 'TRUE', true],
  [`${PROFILE}.storageProfile.osDisk.diskSizeGB`, '64', 64],
  [`${PROFILE}.billingProfile.maxPrice`, '0.25', 0.25],
  [`${IMAGE}.sku`, 12, '12'],
  [`${IMAGE}.version`, 4.5, '4.5'],
  [`${NIC}.enableAcceleratedNetworking`, 'true', true],
  [
    `${PROFILE}.storageProfile.dataDisks`,
    [{ lun: '0', diskSizeGB: '8', name: 7 }],
    [{ lun: 0, diskSizeGB: 8, name: '7' }],
  ],
  ['automaticRepairsPolicy.enabled', 'true', true],
  ['tags.live', true, 'true'],
  ['tags.size', 64, '64'],
])('a value becomes what the service has there: %s', (path, given, sent) => {
  const delta = deltaOf(aModel(), setting({ [path]: given }));
  if ('kind' in delta) throw new Error(delta.message);
  expect(JSON.stringify(delta.map(({ after }) => after))).toContain(JSON.stringify(sent));
  expect(delta.map(({ after }) => after)).not.toContainEqual(given);
});

// Feature [Change] What means the same is no change: other letters, and what stands where nothing was said (Issue 12, kind 1)
//   shown by: a change of nothing is none: sku.name
test.each<[path: string, value: Json]>([
  ['sku.name', 'standard_d2s_v5'],
  [`${PROFILE}.securityProfile.encryptionAtHost`, false],
  [`${PROFILE}.securityProfile.encryptionAtHost`, 'false'],
  [`${PROFILE}.billingProfile.maxPrice`, -1],
  [`${PROFILE}.licenseType`, 'None'],
  [`${IMAGE}.offer`, 'JAMMY'],
])('a change of nothing is none: %s', (path, value) => {
  expect(deltaOf(aModel(), setting({ [path]: value }))).toEqual([]);
});

// Feature [Change] A property that is not there yet is written as the service spells it (Issue 12, case 17)
//   shown by: a property that is not there yet has the name of the service: virtualMachineProfile.license_type
test.each([
  [`${PROFILE}.license_type`, 'RHEL_BYOS', `${PROFILE}.licenseType`],
  [`${PROFILE}.LicenseType`, 'RHEL_BYOS', `${PROFILE}.licenseType`],
  [`${PROFILE}.security_profile.encryption_at_host`, true, `${PROFILE}.securityProfile`],
  ['AdditionalCapabilities.ultraSSDEnabled', true, 'additionalCapabilities'],
  ['scale_in_policy.forceDeletion', true, 'scaleInPolicy'],
])('a property that is not there yet has the name of the service: %s', (path, value, named) => {
  const delta = deltaOf(aModel(), setting({ [path]: value }));
  if ('kind' in delta) throw new Error(delta.message);
  expect(delta.map((change) => change.path)).toEqual([named]);
  expect(JSON.stringify(delta)).not.toContain('_at_host');
});

// Feature [Change] A tag is the same in other letters (Issue 12, case 13)
it('a tag that is there keeps its name, in whatever letters it is named', () => {
  const edited = applyEdits(aModel(), setting({ 'tags.TEAM': 'other', 'tags.Cost.Center': '7' }));
  expect(edited).toMatchObject({ model: { tags: { team: 'other', cost: '42', 'Cost.Center': '7' } } });
});
