import { z } from 'zod';
import { RolloutSpec, scaleSetId } from '../spec/spec.ts';

const SUBSCRIPTION = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const RESOURCE_GROUP = /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]{1,90}$/i;

const seconds = z
  .int()
  .nonnegative()
  .max(30 * 86_400);
const name = z.string().min(1).max(60);
const sets = z.array(scaleSetId).min(1).max(1000);
const atOnce = z.int().min(1).max(50);

/** Scale sets that are taken in parallel with those of the other groups of their stage. */
const group = z
  .strictObject({
    name,
    scaleSets: sets.optional(),
    resourceGroups: z
      .array(z.string().regex(RESOURCE_GROUP, 'must be the resource id of a resource group'))
      .min(1)
      .max(100)
      .optional(),
    subscriptions: z
      .array(z.string().regex(SUBSCRIPTION, 'must be the id of a subscription'))
      .min(1)
      .max(100)
      .optional(),
    /** All of them must be on a set; alone they search everything that the app may see. */
    tags: z
      .record(z.string().min(1).max(512), z.string().max(256))
      .refine((tags) => Object.keys(tags).length > 0, 'must name a tag')
      .optional(),
    /** How many of its sets at once. */
    concurrency: atOnce.default(1),
  })
  .refine(
    ({ scaleSets, resourceGroups, subscriptions, tags }) =>
      [scaleSets, resourceGroups, subscriptions, tags].some((one) => one !== undefined),
    { path: ['scaleSets'], error: 'name scale sets, resource groups, subscriptions or tags' },
  );

const approval = z.strictObject({
  quorum: z.int().min(1).max(20).default(1),
  allowRequester: z.boolean().default(true),
  timeoutSeconds: seconds.default(86_400),
});

const isUnique = (all: readonly { readonly name: string }[]): boolean =>
  new Set(all.map((one) => one.name)).size === all.length;

const stage = z.strictObject({
  name,
  groups: z.array(group).min(1).max(50).refine(isUnique, 'must have a name of its own for each group'),
  /** How many sets of all its groups at once. */
  concurrency: atOnce.default(10),
  /** It cannot end well below this share of the sets that it has attempted. */
  minSuccessPercent: z.int().min(1).max(100).default(100),
  /** After so many failed sets it begins no further one, whatever the share. */
  maxFailures: z.int().nonnegative().max(1000).optional(),
  soakSeconds: seconds.default(0),
  /** Before it begins. */
  approval: approval.optional(),
});

const {
  change,
  labels,
  scaleSet: _scaleSet,
  targets: _targets,
  startAt: _startAt,
  planHash: _planHash,
  rollbackOf: _rollbackOf,
  restoreGuardsOf: _restoreGuardsOf,
  reason: _reason,
  ...ofEach
} = RolloutSpec.shape;

/** How each of its rollouts goes, as a rollout's own spec says it. */
const rollout = z.strictObject(ofEach);

/** One change over many scale sets, stage by stage. Unknown fields are refused with their path. */
export const CampaignSpec = z.strictObject({
  name,
  change,
  rollout: rollout.prefault({}),
  stages: z.array(stage).min(1).max(50).refine(isUnique, 'must have a name of its own for each stage'),
  /** Left out, whoever names them. */
  exclude: sets.optional(),
  /** Once a stage has spent its budget. */
  onFailure: z.enum(['pause', 'halt', 'rollback']).default('pause'),
  /** How long a set that another rollout holds is waited for. */
  busySeconds: seconds.default(3600),
  reason: z.string().max(1000).optional(),
  labels,
});

export type CampaignSpec = z.infer<typeof CampaignSpec>;
export type StageSpec = CampaignSpec['stages'][number];
export type GroupSpec = StageSpec['groups'][number];
