import { z } from 'zod';
import { FORCED_ACTIONS } from '../actions/table.ts';
import { http } from '../messages/http.ts';
import type { Json } from '../model/model.ts';
import { changeProblems } from './change-checks.ts';
import { dataDisks, instanceId } from './disk-spec.ts';
import { IMAGE_ID, SCALE_SET_ID } from './resource-ids.ts';

const positiveInt = z.int().positive();
const seconds = z
  .int()
  .nonnegative()
  .max(30 * 86_400);
const percent = z.int().min(0).max(100);

export const scaleSetId = z
  .string()
  .regex(SCALE_SET_ID, 'must be the resource id of a virtual machine scale set');

const jsonValue: z.ZodType<Json> = z.json();

const NAME = /^[A-Za-z0-9][\w.-]{0,79}$/;

const image = z.union(
  [
    z.strictObject({
      version: z
        .string()
        .toLowerCase()
        .regex(/^(latest|\d+\.\d+\.\d+)$/, 'must be latest or major.minor.patch'),
    }),
    z.strictObject({
      sku: z.string().regex(NAME, 'must be the name of an image sku'),
      version: z
        .string()
        .toLowerCase()
        .regex(/^(latest|\d+\.\d+\.\d+)$/, 'must be latest or major.minor.patch')
        .optional(),
    }),
    z.strictObject({
      id: z.string().regex(IMAGE_ID, 'must be the resource id of an image or a gallery image version'),
    }),
    z.strictObject({ uri: z.url({ protocol: /^https$/, error: 'must be an https URL' }) }),
  ],
  { error: 'must be one of { version }, { sku, version? }, { id }, { uri }' },
);

const extension = z.strictObject({
  name: z.string().regex(NAME, 'must be the name of an extension'),
  settings: z.record(z.string(), jsonValue).optional(),
  protectedSettings: z.record(z.string(), jsonValue).optional(),
  forceUpdateTag: z.string().max(256).optional(),
});

const osProfile = z.strictObject({
  customData: z.string().max(87_380).optional(),
  adminUsername: z.string().min(1).max(64).optional(),
  adminPassword: z.string().min(1).max(123).optional(),
});

const assignments = z.record(z.string().min(1).max(512), jsonValue);

/** For several values of one list, which a map cannot hold. */
const additions = z
  .array(z.strictObject({ path: z.string().min(1).max(512), value: jsonValue }))
  .min(1)
  .max(100);

const change = z
  .strictObject({
    image: image.optional(),
    vmSize: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,80}$/, 'must be the name of a size')
      .optional(),
    extensions: z.array(extension).min(1).max(32).optional(),
    osProfile: osProfile.optional(),
    set: assignments.optional(),
    add: z
      .union([assignments, additions], { error: 'must map paths to values, or list { path, value }' })
      .optional(),
    remove: z.array(z.string().min(1).max(512)).min(1).max(100).optional(),
    force: z.enum(FORCED_ACTIONS).optional(),
    dataDisks: dataDisks.optional(),
  })
  .refine(({ dataDisks: disks, force }) => disks === undefined || force === undefined, {
    path: ['force'],
    error: 'does not go with dataDisks: force it in a rollout of its own',
  })
  .superRefine((given, context) => {
    for (const { path, message } of changeProblems(given)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

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
  if (steps.length !== 1) return `holds one size with batchBy ${batchBy}`;
  const isShare = typeof steps[0] === 'string';
  return isShare === (batchBy === 'percent')
    ? undefined
    : `holds a ${batchBy === 'percent' ? 'percentage' : 'count'}`;
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
});

/** What a caller asks for. Unknown fields are refused with their path. */
export const RolloutSpec = z
  .strictObject({
    scaleSet: scaleSetId,
    change: change.default({}),
    targets: targets.default({}),
    strategy: strategy.prefault({}),
    health: health.prefault({}),
    soakSeconds: seconds.default(0),
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
  .superRefine((spec, context) => {
    if (spec.restoreGuardsOf === undefined) return;
    const beside = (['change', 'targets'] as const).filter((field) => Object.keys(spec[field]).length > 0);
    for (const field of [...beside, ...(spec.rollbackOf === undefined ? [] : ['rollbackOf'])]) {
      const message = 'a rollout that restores the guards of another one does nothing else';
      context.addIssue({ code: 'custom', path: [field], message });
    }
  });

export type RolloutSpec = z.infer<typeof RolloutSpec>;

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Reads a spec from parsed JSON; on failure each wrong or unknown field with its path. */
export function readSpec(
  body: unknown,
): { kind: 'spec'; spec: RolloutSpec } | { kind: 'invalid'; errors: readonly FieldError[] } {
  const parsed = RolloutSpec.safeParse(body);
  if (parsed.success) return { kind: 'spec', spec: parsed.data };
  return { kind: 'invalid', errors: fieldErrors(parsed.error) };
}

/** Every problem that zod found, an unknown field under its own path. */
export function fieldErrors(error: z.ZodError): readonly FieldError[] {
  return error.issues.flatMap((issue) => errorsOf(issue, []));
}

function errorsOf(issue: z.core.$ZodIssue, above: readonly string[]): readonly FieldError[] {
  const path = [...above, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: http.unknownField }));
  }
  const meant = issue.code === 'invalid_union' ? alternativeMeant(issue.errors) : undefined;
  if (meant !== undefined) return meant.flatMap((inner) => errorsOf(inner, path));
  return [{ path: path.join('.') || '(body)', message: issue.message }];
}

/** Of several forms the one that the value comes closest to, where that is plain: its problems say more. */
function alternativeMeant(
  alternatives: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const fewest = Math.min(...alternatives.map((issues) => issues.length));
  const closest = alternatives.filter((issues) => issues.length === fewest);
  return closest.length === 1 ? closest[0] : undefined;
}

/** The scale set's id in lower case: ARM ids are case-insensitive, and one set has one lease. */
export function scaleSetKey(scaleSet: string): string {
  return scaleSet.toLowerCase();
}
