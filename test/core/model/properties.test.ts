import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { PROPERTIES, propertyAt } from '../../../src/core/model/properties.ts';
import { SOURCES } from '../../../src/core/model/property.ts';

/** The client of 2026-04-01: its types are generated from the Compute specification. */
const TYPES = readFileSync('node_modules/@azure/arm-compute/dist/esm/models/compute/models.d.ts', 'utf8');

/** The fields of an interface, with the interface that each is of, where it is one. */
function fieldsOf(name: string): readonly (readonly [field: string, type: string])[] {
  const found = new RegExp(`^export interface ${name} (?:extends \\w+ )?\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(
    TYPES,
  );
  return [...(found?.[1] ?? '').matchAll(/^ {4}(?:readonly )?(\w+)\??: (.+);$/gm)].map(
    ([, field = '', type = '']) => [field, type.replace(/\[\]$/, '')],
  );
}

/** Every property below a path, in ARM's shape without list positions. */
function below(path: string, type: string): readonly string[] {
  return fieldsOf(type).flatMap(([field, inner]) => {
    const own = `${path}.${field}`;
    const deeper = below(own, inner);
    return deeper.length === 0 ? [own] : [own, ...deeper];
  });
}

/** Extensions are resources of their own, and their settings anybody's. */
const isExtension = (path: string): boolean => path.includes('.extensionProfile.extensions.');

const TOP = ['sku', 'plan', 'identity', 'zones', 'extendedLocation', 'etag', 'placement'];
const ALL = [
  'location',
  'tags',
  'id',
  'name',
  'type',
  ...TOP.flatMap((name) => {
    const type = fieldsOf('VirtualMachineScaleSet').find(([field]) => field === name)?.[1] ?? '';
    return [name, ...below(name, type)];
  }),
  ...below('properties', 'VirtualMachineScaleSetProperties'),
].filter((path) => !isExtension(path));

// Feature [Change] One table has each property of the model, what changing it takes, and where that is written (Issue 12, kind 1)
describe('the table of properties', () => {
  it('is held against the whole model of the specification', () => {
    expect(ALL.length).toBeGreaterThan(180);
    expect(ALL).toContain('properties.virtualMachineProfile.securityProfile.encryptionAtHost');
    expect(ALL).toContain('properties.resiliencyPolicy.zoneAllocationPolicy');
  });

  it('has each of its properties, be it by a part that it belongs to', () => {
    const missing = ALL.filter((path) => propertyAt(path) === undefined);
    expect(missing).toEqual(['properties.virtualMachineProfile']);
  });

  it('has a row of its own for each part of the set, and of the profile of its instances', () => {
    const rows = new Set(PROPERTIES.map(({ path }) => path));
    const parts = ALL.filter((path) => /^(?:properties\.(?:virtualMachineProfile\.)?)?\w+$/.test(path));
    const own = parts.filter((path) => !['properties', 'properties.virtualMachineProfile'].includes(path));
    expect(own.filter((path) => !rows.has(path))).toEqual([]);
  });

  it('has nothing that the specification does not know', () => {
    const known = new Set([...ALL, 'systemData'].map((path) => path.toLowerCase()));
    expect(PROPERTIES.filter(({ path }) => !known.has(path.toLowerCase())).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('names each property once', () => {
    const names = PROPERTIES.map(({ path }) => path.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of each where that is written, and of what cannot change what to do instead', () => {
    for (const { path, source, class: takes, remedy } of PROPERTIES) {
      expect(SOURCES[source], path).toMatch(/\w/);
      expect(remedy === undefined, path).toBe(takes !== 'impossible');
    }
    const used = new Set<string>(PROPERTIES.map(({ source }) => source));
    expect(Object.keys(SOURCES).filter((name) => !used.has(name))).toEqual([]);
  });
});

// By hand, from the pages that the table names.
const PROFILE = 'properties.virtualMachineProfile';
test.each([
  [`${PROFILE}.securityProfile.encryptionAtHost`, 'deallocate'],
  [`${PROFILE}.capacityReservation.capacityReservationGroup.id`, 'deallocate'],
  [`${PROFILE}.capacityReservation`, 'deallocate'],
  [`${PROFILE}.storageProfile.diskControllerType`, 'deallocate'],
  [`${PROFILE}.billingProfile.maxPrice`, 'deallocate'],
  [`${PROFILE}.osProfile.secrets`, 'none'],
  [`${PROFILE}.osProfile.secrets.vaultCertificates.certificateUrl`, 'none'],
  [`${PROFILE}.osProfile.linuxConfiguration.ssh.publicKeys`, 'reimage'],
  [`${PROFILE}.osProfile.windowsConfiguration.enableAutomaticUpdates`, 'reimage'],
  [`${PROFILE}.storageProfile.osDisk.osType`, 'impossible'],
  [`${PROFILE}.StorageProfile.OsDisk.OsType`, 'impossible'],
  [`${PROFILE}.storageProfile.dataDisks.managedDisk.storageAccountType`, 'impossible'],
  [`${PROFILE}.priority`, 'impossible'],
  [`${PROFILE}.hardwareProfile.processorMode`, 'none'],
  [`${PROFILE}.hardwareProfile.vmSizeProperties.vCPUsAvailable`, 'deallocate'],
  [`${PROFILE}.licenseType`, 'none'],
  [`${PROFILE}.extensionProfile.extensionsTimeBudget`, 'none'],
  ['properties.resiliencyPolicy.automaticZoneRebalancingPolicy.enabled', 'none'],
  ['properties.proximityPlacementGroup.id', 'impossible'],
])('changing %s takes %s', (path, takes) => {
  expect(propertyAt(path)?.class).toBe(takes);
});
