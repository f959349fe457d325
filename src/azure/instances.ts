import { z } from 'zod';
import type { Instance, Sign } from '../core/instances.ts';
import { healthOf } from './health.ts';
import { Extension, Status, pathOf, signOf } from './status.ts';

const ImageReference = z.object({
  id: z.string().optional(),
  version: z.string().optional(),
  exactVersion: z.string().optional(),
});

const InstanceView = z.object({
  placementGroupId: z.string().optional(),
  platformUpdateDomain: z.number().optional(),
  platformFaultDomain: z.number().optional(),
  vmAgent: z.object({ statuses: z.array(Status).default([]) }).optional(),
  vmHealth: z.object({ status: Status.optional() }).optional(),
  extensions: z.array(Extension).default([]),
  statuses: z.array(Status).default([]),
});

/** One item of the VM list. Flexible scale sets send no `properties` at all. */
const VirtualMachine = z.object({
  instanceId: z.string(),
  name: z.string().optional(),
  zones: z.array(z.string()).nullish(),
  sku: z.object({ name: z.string().optional() }).nullish(),
  properties: z
    .object({
      latestModelApplied: z.boolean().optional(),
      provisioningState: z.string().optional(),
      hardwareProfile: z.object({ vmSize: z.string().optional() }).nullish(),
      storageProfile: z
        .object({
          imageReference: ImageReference.nullish(),
          osDisk: z.object({ image: z.object({ uri: z.string().optional() }).nullish() }).nullish(),
        })
        .nullish(),
      protectionPolicy: z.object({ protectFromScaleSetActions: z.boolean().optional() }).nullish(),
      instanceView: InstanceView.nullish(),
    })
    .optional(),
});
type VirtualMachine = z.infer<typeof VirtualMachine>;

const Page = z.object({ value: z.array(VirtualMachine), nextLink: z.string().nullish() });

export interface InstancePage {
  readonly instances: readonly Instance[];
  readonly nextLink?: string;
}

/** One page of the VM list; `undefined` for a body of another shape. */
export function readInstancePage(body: unknown): InstancePage | undefined {
  const parsed = Page.safeParse(body);
  if (!parsed.success) return undefined;
  const { value, nextLink } = parsed.data;
  return {
    instances: value.map(toInstance),
    ...(nextLink !== undefined && nextLink !== null && nextLink !== '' && { nextLink }),
  };
}

function toInstance(vm: VirtualMachine): Instance {
  const properties = vm.properties ?? {};
  const view = properties.instanceView ?? undefined;
  const image = properties.storageProfile?.imageReference;
  return {
    instanceId: vm.instanceId,
    name: vm.name ?? vm.instanceId,
    latestModelApplied: properties.latestModelApplied ?? false,
    provisioningState: properties.provisioningState ?? '',
    image:
      image?.exactVersion ??
      image?.version ??
      image?.id ??
      properties.storageProfile?.osDisk?.image?.uri ??
      '',
    isProtected: properties.protectionPolicy?.protectFromScaleSetActions ?? false,
    ...present({
      zone: vm.zones?.[0],
      vmSize: properties.hardwareProfile?.vmSize ?? vm.sku?.name,
      placementGroup: view?.placementGroupId,
      updateDomain: view?.platformUpdateDomain,
      faultDomain: view?.platformFaultDomain,
      provisioning: firstOf(view?.statuses, 'provisioningstate'),
      power: firstOf(view?.statuses, 'powerstate')?.state,
      agent: firstOf(view?.vmAgent?.statuses, 'provisioningstate'),
      health: view && healthOf(view),
    }),
  };
}

function firstOf(statuses: readonly Status[] = [], family: string): Sign | undefined {
  const status = statuses.find(({ code }) => pathOf(code)[0] === family);
  return status && signOf(status);
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what the view does not show. */
function present<T extends object>(parts: T): Present<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Present<T>;
}
