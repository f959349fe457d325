import { z } from 'zod';
import type { InstanceFailure } from '../../core/record/evidence.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Quarantine } from '../../core/record/quarantine.ts';
import { action, count, error, flag, maybe, off, seconds, text, time, direction } from './parts.ts';
import { formatOf } from './format.ts';

const disk = z.strictObject({
  diskId: text,
  lun: count,
  caching: maybe(text),
  deleteOption: maybe(text),
  writeAcceleratorEnabled: maybe(z.boolean()),
});

export const diskWork = z.strictObject({
  attach: z.array(disk),
  detach: z.array(disk),
});

const shown = { state: text, message: maybe(text), at: maybe(time) };

const evidence = z.strictObject({
  seenAt: time,
  provisioning: z.strictObject({ ...shown, code: maybe(text) }),
  power: text.nullable(),
  agent: z.strictObject(shown).nullable(),
  health: z.strictObject(shown).nullable(),
  extensions: z.array(z.strictObject({ ...shown, name: text })),
  image: text,
  latestModelApplied: z.boolean(),
  attempts: count,
  write: maybe(
    z.strictObject({
      action: text,
      status: text,
      intendedAt: time,
      acceptedAt: maybe(time),
      endedAt: maybe(time),
      requestId: maybe(text),
      error: maybe(error),
    }),
  ),
  healthyBy: maybe(time),
});

const failure = formatOf<InstanceFailure>()(
  z.strictObject({
    code: text,
    message: text,
    evidence: maybe(evidence),
  }),
);

const quarantine = formatOf<Quarantine>()(
  z.strictObject({
    by: text,
    since: time,
    reason: maybe(text),
    belowFloor: flag,
    isProtected: flag,
  }),
);

export const ledgerRow = formatOf<LedgerRow>()(
  z.strictObject({
    instanceId: text,
    name: text,
    updateDomain: maybe(count),
    faultDomain: maybe(count),
    zone: maybe(text),
    batch: count,
    direction,
    state: z.enum(['pending', 'upgrading', 'settling', 'done', 'failed', 'skipped', 'gone', 'quarantined']),
    actions: z.array(action),
    actionsDone: count,
    disks: maybe(diskWork),
    found: maybe(off),
    isCold: flag,
    unserving: flag,
    touched: z.boolean(),
    vmId: maybe(text),
    imageBefore: text,
    imageNow: text,
    attempts: count,
    operation: maybe(text),
    acceptedAt: maybe(time),
    operationEndedAt: maybe(time),
    healthyBySeconds: maybe(seconds),
    healthySince: maybe(time),
    wellAt: maybe(time),
    lapses: maybe(count),
    badSince: maybe(time),
    failure: maybe(failure),
    earlierFailures: maybe(z.array(failure)),
    skipReason: maybe(text),
    quarantine: maybe(quarantine),
    ended: maybe(z.enum(['before', 'after', 'unknown'])),
    latestModelApplied: maybe(z.boolean()),
    provisioningState: maybe(text),
    power: maybe(text),
    health: maybe(text),
    updatedAt: time,
  }),
);
