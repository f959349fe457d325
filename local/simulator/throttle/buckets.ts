import type { OperationKind } from '../log/entries.ts';

interface BucketRule {
  readonly name: string;
  readonly scope: 'subscription' | 'resource' | 'operation';
  readonly refillPerMinute: number;
  readonly capacity: number;
}

const rule = (
  name: string,
  scope: BucketRule['scope'],
  refillPerMinute: number,
  capacity: number,
): BucketRule => ({
  name,
  scope,
  refillPerMinute,
  capacity,
});

const LOW_COST_GET = [
  rule('GetVMScaleSetSubscriptionMaximum', 'subscription', 800, 2400),
  rule('GetVMScaleSetResource', 'resource', 12, 36),
];
const HIGH_COST_GET_OF_SET = [
  rule('HighCostGetVMScaleSetSubscriptionMaximum', 'subscription', 360, 1080),
  rule('HighCostGetVMScaleSetResource', 'resource', 10, 30),
];
const GET_INSTANCE = [
  rule('GetVMScaleSetVMSubscriptionMaximum', 'subscription', 2000, 6000),
  rule('GetVMScaleSetVMResource', 'resource', 12, 36),
];
const ACTIONS = rule('VMScaleSetActionsSubscriptionMaximum', 'subscription', 500, 1500);
const ACTIONS_ON_RESOURCE = rule('VMScaleSetActionsResource', 'resource', 4, 12);
const GET_OPERATION = [
  rule('GetOperationSubscriptionMaximum', 'subscription', 5000, 15_000),
  rule('GetOperationResource', 'operation', 15, 45),
];

const CREATE = [
  rule('CreateVMScaleSetSubscriptionMaximum', 'subscription', 125, 375),
  rule('CreateVMScaleSetResource', 'resource', 4, 12),
];
const UPDATE = [
  rule('VMScaleSetActionsSubscriptionMaximum', 'subscription', 500, 1500),
  rule('VMScaleSetActionsResource', 'resource', 4, 12),
];
const DELETE_SET = rule('DeleteVMScaleSetSubscriptionMaximum', 'subscription', 175, 525);
const INSTANCE_ACTION = [
  rule('VMScaleSetVMActionsSubscriptionMaximum', 'subscription', 500, 1500),
  rule('VMScaleSetVMActionsResource', 'resource', 4, 12),
];
const DELETE_INSTANCE = [
  rule('DeleteVMScaleSetVMSubscriptionMaximum', 'subscription', 500, 1500),
  rule('DeleteVMScaleSetVMResource', 'resource', 4, 12),
];

/** arm-vmss.md 3.6: refill per minute and capacity; names as recorded in 2024. */
const RULES: Partial<Record<OperationKind | 'image', readonly BucketRule[]>> = {
  getScaleSet: LOW_COST_GET,
  listSkus: LOW_COST_GET,
  osUpgradeHistory: LOW_COST_GET,
  latestRollingUpgrade: LOW_COST_GET,
  listScaleSets: [rule('HighCostGetVMScaleSetSubscriptionMaximum', 'subscription', 360, 1080)],
  scaleSetInstanceView: HIGH_COST_GET_OF_SET,
  listInstances: HIGH_COST_GET_OF_SET,
  getInstance: GET_INSTANCE,
  instanceView: GET_INSTANCE,
  patch: [
    rule('CreateVMScaleSetSubscriptionMaximum', 'subscription', 500, 1500),
    rule('CreateVMScaleSetResource', 'resource', 4, 12),
  ],
  manualupgrade: [ACTIONS],
  put: CREATE,
  deleteScaleSet: [DELETE_SET, rule('DeleteVMScaleSetResource', 'resource', 4, 12)],
  powerOff: [DELETE_SET],
  deallocate: [DELETE_SET],
  deleteInstances: [ACTIONS],
  reimage: [ACTIONS],
  reimageAll: [ACTIONS],
  start: [ACTIONS],
  restart: [ACTIONS],
  redeploy: [ACTIONS],
  reapply: [ACTIONS],
  setOrchestrationServiceState: UPDATE,
  cancelRollingUpgrade: UPDATE,
  osRollingUpgrade: UPDATE,
  extensionRollingUpgrade: UPDATE,
  listExtensions: LOW_COST_GET,
  getExtension: LOW_COST_GET,
  putExtension: UPDATE,
  patchExtension: UPDATE,
  deleteExtension: UPDATE,
  putInstance: INSTANCE_ACTION,
  attachDetachDataDisks: INSTANCE_ACTION,
  simulateEviction: INSTANCE_ACTION,
  instanceReimage: INSTANCE_ACTION,
  instanceReimageAll: INSTANCE_ACTION,
  instanceStart: INSTANCE_ACTION,
  instanceRestart: INSTANCE_ACTION,
  instanceRedeploy: INSTANCE_ACTION,
  instancePowerOff: DELETE_INSTANCE,
  instanceDeallocate: DELETE_INSTANCE,
  deleteInstance: DELETE_INSTANCE,
  poll: GET_OPERATION,
  monitor: GET_OPERATION,
  images: [
    rule('ListVMImagesVersionsFromLocation3Min', 'subscription', 16_000 / 3, 16_000),
    rule('ListVMImagesVersionsFromLocation30Min', 'subscription', 44_000 / 30, 44_000),
  ],
  image: [
    rule('GetVMImageFromLocation3Min', 'subscription', 13_000 / 3, 13_000),
    rule('GetVMImageFromLocation30Min', 'subscription', 74_000 / 30, 74_000),
  ],
};

/** Charged for each instance that a call shows or touches; capacities as recorded, refill like the others'. */
const PER_INSTANCE = {
  views: rule('VMScaleSetVMViewsSubscriptionMaximum', 'subscription', 10_000, 30_000),
  requests: rule('VMScaleSetBatchedVMRequestsSubscriptionMaximum', 'subscription', 2000, 6000),
};

export interface Draw {
  /** `image` stands for the read of one version. */
  readonly operation: OperationKind | 'image';
  /** The scale set, the instance or the operation that is asked for. */
  readonly resource: string;
}

export type DrawResult =
  | { readonly kind: 'passed'; readonly remaining: string | undefined }
  | {
      readonly kind: 'refused';
      readonly bucket: string;
      readonly allowed: number;
      /** Simulated seconds until the bucket holds a token again. */
      readonly waitSeconds: number;
    };

export interface Buckets {
  /** Takes one token of each bucket that the call counts in, or none when one of them is empty. */
  draw(time: number, draw: Draw): DrawResult;
  /** Charges a call that was answered; tells what is left for instances. */
  charge(time: number, what: keyof typeof PER_INSTANCE, instances: number): string;
}

export function createBuckets(manualUpgradeDrawsOnResource: boolean): Buckets {
  const levels = new Map<string, { tokens: number; time: number }>();

  const rulesOf = (operation: Draw['operation']): readonly BucketRule[] => {
    const rules = RULES[operation] ?? [];
    return operation === 'manualupgrade' && manualUpgradeDrawsOnResource
      ? [...rules, ACTIONS_ON_RESOURCE]
      : rules;
  };

  const levelOf = (bucket: BucketRule, resource: string, time: number): { tokens: number; time: number } => {
    const name = `${bucket.name}/${bucket.capacity}`;
    const key = bucket.scope === 'subscription' ? name : `${name}/${resource}`;
    const known = levels.get(key) ?? { tokens: bucket.capacity, time };
    const refilled = known.tokens + ((time - known.time) / 60_000) * bucket.refillPerMinute;
    const level = { tokens: Math.min(bucket.capacity, refilled), time };
    levels.set(key, level);
    return level;
  };

  return {
    charge(time, what, instances) {
      const bucket = PER_INSTANCE[what];
      const level = levelOf(bucket, '', time);
      level.tokens = Math.max(0, level.tokens - instances);
      return `Microsoft.Compute/${bucket.name};${Math.floor(level.tokens)}`;
    },
    draw(time, { operation, resource }) {
      const drawn = rulesOf(operation).map((bucket) => ({ bucket, level: levelOf(bucket, resource, time) }));
      const empty = drawn.find(({ level }) => level.tokens < 1);
      if (empty !== undefined) {
        const { bucket, level } = empty;
        return {
          kind: 'refused',
          bucket: bucket.name,
          allowed: bucket.capacity,
          waitSeconds: ((1 - level.tokens) / bucket.refillPerMinute) * 60,
        };
      }
      const left = drawn.map(({ bucket, level }) => {
        level.tokens -= 1;
        return `Microsoft.Compute/${bucket.name};${Math.floor(level.tokens)}`;
      });
      return { kind: 'passed', remaining: left.length > 0 ? left.join(',') : undefined };
    },
  };
}
