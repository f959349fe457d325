/** What the policy wants, and a spec does not give. */
export const policy = {
  scopeFormat:
    'must be the resource id of a subscription, a resource group or a scale set, without a slash at its end',
  breach: (rule: string, what: string) => `the policy "${rule}" ${what}`,
  before: (what: string) =>
    `wants an approval before ${what === 'batch' ? 'each batch: "batch"' : 'the rollout: "rollout" or "batch"'}`,
  quorum: (least: number) => `wants at least ${least} ${least === 1 ? 'approval' : 'approvals'}`,
  requester: 'does not let the requester approve: false',
  onTimeout: 'lets no gate open by itself: "reject"',
  soak: (least: number) => `wants at least ${least} seconds`,
  maxUnavailable: (most: number) => `allows at most ${most} %: say "${most}%" or less, or 1`,
  outOfScope: 'the policy allows no rollouts over this scale set',
  outOfScopeRemedy: 'ask an admin to add it to "allowedScopes" of the policy: vmss-rollout policy',
  moved: 'the policy has changed since you read it',
  movedRemedy: 'read it again, and send your change with the ETag that you get',
  wantsIfMatch: 'say which version of the policy you replace: If-Match with the ETag of GET /policy',
} as const;
