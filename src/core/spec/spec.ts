import { z } from 'zod';
import { strategies } from '../messages/strategies.ts';
import { contradictions as words } from '../messages/contradictions.ts';
import { change } from './change-spec.ts';
import { instanceId } from './disk-spec.ts';
import { fieldErrors } from './field-errors.ts';
import type { FieldError } from './field-errors.ts';
import { SCALE_SET_ID } from './resource-ids.ts';
import { Windows } from '../window/windows.ts';

const positiveInt = z.int().positive();
const seconds = z
  .int()
  .nonnegative()
  .max(30 * 86_400);
const percent = z.int().min(0).max(100);

export const scaleSetId = z
  .string()
  .regex(SCALE_SET_ID, 'must be the resource id of a virtual machine scale set');

const ids = z.array(instanceId).min(1).max(1000);
const domains = z.array(z.int().nonnegative()).min(1).max(1000);

const targets = z.strictObject({
  updateDomains: domains.optional(),
  faultDomains: domains.optional(),
  zones: z.array(z.string().min(1).max(10)).min(1).max(10).optional(),
  instances: ids.optional(),
  percent: z.int().min(1).max(100).optional(),
  exclude: ids.optional(),
  /** What becomes of instances that are switched off. */
  deallocated: z.enum(['skip', 'upgradeCold', 'startFirst']).optional(),
});

/** A count of instances, or a share of them such as "20%". */
const share = z.union([positiveInt, z.string().regex(/^([1-9]\d?|100)%$/, 'must be a count or 1% to 100%')], {
  error: 'must be a count or 1% to 100%',
});

const strategy = z
  .strictObject({
    batchBy: z
      .enum(['updateDomain', 'faultDomain', 'zone', 'count', 'percent', 'steps'])
      .default('updateDomain'),
    steps: z.array(share).min(1).max(100).optional(),
    canary: positiveInt.max(1000).optional(),
    maxUnavailable: share.optional(),
    pacing: z.enum(['barrier', 'sliding']).default('barrier'),
    order: z.enum(['id', 'unhealthyFirst']).default('id'),
    mostDisruptiveAllowed: z.enum(['none', 'restart', 'reimage', 'deallocate']).default('reimage'),
    acceptIrreversible: z.boolean().default(false),
  })
  .superRefine(({ batchBy, steps }, context) => {
    const sized = batchBy === 'count' || batchBy === 'percent';
    const problem = stepsProblem(batchBy, steps, sized);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: ['steps'], message: problem });
  });

function stepsProblem(
  batchBy: string,
  steps: readonly (number | string)[] | undefined,
  sized: boolean,
): string | undefined {
  if (!sized && batchBy !== 'steps')
    return steps === undefined ? undefined : `goes with batchBy count, percent or steps`;
  if (steps === undefined) return `is needed with batchBy ${batchBy}`;
  if (!sized) return undefined;
  if (steps.length !== 1) return `must hold one size with batchBy ${batchBy}`;
  const isShare = typeof steps[0] === 'string';
  return isShare === (batchBy === 'percent')
    ? undefined
    : `must hold a ${batchBy === 'percent' ? 'percentage, as in 20%,' : 'count, as in 3,'} with batchBy ${batchBy}`;
}

const health = z.strictObject({
  requireSignal: z.boolean().default(false),
  stableSeconds: seconds.default(30),
  timeoutSeconds: seconds.default(900),
  operationTimeoutSeconds: seconds.default(5400),
  maxUnhealthyInstancePercent: percent.default(20),
  maxUnhealthyUpgradedInstancePercent: percent.default(0),
  fixForward: z.boolean().default(false),
});

const approvals = z.strictObject({
  before: z
    .union([z.enum(['none', 'rollout', 'batch']), z.array(z.int().nonnegative()).min(1).max(1000)])
    .default('none'),
  quorum: positiveInt.max(20).default(1),
  allowRequester: z.boolean().default(true),
  timeoutSeconds: seconds.default(86_400),
  onTimeout: z.enum(['reject', 'approve']).default('reject'),
  /** Hours in which approvers are there: `timeoutSeconds` runs only then. */
  onDuty: Windows.optional(),
});

const strategyName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'must be the name of a strategy');

/** What a caller asks for. Unknown fields are refused with their path. */
export const RolloutSpec = z
  .strictObject({
    scaleSet: scaleSetId,
    change: change.default({}),
    targets: targets.default({}),
    strategy: strategy.prefault({}),
    health: health.prefault({}),
    soakSeconds: seconds.default(0),
    /** Stands for strategy, health, soakSeconds, approvals and onFailure; without a version for the one of the start. */
    namedStrategy: z.strictObject({ name: strategyName, version: positiveInt.optional() }).optional(),
    /** When batches may begin. */
    windows: Windows.optional(),
    /** No batch begins before. */
    startAt: z.iso.datetime('must be a time in UTC such as 2026-12-05T22:00:00Z').optional(),
    /** Only the first batch waits for a window; once that has begun, the others need none. */
    startIn: z.literal('window').optional(),
    /** What becomes of the rollout while another one holds the scale set. */
    onBusy: z.enum(['refuse', 'queue', 'replace']).optional(),
    approvals: approvals.prefault({}),
    onFailure: z.enum(['rollback', 'pause', 'halt']).default('rollback'),
    timeoutSeconds: seconds.min(1).default(86_400),
    accessTimeoutSeconds: seconds.default(3600),
    acceptManaged: z.boolean().default(false),
    rollbackTimeoutSeconds: seconds.default(86_400),
    planHash: z.string().min(1).max(128).optional(),
    rollbackOf: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, 'must be the id of a rollout')
      .optional(),
    restoreGuardsOf: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, 'must be the id of a rollout')
      .optional(),
    reason: z.string().max(1000).optional(),
    labels: z.record(z.string().max(100), z.string().max(1000)).optional(),
  })
  .refine((spec) => spec.rollbackOf === undefined || Object.keys(spec.change).length === 0, {
    path: ['change'],
    error: 'a rollout that undoes another one has no change of its own',
  })
  .refine(({ startIn, windows }) => startIn === undefined || windows !== undefined, {
    path: ['startIn'],
    error: words.startsInWhat,
  })
  .refine(({ onBusy, labels }) => onBusy !== 'replace' || labels?.['pipeline'] !== undefined, {
    path: ['onBusy'],
    error: words.replacesWhom,
  })
  .superRefine(({ change: asked, targets: chosen }, context) => {
    const stray = [
      ...(asked.capacity === undefined
        ? []
        : Object.keys(chosen).map((field) => [field, words.besideCapacity])),
      ...(asked.action === undefined || asked.action === 'upgrade' || chosen.deallocated === undefined
        ? []
        : [['deallocated', words.besideAction]]),
    ];
    for (const [field = '', message = ''] of stray)
      context.addIssue({ code: 'custom', path: ['targets', field], message });
  })
  .superRefine((spec, context) => {
    if (spec.restoreGuardsOf === undefined) return;
    const beside = (['change', 'targets'] as const).filter((field) => Object.keys(spec[field]).length > 0);
    for (const field of [...beside, ...(spec.rollbackOf === undefined ? [] : ['rollbackOf'])]) {
      const message = 'a rollout that restores the guards of another one does nothing else';
      context.addIssue({ code: 'custom', path: [field], message });
    }
  });

export type RolloutSpec = z.infer<typeof RolloutSpec>;

/** Reads a spec from parsed JSON; on failure each wrong or unknown field with its path. */
export function readSpec(
  body: unknown,
): { kind: 'spec'; spec: RolloutSpec } | { kind: 'invalid'; errors: readonly FieldError[] } {
  const parsed = RolloutSpec.safeParse(body);
  if (!parsed.success) return { kind: 'invalid', errors: fieldErrors(parsed.error) };
  const beside = besideStrategy(body);
  return beside.length > 0 ? { kind: 'invalid', errors: beside } : { kind: 'spec', spec: parsed.data };
}

/** What a named strategy says, and nobody else may say beside it. */
export const STRATEGY_FIELDS = ['strategy', 'health', 'soakSeconds', 'approvals', 'onFailure'] as const;

/** Fields as they were sent that do not go with a named strategy: defaults have taken the place of those that were not. */
export function besideStrategy(sent: unknown): readonly FieldError[] {
  if (typeof sent !== 'object' || sent === null || !('namedStrategy' in sent)) return [];
  return STRATEGY_FIELDS.filter((field) => field in sent).map((path) => ({
    path,
    message: strategies.beside,
  }));
}

/** The scale set's id in lower case: ARM ids are case-insensitive, and one set has one lease. */
export function scaleSetKey(scaleSet: string): string {
  return scaleSet.toLowerCase();
}
