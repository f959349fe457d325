import { z } from 'zod';
import type { SwitchedOff } from '../actions/switched-off.ts';
import type { DiskWork, InstanceDisks } from '../instance/disks.ts';
import { OFF_STATES } from '../instance/power.ts';
import type { Guards } from '../model/guards.ts';
import { count, flag, maybe, number, schemaOf, text, texts } from '../model/schemas.ts';
import type { Unrecoverable } from '../undo/unrecoverable.ts';
import type { PlannedBatch } from './batches.ts';
import type { Expected } from './expected.ts';

/** The parts of a plan that the app tells as it stores them: one schema for both. */

export const plannedBatch = schemaOf<PlannedBatch>()(
  z.strictObject({ index: count, name: text, instances: texts, canary: flag }),
);

const disk = z.strictObject({
  diskId: text,
  lun: count,
  caching: maybe(text),
  deleteOption: maybe(text),
  writeAcceleratorEnabled: maybe(z.boolean()),
});

const work = { attach: z.array(disk), detach: z.array(disk) };

export const diskWork = schemaOf<DiskWork>()(z.strictObject(work));

export const instanceDisks = schemaOf<InstanceDisks>()(z.strictObject({ instance: text, ...work }));

export const off = z.enum(OFF_STATES);

export const switchedOff = schemaOf<SwitchedOff>()(
  z.strictObject({ instance: text, power: off, as: z.enum(['cold', 'started', 'offAgain']) }),
);

export const guards = schemaOf<Guards>()(
  z.strictObject({ policy: maybe(text), repairs: flag, osUpgrades: flag }),
);

export const unrecoverable = schemaOf<Unrecoverable>()(z.strictObject({ path: text, why: text }));

export const expected = schemaOf<Expected>()(z.strictObject({ seconds: number, armRequests: number }));
