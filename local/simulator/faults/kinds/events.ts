import { z } from 'zod';
import { Once } from './shared.ts';

export const ForeignModel = z.strictObject({
  kind: z.literal('foreignModel'),
  ...Once,
  patch: z.record(z.string(), z.json()),
});

export const ForeignCapacity = z.strictObject({
  kind: z.literal('foreignCapacity'),
  ...Once,
  change: z.int(),
});

export const ForeignUpgrade = z.strictObject({
  kind: z.literal('foreignUpgrade'),
  ...Once,
  instances: z.array(z.string()).min(1).default(['*']),
});

/** Somebody's autoscale rule; other than a person it leaves instances that are protected from scale-in alone. */
export const Autoscale = z.strictObject({ kind: z.literal('autoscale'), ...Once, change: z.int() });

/** The platform takes instances back. */
export const Eviction = z.strictObject({
  kind: z.literal('eviction'),
  ...Once,
  instances: z.array(z.string()).min(1),
  /** The model's `evictionPolicy` when absent. */
  policy: z.enum(['Deallocate', 'Delete']).optional(),
});

/** The platform repairs instances, whatever their health. */
export const Repair = z.strictObject({
  kind: z.literal('repair'),
  ...Once,
  instances: z.array(z.string()).min(1),
  action: z.enum(['Replace', 'Reimage', 'Restart']).default('Replace'),
});

/** A newer version of a platform image appears. */
export const ImagePublication = z.strictObject({
  kind: z.literal('imagePublication'),
  ...Once,
  version: z.string(),
  sku: z.string().optional(),
  offer: z.string().optional(),
  publisher: z.string().optional(),
});

/** The service's clock, as its answers show it, jumps forward or back; what happens keeps its pace. */
export const ClockJump = z.strictObject({ kind: z.literal('clockJump'), ...Once, seconds: z.number() });

/** The platform begins its own OS upgrade of sets that have automatic OS upgrades, whatever runs on them. */
export const OsUpgrade = z.strictObject({ kind: z.literal('osUpgrade'), ...Once });
