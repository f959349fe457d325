/** A token bucket of the service: refill per minute and capacity (arm-vmss.md 3.6); names as recorded in 2024. */
export interface BucketRule {
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
): BucketRule => ({ name, scope, refillPerMinute, capacity });

export const LOW_COST_GET = [
  rule('GetVMScaleSetSubscriptionMaximum', 'subscription', 800, 2400),
  rule('GetVMScaleSetResource', 'resource', 12, 36),
];
export const LIST_OF_SETS = [rule('HighCostGetVMScaleSetSubscriptionMaximum', 'subscription', 360, 1080)];
export const HIGH_COST_GET = [...LIST_OF_SETS, rule('HighCostGetVMScaleSetResource', 'resource', 10, 30)];
export const GET_INSTANCE = [
  rule('GetVMScaleSetVMSubscriptionMaximum', 'subscription', 2000, 6000),
  rule('GetVMScaleSetVMResource', 'resource', 12, 36),
];
export const GET_OPERATION = [
  rule('GetOperationSubscriptionMaximum', 'subscription', 5000, 15_000),
  rule('GetOperationResource', 'operation', 15, 45),
];
export const LIST_IMAGES = [
  rule('ListVMImagesVersionsFromLocation3Min', 'subscription', 16_000 / 3, 16_000),
  rule('ListVMImagesVersionsFromLocation30Min', 'subscription', 44_000 / 30, 44_000),
];
export const GET_IMAGE = [
  rule('GetVMImageFromLocation3Min', 'subscription', 13_000 / 3, 13_000),
  rule('GetVMImageFromLocation30Min', 'subscription', 74_000 / 30, 74_000),
];

export const CREATE = [
  rule('CreateVMScaleSetSubscriptionMaximum', 'subscription', 125, 375),
  rule('CreateVMScaleSetResource', 'resource', 4, 12),
];
export const PATCH = [
  rule('CreateVMScaleSetSubscriptionMaximum', 'subscription', 500, 1500),
  rule('CreateVMScaleSetResource', 'resource', 4, 12),
];
/** Actions on a set draw on the subscription's bucket alone (arm-vmss.md 3.6, the calls with a star). */
export const ACTIONS = [rule('VMScaleSetActionsSubscriptionMaximum', 'subscription', 500, 1500)];
export const ACTIONS_OF_SET = rule('VMScaleSetActionsResource', 'resource', 4, 12);
export const UPDATE = [...ACTIONS, ACTIONS_OF_SET];
export const SHUTDOWN = [rule('DeleteVMScaleSetSubscriptionMaximum', 'subscription', 175, 525)];
export const DELETE_SET = [...SHUTDOWN, rule('DeleteVMScaleSetResource', 'resource', 4, 12)];
export const INSTANCE_ACTION = [
  rule('VMScaleSetVMActionsSubscriptionMaximum', 'subscription', 500, 1500),
  rule('VMScaleSetVMActionsResource', 'resource', 4, 12),
];
export const DELETE_INSTANCE = [
  rule('DeleteVMScaleSetVMSubscriptionMaximum', 'subscription', 500, 1500),
  rule('DeleteVMScaleSetVMResource', 'resource', 4, 12),
];

/** Charged for each instance that a call shows or touches; capacities as recorded, refill like the others'. */
export const PER_INSTANCE = {
  views: rule('VMScaleSetVMViewsSubscriptionMaximum', 'subscription', 10_000, 30_000),
  requests: rule('VMScaleSetBatchedVMRequestsSubscriptionMaximum', 'subscription', 2000, 6000),
};
