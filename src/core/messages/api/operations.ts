const WRITTEN_DOWN =
  'The command is recorded at once and carried out at the next step; the answer shows the rollout as it was when the command arrived.';

const CAMPAIGN_WRITTEN_DOWN =
  'The command is recorded at once and carried out at the next turn; the answer shows the campaign as it was when the command arrived.';

const AS_ROLLOUT =
  'Starts a rollout like any other, with plan, batches, floor and events; without a body, of every instance. 409 names the rollout that holds the scale set.';

/** What each operation does: a heading, and what else is to be known. */
export const operationWords: Readonly<Record<string, readonly [summary: string, more?: string]>> = {
  startRollout: [
    'Start a rollout',
    'Reserves the scale set until the rollout ends. Poll `Location`, no sooner than `Retry-After` says.',
  ],
  makePlan: ['Make a plan', 'Reads the scale set; writes and starts nothing.'],
  getRollouts: [
    'List rollouts',
    'Newest first. With a filter a page may be short and still have a `nextLink`.',
  ],
  getRollout: ['Show a rollout'],
  getPlan: ['Show the plan of a rollout', '404 until the plan is made.'],
  getInstances: ['List the instances of a rollout'],
  getEvents: ['List the events of a rollout'],
  getRollbackPlan: ['Show what a rollback would do', 'Computed from the records, without reading Azure.'],
  explainRollout: [
    'Explain a rollout',
    'Its plan, what was done, what is left, and how to undo it without this app.',
  ],
  getGateLink: [
    'Follow a link in a request for an approval',
    'Whether the app has signed it, and whether its gate still waits. It approves nothing. 400 `linkForged`, 410 `linkExpired`.',
  ],
  pauseRollout: ['Pause a rollout', WRITTEN_DOWN],
  resumeRollout: ['Resume a paused rollout', WRITTEN_DOWN],
  approveRollout: ['Approve the batch that waits for approval', WRITTEN_DOWN],
  rejectRollout: ['Reject the batch that waits for approval', WRITTEN_DOWN],
  rollbackRollout: ['Roll a rollout back', WRITTEN_DOWN],
  abortRollout: ['Abort a rollout where it stands', WRITTEN_DOWN],
  retryRollout: ['Retry failed instances', WRITTEN_DOWN],
  skipRollout: ['Skip a batch or instances', WRITTEN_DOWN],
  quarantineRollout: ['Quarantine failed instances for investigation', WRITTEN_DOWN],
  getScaleSets: ['List scale sets', 'All that the app may read, and which rollout holds each.'],
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
  getLeases: ['List which rollout holds which scale set'],
  takeLeaseOver: ['Take a scale set over from a dead rollout', 'Never from a rollout that is running.'],
  getFreeze: ['Show whether all writes are frozen'],
  freeze: [
    'Freeze all writes of all rollouts',
    'Operations already running in Azure continue, and no deadline counts. A second freeze changes nothing.',
  ],
  liftFreeze: ['Lift the freeze'],
  getPolicy: ['Show the policy', 'What requesters cannot weaken, with every version so far.'],
  setPolicy: [
    'Replace the policy',
    'Send the whole policy, with the ETag of the version that you read in `If-Match`.',
  ],
  getNotices: [
    'Show who gets notices',
    'With every version so far; secrets only by the names of their settings.',
  ],
  setNotices: [
    'Set who gets notices',
    'Send all of it, with the ETag of the version that you read in `If-Match`.',
  ],
  getDeadLetters: ['List notices that were given up'],
  resendNotice: ['Resend a notice that was given up', 'It keeps its id.'],
  getSchedules: ['List schedules'],
  getSchedule: ['Show a schedule', 'And every version that there ever was.'],
  explainSchedule: [
    'Explain a schedule',
    'Which version each of its scale sets would take now, or why none, and when it looks next. Starts nothing.',
  ],
  setSchedule: [
    'Set a schedule',
    'The whole schedule, over the version that the caller has read: `If-Match` with its ETag, `"schedule-0"` for a new one. It looks within a minute.',
  ],
  deleteSchedule: [
    'Delete a schedule',
    'What it has started goes on; what it knows of failed versions is kept.',
  ],
  runSchedule: [
    'Let a schedule look at once',
    'As its timer would; outside its windows it starts nothing either.',
  ],
  releaseVersion: [
    'Let a version that has failed be tried again',
    'Once, on every scale set of the schedule that is not on it.',
  ],
  startCampaign: [
    'Start a campaign',
    'One change over many scale sets, stage by stage. Each scale set gets a rollout of its own. Poll `Location`, no sooner than `Retry-After` says.',
  ],
  planCampaign: [
    'Show what a campaign would do',
    'Its scale sets by stage, which are skipped and why, and the one version for all. Writes and starts nothing.',
  ],
  getCampaigns: ['List campaigns', 'Newest first.'],
  getCampaign: ['Show a campaign', 'With its stages, and where each of its scale sets stands.'],
  getCampaignEvents: ['List the events of a campaign'],
  pauseCampaign: ['Pause a campaign', `Its running rollouts are paused too. ${CAMPAIGN_WRITTEN_DOWN}`],
  resumeCampaign: ['Resume a paused campaign', CAMPAIGN_WRITTEN_DOWN],
  approveCampaign: ['Approve the stage that waits for approval', CAMPAIGN_WRITTEN_DOWN],
  rejectCampaign: ['Reject the stage that waits for approval', `The campaign ends. ${CAMPAIGN_WRITTEN_DOWN}`],
  undoCampaign: [
    'Undo a campaign that has ended',
    'Starts a campaign that undoes on every scale set what this one has changed, the last stage first. The answer shows the new one.',
  ],
  skipCampaign: ['Skip scale sets that have not begun', CAMPAIGN_WRITTEN_DOWN],
  retryCampaign: [
    'Retry failed scale sets',
    `Of the stage that it is in; without a body all of them. ${CAMPAIGN_WRITTEN_DOWN}`,
  ],
  abortCampaign: [
    'Abort a campaign where it stands',
    `Begins nothing more, and aborts its running rollouts. ${CAMPAIGN_WRITTEN_DOWN}`,
  ],
  rollbackCampaign: [
    'Roll a campaign back',
    `Every scale set that it has changed, the last stage first. ${CAMPAIGN_WRITTEN_DOWN}`,
  ],
  getAudit: [
    'Show who did what, and when',
    'Hash chains, one a rollout and one for all other acts, kept for ever. With a filter a page may hold fewer and still have a `nextLink`.',
  ],
  getWaits: [
    'Show how long rollouts waited',
    'Percentiles of waits for people, windows, the queue, throttling and Azure, of each scale set and pipeline.',
  ],
  getStrategies: ['List named strategies'],
  getStrategy: ['Show a named strategy', 'And every version that there ever was.'],
  setStrategy: [
    'Set a named strategy',
    'The whole strategy, over the version that the caller has read: `If-Match` with its ETag, `"strategy-0"` for a new one. Rollouts that were accepted keep the version of then.',
  ],
  deleteStrategy: ['Delete a named strategy', 'Rollouts that were accepted keep it.'],
  getAnchors: ['Show how far the audit had come', 'As it is kept where nobody can change it.'],
  getOpenApi: ['Show this description'],
  getApiPage: ['Show this description as a page'],
  getPage: ['The dashboard', 'Its files need no token; the data that they show does.'],
  getHealth: ['Show whether the app is ready', 'Needs no token.'],
};

export const groupWords = {
  rollouts: 'Rollouts',
  scaleSets: 'Scale sets',
  schedules: 'Schedules',
  campaigns: 'Campaigns',
  operators: 'For operators',
  app: 'The app',
} as const;

export const apiWords = {
  title: 'vmss-rollout',
  about:
    'Rolls a change out over Azure VM scale sets without downtime. Bodies are JSON in UTF-8, times are UTC in ISO 8601, problems are RFC 9457.',
  security:
    "A Microsoft Entra token for the app's registration. Not needed where the app runs on a developer's machine with sign-in turned off.",
  done: 'Done.',
  accepted: 'Accepted.',
  unchanged: 'Not changed since.',
  problem: 'A problem: `code` names it, `detail` explains it, `remedy` says what to do.',
  location: 'Address of what was started.',
  etag: 'ETag of the answer.',
  retryAfter: 'How many seconds to wait before asking again.',
  page: 'Schemas',
} as const;
