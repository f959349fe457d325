/** What the policy requires, and a spec does not ask for. */
export const policy = {
  toNobody: 'names nobody: give appRoles, principals or both',
  noTags: 'names no tag',
  forNothing: 'applies to nothing: give scopes, tags or both',
  scopeFormat:
    'must be the resource id of a subscription, a resource group or a scale set, without a slash at its end',
  breach: (rule: string, what: string) => `the policy "${rule}" ${what}`,
  before: (what: string) =>
    `requires approval before ${what === 'batch' ? 'each batch: use "batch"' : 'the rollout: use "rollout" or "batch"'}`,
  quorum: (least: number) => `requires at least ${least} ${least === 1 ? 'approval' : 'approvals'}`,
  requester: 'does not let the requester approve: use false',
  onTimeout: 'does not let a gate open without an approval: use "reject"',
  soak: (least: number) => `requires at least ${least} seconds`,
  maxUnavailable: (most: number) => `allows at most ${most} %: use "${most}%" or less, or 1`,
  outOfScope: 'the policy allows no rollouts over this scale set',
  outOfScopeRemedy:
    'ask an admin to allow it in the policy, by "allowedScopes" or "allowedTags": vmss-rollout policy',
  moved: 'the policy has changed since you read it',
  movedRemedy: 'read it again, and send your change with its new ETag',
  wantsIfMatch: 'send If-Match with the ETag of GET /policy, to name the version that you replace',
} as const;
