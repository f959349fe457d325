import { z } from 'zod';

const Summary = z.looseObject({
  id: z.string(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  name: z.string(),
  location: z.string(),
  zones: z.array(z.string()),
  vmSize: z.string().nullable(),
  capacity: z.number().nullable(),
  orchestrationMode: z.string(),
  upgradePolicy: z.string().nullable(),
  image: z.record(z.string(), z.string()).nullable(),
  provisioningState: z.string(),
  heldBy: z.string().nullable(),
});
export type ScaleSetSummary = z.infer<typeof Summary>;

export const ScaleSets = z.looseObject({
  value: z.array(Summary),
  unreadable: z
    .array(z.looseObject({ subscriptionId: z.string(), code: z.string(), message: z.string() }))
    .nullish(),
});
export type ScaleSets = z.infer<typeof ScaleSets>;

export const ScaleSet = Summary.extend({ etag: z.string(), model: z.unknown(), instanceView: z.unknown() });
export type ScaleSet = z.infer<typeof ScaleSet>;

export const ScaleSetInstance = z.looseObject({
  instanceId: z.string(),
  name: z.string(),
  updateDomain: z.number().nullable(),
  faultDomain: z.number().nullable(),
  zone: z.string().nullable(),
  vmSize: z.string().nullable(),
  latestModelApplied: z.boolean(),
  image: z.string(),
  provisioningState: z.string(),
  power: z.string().nullable(),
  health: z.string().nullable(),
  agent: z.string().nullable(),
  protection: z.looseObject({ fromScaleSetActions: z.boolean(), fromScaleIn: z.boolean() }),
});
export type ScaleSetInstance = z.infer<typeof ScaleSetInstance>;

export const ScaleSetInstances = z.looseObject({ value: z.array(ScaleSetInstance) });
