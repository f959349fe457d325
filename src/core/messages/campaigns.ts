const sets = (count: number): string => (count === 1 ? '1 scale set' : `${count} scale sets`);

/** What is said of campaigns: why they wait, what becomes of their sets, and what they refuse. */
export const campaigns = {
  accepted: (name: string) => `campaign "${name}" was accepted`,
  nowIn: (phase: string) => `the campaign is now ${phase === 'rollingBack' ? 'rolling back' : phase}`,
  goesOn: 'the failure is behind it: the campaign continues',
  isPaused: 'the campaign is paused',
  planned: (count: number, skipped: number) =>
    `${sets(count)} in the campaign${skipped === 0 ? '' : `, ${skipped} more skipped`}`,
  undoes: (campaign: string, count: number) => `undoes campaign ${campaign} on ${sets(count)}`,
  nothingToUndo: 'the campaign has left no change that could be undone',
  nothingToUndoRemedy: 'look at its scale sets: each says whether it was upgraded, and what rolled it back',
  notEnded: 'the campaign has not ended: roll it back instead',
  pinned: (version: string) => `every scale set takes ${version}`,
  asked: (stage: string) => `stage ${stage} waits for approval`,
  approved: (stage: string, by: string) => `${by} approved stage ${stage}`,
  rejected: (stage: string, by: string) => `${by} rejected stage ${stage}`,
  stageBegan: (stage: string) => `stage ${stage} began`,
  stageSoaks: (stage: string, until: string) => `stage ${stage} soaks until ${until}`,
  stageEnded: (stage: string) => `stage ${stage} succeeded`,
  setBegan: (set: string, rollout: string) => `rollout ${rollout} began on ${set}`,
  undoBegan: (set: string, rollout: string) => `rollout ${rollout} undoes the change on ${set}`,
  setEnded: (set: string, how: string) => `${set} ended ${how}`,
  setRefused: (set: string, why: string) => `${set} was not started: ${why}`,
  commanded: (command: string, by: string, reason: string | undefined) =>
    `${by}: ${command}${reason === undefined ? '' : `, ${reason}`}`,
  redirected: (how: 'rollback' | 'stop') =>
    how === 'rollback'
      ? 'rolls back, the last stage first'
      : 'begins nothing more, and stops the rollouts that run',
  ended: (phase: string) => `the campaign ended ${phase}`,
  waitsForApproval: (stage: string, missing: number) =>
    `stage ${stage} waits for ${missing === 1 ? 'an approval' : `${missing} approvals`}`,
  waitsForSoak: (stage: string, until: string) => `stage ${stage} soaks until ${until}`,
  waitsForAzure: (why: string) => `the scale sets cannot be listed now: ${why}`,
  flexible: 'is a Flexible scale set, which rollouts do not support',
  missing: 'does not exist',
  excluded: 'is excluded by the spec',
  skippedBy: (by: string, reason: string | undefined) =>
    `skipped by ${by}${reason === undefined ? '' : `: ${reason}`}`,
  crowded: 'waits so that Azure does not throttle what already runs in its subscription',
  busy: (holder: string) => `rollout ${holder} holds it`,
  busyTooLong: (holder: string, seconds: number) =>
    `rollout ${holder} has held it for more than ${seconds} s`,
  rolloutGone: (rollout: string) => `rollout ${rollout} was purged before its end was seen`,
  rolloutEnded: (rollout: string, phase: string, why: string | undefined) =>
    `rollout ${rollout} ended ${phase}${why === undefined ? '' : `: ${why}`}`,
  nothingFound: 'no group of the campaign finds a scale set',
  nothingFoundRemedy: 'check ids, tags and the rights of the app: vmss-rollout scale-sets list',
  stageEmpty: (stage: string) => `stage ${stage} has no scale set that can be upgraded`,
  stageEmptyRemedy: 'choose other scale sets for the stage, or drop it',
  tooMany: (count: number, most: number) => `${count} scale sets are more than the ${most} of one campaign`,
  tooManyRemedy: 'split it into several campaigns',
  differentImages: (images: readonly string[]) =>
    `"latest" cannot be one version for all: the scale sets run ${images.join(' and ')}`,
  differentImagesRemedy: 'name the version, or give each image a campaign of its own',
  notEverywhere: 'no version of the image is published in every region of the campaign',
  notEverywhereRemedy: 'name a version that is, or give each region a campaign of its own',
  nothingAttempted: (stage: string) => `stage ${stage} has attempted no scale set, and that is no success`,
  budgetSpent: (stage: string, failed: number, allowed: number) =>
    `${sets(failed)} failed in stage ${stage}; its budget allows ${allowed}`,
  belowRate: (stage: string, percent: number, least: number) =>
    `${percent} % of stage ${stage} succeeded; it needs ${least} %`,
  budgetRemedy: (id: string) =>
    `look at the failed rollouts, then vmss-rollout campaigns retry ${id}, rollback or abort`,
  expired: (stage: string) => `nobody approved stage ${stage} in time`,
  expiredRemedy: 'start the campaign again: scale sets that are on the version already have nothing to do',
  undoFailed: (count: number) => `${sets(count)} could not be rolled back`,
  undoFailedRemedy: 'look at their rollouts: the list of scale sets names them',
  hasEnded: (phase: string) => `the campaign ended ${phase}`,
  notPaused: 'the campaign is not paused',
  pausedByFailure: 'a stage has spent its budget, so the campaign cannot simply go on',
  isStopping: 'the campaign is stopping already',
  isRollingBack: 'the campaign is rolling back already',
  notPlanned: 'the campaign has begun nothing yet: abort it instead',
  noGate: 'no stage waits for approval',
  otherGate: (stage: number) => `stage ${stage} is not the one that waits for approval`,
  ownApproval: 'whoever requested this campaign may not approve this stage',
  nothingFailed: 'no scale set has failed that could be retried',
  notFailed: 'has not failed',
  notPending: 'has begun already, so it can no longer be skipped',
  unknownSet: 'is not in this campaign',
  skipWhat: 'name the scale sets to skip',
  notTaken: (command: string) => `does not go with ${command}`,
  possible: (commands: readonly string[]) =>
    commands.length === 0 ? 'look at it again later' : `possible now: ${commands.join(', ')}`,
} as const;
