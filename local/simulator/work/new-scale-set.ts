import { z } from 'zod';
import { withPolicyDefaults, withServiceDefaults } from '../model/defaults.ts';
import { healthSignalOf, ScaleSetModel, type ImageReference, type ModelExtension } from '../model/schema.ts';
import { addInstance } from './new-instance.ts';
import { enterScaleSet } from './creation.ts';
import type { World } from '../world.ts';
import { DEFAULT_IMAGE } from '../store/default-images.ts';
import { marksOf, type Owner } from '../store/owners.ts';
import type { ScaleSet } from '../store/scale-set.ts';

/** A scale set that is there from the start, with instances that have been serving for long. */
export interface ScaleSetSpec {
  readonly name: string;
  readonly count: number;
  readonly resourceGroup?: string;
  readonly image?: ImageReference;
  readonly vmSize?: string;
  readonly osType?: 'Linux' | 'Windows';
  readonly zones?: readonly string[];
  readonly faultDomains?: number;
  readonly upgradePolicy?: {
    readonly mode: 'Manual' | 'Automatic' | 'Rolling';
    readonly [key: string]: unknown;
  };
  /** Whether the model has the application health extension; default true. */
  readonly healthExtension?: boolean;
  /** 1.0 reports healthy and unhealthy only, 2.0 also initializing and unknown. */
  readonly healthExtensionVersion?: '1.0' | '2.0';
  readonly extensions?: readonly ModelExtension[];
  /** Instances with `protectFromScaleSetActions`. */
  readonly protectedInstances?: readonly string[];
  /** Further properties of the resource, such as `automaticRepairsPolicy`. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Further parts of the profile, such as `priority` and `evictionPolicy`. */
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Somebody else who runs the set and leaves marks of it in the model. */
  readonly owner?: Owner;
}

/** Sets that are there from the start were made thirty days before it. */
const AGE_MILLISECONDS = 30 * 86_400_000;

const Name = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9_])?$/, 'is no name of a scale set');
const Count = z.int().min(0).max(1000);

/** Reads `NAME:COUNT`, the form of the command line. */
export function parseScaleSet(text: string): { name: string; count: number } {
  const [name, count] = text.split(':');
  return { name: Name.parse(name), count: Count.parse(Number(count)) };
}

export function addScaleSet(world: World, spec: ScaleSetSpec, resourceGroup: string): ScaleSet {
  const name = Name.parse(spec.name);
  const given = modelFor({ ...spec, name, count: Count.parse(spec.count) });
  const model = withServiceDefaults(world.profile, given);
  const set = enterScaleSet(world, {
    name,
    model,
    resourceGroup: spec.resourceGroup ?? resourceGroup,
    location: world.location,
    created: world.now() - AGE_MILLISECONDS,
  });
  const serving = true;
  const health = healthSignalOf(model) === 'none' ? undefined : 'healthy';
  for (let index = 0; index < model.sku.capacity; index += 1) {
    const isProtected = spec.protectedInstances?.includes(String(index)) === true;
    addInstance(world, set, { serving, health, protected: isProtected });
  }
  return set;
}

function modelFor(spec: ScaleSetSpec): ScaleSetModel {
  const linux = (spec.osType ?? 'Linux') === 'Linux';
  return withPolicyDefaults(
    ScaleSetModel.parse({
      sku: { name: spec.vmSize ?? 'Standard_D2s_v5', tier: 'Standard', capacity: spec.count },
      tags: { ...marksOf(spec.owner).tags, ...spec.tags },
      ...(spec.zones === undefined ? {} : { zones: [...spec.zones] }),
      properties: {
        singlePlacementGroup: spec.count <= 100,
        orchestrationMode: 'Uniform',
        upgradePolicy: spec.upgradePolicy ?? { mode: 'Manual' },
        virtualMachineProfile: {
          osProfile: osProfile(spec.name, linux),
          storageProfile: storageProfile(spec.image ?? { ...DEFAULT_IMAGE }, linux),
          networkProfile: networkProfile(spec.name),
          extensionProfile: { extensions: extensionsFor(spec, linux) },
          ...spec.profile,
        },
        overprovision: false,
        doNotRunExtensionsOnOverprovisionedVMs: false,
        platformFaultDomainCount: spec.faultDomains ?? (spec.zones === undefined ? 5 : 1),
        ...spec.properties,
      },
    }),
  );
}

function osProfile(name: string, linux: boolean): object {
  return {
    computerNamePrefix: name.slice(0, 9),
    adminUsername: 'azureuser',
    ...(linux
      ? { linuxConfiguration: { disablePasswordAuthentication: true, provisionVMAgent: true } }
      : { windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: false } }),
    secrets: [],
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
  };
}

function storageProfile(imageReference: ImageReference, linux: boolean): object {
  return {
    osDisk: {
      osType: linux ? 'Linux' : 'Windows',
      createOption: 'FromImage',
      caching: 'ReadWrite',
      managedDisk: { storageAccountType: 'Premium_LRS' },
      diskSizeGB: linux ? 30 : 127,
    },
    imageReference,
  };
}

function networkProfile(name: string): object {
  const properties = { primary: true, enableIPForwarding: false, ipConfigurations: [] };
  return { networkInterfaceConfigurations: [{ name: `${name}Nic`, properties }] };
}

function extensionsFor(spec: ScaleSetSpec, linux: boolean): ModelExtension[] {
  const health: ModelExtension = {
    name: 'HealthExtension',
    properties: {
      publisher: 'Microsoft.ManagedServices',
      type: linux ? 'ApplicationHealthLinux' : 'ApplicationHealthWindows',
      typeHandlerVersion: spec.healthExtensionVersion ?? '2.0',
      autoUpgradeMinorVersion: true,
      settings: {
        protocol: 'http',
        port: 8080,
        requestPath: '/health',
        intervalInSeconds: 5,
        numberOfProbes: 1,
      },
    },
  };
  return [
    ...(spec.healthExtension === false ? [] : [health]),
    ...marksOf(spec.owner).extensions,
    ...(spec.extensions ?? []),
  ];
}
