import { z } from 'zod';
import type { Instance, Sign } from '../core/instance/instances.ts';
import type { Model } from '../core/model/model.ts';
import { spelled } from '../core/model/provisioning.ts';
import { unsigned } from '../core/model/secrets.ts';
import { disksOf, readDataDisk } from './data-disks.ts';
import { healthOf } from './health.ts';
import { linkOf } from './pages.ts';
import type { Page } from './pages.ts';
import { flag, listOf, number, objectOf, text } from './parts.ts';
import type { Read, Reader } from './parts.ts';
import type { InstanceResource } from './port.ts';
import { extensionsOf, readExtension, readStatus, signOf, statusOf } from './status.ts';
import type { Status } from './status.ts';

const readImageReference = objectOf({
  id: text,
  version: text,
  exactVersion: text,
  sharedGalleryImageId: text,
  communityGalleryImageId: text,
});

const readView = objectOf({
  placementGroupId: text,
  platformUpdateDomain: number,
  platformFaultDomain: number,
  vmAgent: objectOf({ statuses: listOf(readStatus) }),
  vmHealth: objectOf({ status: readStatus }),
  extensions: listOf(readExtension),
  statuses: listOf(readStatus),
});

const readConfiguration = objectOf({ provisionVMAgent: flag });

const readProperties = objectOf({
  latestModelApplied: flag,
  vmId: text,
  provisioningState: text,
  hardwareProfile: objectOf({ vmSize: text }),
  storageProfile: objectOf({
    imageReference: readImageReference,
    osDisk: objectOf({ image: objectOf({ uri: text }) }),
    dataDisks: listOf(readDataDisk),
  }),
  osProfile: objectOf({ linuxConfiguration: readConfiguration, windowsConfiguration: readConfiguration }),
  protectionPolicy: objectOf({ protectFromScaleSetActions: flag }),
  instanceView: readView,
});
type Properties = Read<typeof readProperties> | undefined;

/** One item of the VM list. Flexible scale sets send no `properties`, and `[null]` for no zone. */
const readVirtualMachine = objectOf({
  instanceId: text,
  name: text,
  zones: (part) => (Array.isArray(part) ? text(part[0]) : undefined),
  sku: objectOf({ name: text }),
  properties: readProperties,
});

const VmPage = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });

/** One page of the VM list; `undefined` for a body of another shape. */
export function readInstancePage(body: unknown): Page<Instance> | undefined {
  return pageOf(body, readInstance);
}

/** The same, with each instance as the service sent it, which takes many times the room. */
export function readResourcePage(body: unknown): Page<InstanceResource> | undefined {
  return pageOf(body, (resource) => {
    const instance = readInstance(resource);
    return instance && { instance, resource: resource as Model };
  });
}

function pageOf<T>(body: unknown, read: Reader<T>): Page<T> | undefined {
  const parsed = VmPage.safeParse(body);
  if (!parsed.success) return undefined;
  const items = listOf(read)(parsed.data.value);
  return items && { items, ...linkOf(parsed.data.nextLink) };
}

/** One VM as its own resource shows it; `undefined` for a body of another shape. */
export function readInstance(body: unknown): Instance | undefined {
  const vm = readVirtualMachine(body);
  return vm?.instanceId === undefined ? undefined : toInstance(vm.instanceId, vm);
}

function toInstance(instanceId: string, vm: Read<typeof readVirtualMachine>): Instance {
  const { properties } = vm;
  const view = properties?.instanceView;
  const image = properties?.storageProfile?.imageReference;
  return {
    instanceId,
    name: vm.name ?? instanceId,
    latestModelApplied: properties?.latestModelApplied ?? false,
    provisioningState: spelled(properties?.provisioningState ?? ''),
    image:
      image?.exactVersion ??
      image?.version ??
      image?.id ??
      image?.sharedGalleryImageId ??
      image?.communityGalleryImageId ??
      unsigned(properties?.storageProfile?.osDisk?.image?.uri ?? ''),
    isProtected: properties?.protectionPolicy?.protectFromScaleSetActions ?? false,
    ...(isAgentless(properties) && { isAgentless: true as const }),
    ...present({
      zone: vm.zones,
      dataDisks: disksOf(properties?.storageProfile?.dataDisks),
      vmSize: properties?.hardwareProfile?.vmSize ?? vm.sku?.name,
      vmId: properties?.vmId,
      placementGroup: view?.placementGroupId,
      updateDomain: view?.platformUpdateDomain,
      faultDomain: view?.platformFaultDomain,
      provisioning: firstOf(view?.statuses, 'provisioningstate'),
      power: firstOf(view?.statuses, 'powerstate')?.state,
      agent: firstOf(view?.vmAgent?.statuses, 'provisioningstate'),
      health: view && healthOf(view),
      extensions: extensionsOf(view?.extensions),
    }),
  };
}

/** Made without a guest agent, by its own profile. */
function isAgentless(properties: Properties): boolean {
  const { linuxConfiguration, windowsConfiguration } = properties?.osProfile ?? {};
  return linuxConfiguration?.provisionVMAgent === false || windowsConfiguration?.provisionVMAgent === false;
}

function firstOf(statuses: readonly Status[] | undefined, family: string): Sign | undefined {
  const status = statusOf(statuses, family);
  return status && signOf(status);
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what the view does not show. */
function present<T extends object>(parts: T): Present<T> {
  const shown: Partial<T> = {};
  for (const name in parts) if (parts[name] !== undefined) shown[name] = parts[name];
  return shown as Present<T>;
}
