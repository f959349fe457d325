import { z } from 'zod';
import type { Instance, Sign } from '../core/instance/instances.ts';
import type { Model } from '../core/model/model.ts';
import { spelled } from '../core/model/provisioning.ts';
import { unsigned } from '../core/model/secrets.ts';
import { DataDisk, disksOf } from './data-disks.ts';
import { healthOf } from './health.ts';
import { linkOf } from './pages.ts';
import type { Page } from './pages.ts';
import type { InstanceResource } from './port.ts';
import { Extension, extensionsOf, Status, part, signOf, statusOf } from './status.ts';

const ImageReference = z.object({
  id: part(z.string()),
  version: part(z.string()),
  exactVersion: part(z.string()),
  sharedGalleryImageId: part(z.string()),
  communityGalleryImageId: part(z.string()),
});

const InstanceView = z.object({
  placementGroupId: part(z.string()),
  platformUpdateDomain: part(z.number()),
  platformFaultDomain: part(z.number()),
  vmAgent: part(z.object({ statuses: part(z.array(Status)) })),
  vmHealth: part(z.object({ status: part(Status) })),
  extensions: part(z.array(Extension)),
  statuses: part(z.array(Status)),
});

const Configuration = part(z.object({ provisionVMAgent: part(z.boolean()) }));

const Properties = z.object({
  latestModelApplied: part(z.boolean()),
  vmId: part(z.string()),
  provisioningState: part(z.string()),
  hardwareProfile: part(z.object({ vmSize: part(z.string()) })),
  storageProfile: part(
    z.object({
      imageReference: part(ImageReference),
      osDisk: part(z.object({ image: part(z.object({ uri: part(z.string()) })) })),
      dataDisks: part(z.array(DataDisk)),
    }),
  ),
  osProfile: part(z.object({ linuxConfiguration: Configuration, windowsConfiguration: Configuration })),
  protectionPolicy: part(z.object({ protectFromScaleSetActions: part(z.boolean()) })),
  instanceView: part(InstanceView),
});

/** One item of the VM list. Flexible scale sets send no `properties`, and `[null]` for no zone. */
const VirtualMachine = z.object({
  instanceId: z.string(),
  name: part(z.string()),
  zones: part(z.array(part(z.string()))),
  sku: part(z.object({ name: part(z.string()) })),
  properties: part(Properties),
});
type VirtualMachine = z.infer<typeof VirtualMachine>;

const VmPage = z.object({ value: z.array(VirtualMachine), nextLink: z.string().nullish() });

/** One page of the VM list; `undefined` for a body of another shape. */
export function readInstancePage(body: unknown): Page<InstanceResource> | undefined {
  const parsed = VmPage.safeParse(body);
  if (!parsed.success) return undefined;
  const { value, nextLink } = parsed.data;
  const resources = (body as { readonly value: readonly Model[] }).value;
  return {
    items: value.map((vm, index) => ({ instance: toInstance(vm), resource: resources[index] ?? {} })),
    ...linkOf(nextLink),
  };
}

/** One VM as its own resource shows it; `undefined` for a body of another shape. */
export function readInstance(body: unknown): Instance | undefined {
  const parsed = VirtualMachine.safeParse(body);
  return parsed.success ? toInstance(parsed.data) : undefined;
}

function toInstance(vm: VirtualMachine): Instance {
  const { properties } = vm;
  const view = properties?.instanceView;
  const image = properties?.storageProfile?.imageReference;
  return {
    instanceId: vm.instanceId,
    name: vm.name ?? vm.instanceId,
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
      zone: vm.zones?.[0],
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
function isAgentless(properties: VirtualMachine['properties']): boolean {
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
