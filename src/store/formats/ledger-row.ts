import { z } from 'zod';
import { count, flag, maybe, schemaOf, text, time } from '../../core/model/schemas.ts';
import { diskWork, off } from '../../core/plan/schemas.ts';
import { LEDGER_STATES } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { action, direction, instanceFailure, quarantine, seconds } from '../../core/record/schemas.ts';

export const ledgerRow = schemaOf<LedgerRow>()(
  z.strictObject({
    instanceId: text,
    name: text,
    updateDomain: maybe(count),
    faultDomain: maybe(count),
    zone: maybe(text),
    batch: count,
    direction,
    state: z.enum(LEDGER_STATES),
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
    failure: maybe(instanceFailure),
    earlierFailures: maybe(z.array(instanceFailure)),
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
