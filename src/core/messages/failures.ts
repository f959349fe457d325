/** How a rollout fails, and what to do then. */
export const failures = {
  aborted: (by: string) => `aborted by ${by}`,
  rollbackAsked: (by: string) => `rolling back at the request of ${by}`,
  deadline: (seconds: number) => `the rollout has taken ${seconds} seconds, all that "timeoutSeconds" allows`,
  rollbackDeadline: (seconds: number) =>
    `the rollback took ${seconds} s, the limit set by "rollbackTimeoutSeconds"`,
  repairsNotResumed: 'Azure refused to resume automatic repairs',
  deadlineRemedy: 'see what is left, then undo this rollout or start another one',
  nothingToRestore: 'this rollout changed nothing in the model, so there is nothing to roll back to',
  nothingToRestoreRemedy: 'roll out the model or image that the instances should have',
  notWhole:
    'everything that can be read is as it was; what was written and cannot be read stays as the rollout left it',
  notWholeRemedy: 'set the old passwords, custom data or protected settings by hand',
  inconclusiveRemedy:
    'look at the instances, then resume to look again, retry to upgrade them once more, skip to leave them out, or roll back',
  foreignModel: (paths: readonly string[]) =>
    `somebody else has changed the model of the scale set while this rollout ran${paths.length === 0 ? '' : `: ${paths.join(', ')}`}`,
  foreignModelRemedy: 'look at the model, agree with whoever changed it, then start a new rollout',
  breachRemedy: (rollout: string) =>
    `see what happened: vmss-rollout explain ${rollout}; fix the image or the change, then start again`,
  leaseLost: 'another rollout has taken over the scale set',
  leaseLostRemedy: 'see what both rollouts left, then start a new one',
  scaleSetGone: (why: string) => `the scale set is gone: ${why}`,
  scaleSetGoneRemedy: 'none: there is nothing to roll out to',
  modelIgnored: (paths: readonly string[]) =>
    `ModelNotTaken: Azure accepted the write, left ${paths.join(', ')} as before, and gave no reason`,
  modelAltered: (paths: readonly string[]) =>
    `ModelNotTaken: Azure changed what was written to ${paths.join(', ')}`,
  modelAlteredRemedy: 'write the value as Azure shows it',
  operationTimeout: (seconds: number) => `the operation did not end within ${seconds} seconds`,
  notBack: 'not healthy again on the old model: ',
  notBackRemedy: 'repair or reimage them by hand; the model is restored',
  tolerated: 'failed, within what the spec tolerates: ',
  toleratedRemedy: 'repair them, then start a rollout without a change to bring them to the model',
  rejected: (batch: string, by: string, reason: string | undefined) =>
    `${by} rejected ${batch}${reason === undefined ? '' : `: ${reason}`}`,
  approvalExpired: (batch: string, until: string) => `nobody approved ${batch} before ${until}`,
  rejectedRemedy: 'start a new rollout when it may go on',
  writeRejectedRemedy: 'fix what Azure rejected, then start again or roll back',
  stillNotServing: (ids: readonly string[], floor: number) =>
    `${ids.join(', ')} served neither before nor after the upgrade, and the floor of ${floor} leaves no other instance to take down`,
  scaleSetStaysBusy: (state: string, seconds: number) =>
    `the model is written, but the scale set has stayed ${state} for more than ${seconds} seconds`,
  scaleSetStaysBusyRemedy: 'see what works on the scale set, then start again or undo this rollout',
  writeUnanswered: (why: string) => `Azure did not take a write, however often it was sent: ${why}`,
  writeUnansweredRemedy: 'see whether the service is down, then start again',
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
  hiddenValue:
    'its old value holds a key or a signature, which is not shown: take it from where it was issued',
} as const;
