const WRITTEN_DOWN =
  'Written down at once and carried out at the next step; the answer shows the rollout as it was when the command came.';

const AS_ROLLOUT =
  'A rollout like any other, with batches, floor, plan and events; 409 names who holds the scale set. Without a body it means every instance.';

/** What each operation does: a heading, and what else is to be known. */
export const operationWords: Readonly<Record<string, readonly [summary: string, more?: string]>> = {
  startRollout: [
    'Start a rollout',
    'Reserves the scale set until the rollout ends. Follow `Location`, no sooner than `Retry-After` says.',
  ],
  makePlan: ['Make a plan', 'Reads the scale set, writes nothing, starts nothing.'],
  getRollouts: [
    'List rollouts',
    'The newest first. With a filter a page may hold fewer and still have a `nextLink`.',
  ],
  getRollout: ['Show a rollout'],
  getPlan: ['Show the plan of a rollout', '404 before it is planned.'],
  getInstances: ['List the instances of a rollout'],
  getEvents: ['List the events of a rollout'],
  getRollbackPlan: ['Show what a rollback would do', 'From the records alone.'],
  explainRollout: [
    'Explain a rollout',
    'The plan, what was done, what is left, and how to undo it without this app.',
  ],
  pauseRollout: ['Pause a rollout', WRITTEN_DOWN],
  resumeRollout: ['Let a paused rollout go on', WRITTEN_DOWN],
  approveRollout: ['Approve what a rollout waits with', WRITTEN_DOWN],
  rejectRollout: ['Reject what a rollout waits with', WRITTEN_DOWN],
  rollbackRollout: ['Roll a rollout back', WRITTEN_DOWN],
  abortRollout: ['End a rollout where it stands', WRITTEN_DOWN],
  retryRollout: ['Try failed instances again', WRITTEN_DOWN],
  skipRollout: ['Leave out a batch or instances', WRITTEN_DOWN],
  quarantineRollout: ['Keep failed instances for somebody to look into', WRITTEN_DOWN],
  getScaleSets: ['List scale sets', 'All that the app may see, and which rollout holds each.'],
  getScaleSet: ['Show a scale set', 'From Azure, through a short cache.'],
  getScaleSetInstances: ['List the instances of a scale set', 'From Azure, through a short cache.'],
  getScaleSetInstance: ['Show an instance of a scale set', 'From Azure, through a short cache.'],
  upgradeInstances: ['Bring instances to the current model', AS_ROLLOUT],
  startInstances: ['Start instances that are off', AS_ROLLOUT],
  restartInstances: ['Restart instances', AS_ROLLOUT],
  redeployInstances: ['Move instances to other hardware', AS_ROLLOUT],
  reimageInstances: ['Give instances new OS disks', AS_ROLLOUT],
  powerOffInstances: ['Switch instances off', AS_ROLLOUT],
  deallocateInstances: ['Switch instances off and release their hardware', AS_ROLLOUT],
  deleteInstances: ['Delete instances', AS_ROLLOUT],
  protectInstances: ['Protect instances from scale-in and scale-set actions', AS_ROLLOUT],
  scaleInstances: ['Set the capacity', AS_ROLLOUT],
  getCaller: ['Show who the caller is'],
  getLeases: ['List who holds which scale set'],
  takeLeaseOver: ['Take a scale set from a dead rollout', 'Never from a rollout at work.'],
  getFreeze: ['Show whether all writes are stopped'],
  freeze: [
    'Stop all writes of all rollouts',
    'What Azure has under way goes on, and no deadline runs. Twice changes nothing.',
  ],
  liftFreeze: ['Let all rollouts write again'],
  getPolicy: ['Show what requesters cannot weaken', 'And every version that there ever was.'],
  setPolicy: [
    'Set what requesters cannot weaken',
    'The whole policy, over the version that the caller has read: `If-Match` with its ETag.',
  ],
  getOpenApi: ['Show this description'],
  getApiPage: ['Show this description as a page'],
  getPage: ['The page for people', 'Its files need no token; what they show comes from the other paths.'],
  getHealth: ['Show whether the app is ready', 'Needs no token.'],
};

export const groupWords = {
  rollouts: 'Rollouts',
  scaleSets: 'Scale sets',
  operators: 'For operators',
  app: 'The app',
} as const;

export const apiWords = {
  title: 'vmss-rollout',
  about:
    'Rolls a change out over Azure VM scale sets without downtime. Bodies are JSON in UTF-8, times are UTC in ISO 8601, problems are RFC 9457.',
  security:
    "A token of Microsoft Entra for the app's registration. None is wanted where the app runs on a developer's machine without sign-in.",
  done: 'Done.',
  accepted: 'Accepted.',
  unchanged: 'It is what the caller has.',
  problem: 'A problem: `code` says of what kind, `detail` why, `remedy` what to do.',
  location: 'Where to look at the rollout.',
  etag: 'Fingerprint of the answer.',
  retryAfter: 'When to ask again.',
  page: 'Schemas',
} as const;
