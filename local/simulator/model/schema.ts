import { z } from 'zod';

const ImageReference = z.looseObject({
  publisher: z.string().optional(),
  offer: z.string().optional(),
  sku: z.string().optional(),
  version: z.string().optional(),
  id: z.string().optional(),
  communityGalleryImageId: z.string().optional(),
  sharedGalleryImageId: z.string().optional(),
});

const Extension = z.looseObject({
  name: z.string(),
  properties: z.looseObject({
    publisher: z.string(),
    type: z.string(),
    typeHandlerVersion: z.string().optional(),
    settings: z.record(z.string(), z.unknown()).optional(),
  }),
});

const VirtualMachineProfile = z.looseObject({
  osProfile: z.looseObject({ computerNamePrefix: z.string().optional() }).optional(),
  storageProfile: z.looseObject({
    imageReference: ImageReference.optional(),
    osDisk: z
      .looseObject({
        osType: z.string().optional(),
        createOption: z.string().optional(),
        image: z.looseObject({ uri: z.string() }).optional(),
        managedDisk: z.looseObject({ storageAccountType: z.string().optional() }).optional(),
      })
      .optional(),
  }),
  networkProfile: z.looseObject({ healthProbe: z.looseObject({ id: z.string() }).optional() }).optional(),
  extensionProfile: z.looseObject({ extensions: z.array(Extension).optional() }).optional(),
});

/** The part of a scale set that its owner writes; fields that are not named here are kept as they come. */
export const ScaleSetModel = z.looseObject({
  sku: z.looseObject({
    name: z.string(),
    tier: z.string().optional(),
    capacity: z.int().nonnegative(),
  }),
  tags: z.record(z.string(), z.string()).optional(),
  zones: z.array(z.string()).optional(),
  properties: z.looseObject({
    orchestrationMode: z.string().optional(),
    singlePlacementGroup: z.boolean().optional(),
    platformFaultDomainCount: z.int().optional(),
    upgradePolicy: z.looseObject({ mode: z.enum(['Manual', 'Automatic', 'Rolling']) }),
    virtualMachineProfile: VirtualMachineProfile,
  }),
});

export type ScaleSetModel = z.infer<typeof ScaleSetModel>;
export type ImageReference = z.infer<typeof ImageReference>;
export type ModelExtension = z.infer<typeof Extension>;

export function imageReferenceOf(model: ScaleSetModel): ImageReference {
  return model.properties.virtualMachineProfile.storageProfile.imageReference ?? {};
}

/** The id by which a reference names a custom image, whoever shares it. */
export function customIdOf(reference: ImageReference): string | undefined {
  return reference.id ?? reference.communityGalleryImageId ?? reference.sharedGalleryImageId;
}

export function extensionsOf(model: ScaleSetModel): readonly ModelExtension[] {
  return model.properties.virtualMachineProfile.extensionProfile?.extensions ?? [];
}

export function isWindows(model: ScaleSetModel): boolean {
  return model.properties.virtualMachineProfile.storageProfile.osDisk?.osType === 'Windows';
}

export function isWindowsPublisher(publisher: string): boolean {
  return /windows/i.test(publisher);
}

export function isHealthExtension(extension: ModelExtension): boolean {
  return /^ApplicationHealth(Linux|Windows)$/i.test(extension.properties.type);
}

/** Binary signals know only healthy and unhealthy; the extension from 2.0 on also initializing and unknown. */
export type HealthSignal = 'none' | 'binary' | 'rich';

/** Instances report health only when the model has the extension or a probe (arm-vmss.md 3.1). */
export function healthSignalOf(model: ScaleSetModel): HealthSignal {
  const extension = extensionsOf(model).find(isHealthExtension);
  if (extension !== undefined) {
    return Number.parseInt(extension.properties.typeHandlerVersion ?? '1', 10) >= 2 ? 'rich' : 'binary';
  }
  const probe = model.properties.virtualMachineProfile.networkProfile?.healthProbe;
  return probe === undefined ? 'none' : 'binary';
}
