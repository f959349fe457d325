/** How a rollout fails, and what to do then. */
export const failures = {
  aborted: (by: string) => `aborted by ${by}`,
  rollbackAsked: (by: string) => `rolling back at the request of ${by}`,
  deadline: (seconds: number) => `the rollout took ${seconds} s, the limit set by "timeoutSeconds"`,
  rollbackDeadline: (seconds: number) =>
    `the rollback took ${seconds} s, the limit set by "rollbackTimeoutSeconds"`,
  repairsNotResumed: 'Azure refused to resume automatic repairs',
  deadlineRemedy: 'check what is left, then undo this rollout or start a new one',
  nothingToRestore: 'this rollout changed nothing in the model, so there is nothing to roll back to',
  nothingToRestoreRemedy: 'roll out the model or image that the instances should have',
  notWhole: 'everything readable is restored; write-only values stay as the rollout left them',
  notWholeRemedy: 'set the old passwords, custom data or protected settings by hand',
  inconclusiveRemedy:
    'check the instances, then resume to check again, retry to upgrade them again, skip to leave them out, or roll back',
  foreignModel: (paths: readonly string[]) =>
    `somebody else changed the model of the scale set during this rollout${paths.length === 0 ? '' : `: ${paths.join(', ')}`}`,
  foreignModelRemedy: 'review the change with whoever made it, then start a new rollout',
  retagged: (names: readonly string[]) =>
    `somebody changed tags that the policy reads during this rollout: ${names.join(', ')}`,
  retaggedRemedy: 'start a new rollout: it is judged by the rules for the tags of now',
  breachRemedy: (rollout: string) =>
    `see what happened: vmss-rollout explain ${rollout}; fix the image or the change, then start again`,
  leaseLost: 'another rollout has taken over the scale set',
  leaseLostRemedy: 'check what both rollouts left, then start a new one',
  scaleSetGone: (why: string) => `the scale set is gone: ${why}`,
  scaleSetGoneRemedy: 'none: there is nothing left to roll out to',
  modelIgnored: (paths: readonly string[]) =>
    `ModelNotTaken: Azure accepted the write but left ${paths.join(', ')} unchanged, without a reason`,
  modelAltered: (paths: readonly string[]) =>
    `ModelNotTaken: Azure changed what was written to ${paths.join(', ')}`,
  modelAlteredRemedy: 'use the value that Azure shows',
  operationTimeout: (seconds: number) => `the operation did not end within ${seconds} seconds`,
  notBack: 'not healthy after the rollback: ',
  notBackRemedy: 'repair or reimage them by hand; the model is restored',
  tolerated: 'failed, within the limits of the spec: ',
  toleratedRemedy: 'repair them, then start a rollout without a change to bring them to the model',
  rejected: (batch: string, by: string, reason: string | undefined) =>
    `${by} rejected ${batch}${reason === undefined ? '' : `: ${reason}`}`,
  approvalExpired: (batch: string, until: string) => `nobody approved ${batch} before ${until}`,
  replaced: (by: string) => `rollout ${by} of the same pipeline took its place in the queue`,
  replacedRemedy: (by: string) => `follow the newer one: vmss-rollout status ${by}`,
  rejectedRemedy: 'start a new rollout once the objection is settled',
  capacityRemedy: 'see what its new instances report, then scale again or delete the bad ones',
  writeRejectedRemedy: 'fix what Azure rejected, then start again or roll back',
  stillNotServing: (ids: readonly string[], floor: number) =>
    `${ids.join(', ')} served neither before nor after the upgrade, and the floor of ${floor} leaves no other instance to take down`,
  scaleSetStaysBusy: (state: string, seconds: number) =>
    `the model is written, but the scale set has been ${state} for more than ${seconds} seconds`,
  scaleSetStaysBusyRemedy: 'check what is updating the scale set, then start again or undo this rollout',
  writeUnanswered: (why: string) => `Azure did not confirm any of several attempts to write: ${why}`,
  writeUnansweredRemedy: 'check whether Azure is down, then start again',
  accessDenied: (seconds: number, code: string, message: string) =>
    `Azure has denied the app access for ${seconds} seconds: ${code}: ${message}`,
  noInstance: 'no instance is named',
  other: (count: number) => `${count} more for other reasons`,
  more: (ids: readonly string[], count: number) => `${ids.join(', ')} and ${count} more`,
  unsaid: 'it failed',
} as const;

function restore(rollout: string): string {
  return `vmss-rollout doctor --restore ${rollout}`;
}

function undo(rollout: string): string {
  return `vmss-rollout start --rollback-of ${rollout}`;
}

/** What is left of a rollout, and how each part is put right. */
export const left = {
  restore,
  undo,
  policy: (rollout: string) =>
    `bring every instance to the current model (a rollout without a change does that), then ${restore(rollout)}; or undo the rollout, which restores it too: ${undo(rollout)}`,
  repairs: (rollout: string) =>
    `${restore(rollout)}; by hand: az vmss set-orchestration-service-state --service-name AutomaticRepairs --action Resume`,
  osUpgrades: (rollout: string) =>
    `${restore(rollout)}; by hand: az vmss update --set upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade=true`,
  hiddenValue: 'the old value holds a key or a signature, which is not shown: get it from its issuer',
} as const;
