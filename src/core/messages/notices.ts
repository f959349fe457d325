/** What leaves the app for people who follow rollouts elsewhere. */
export const notices = {
  accepted: (scaleSet: string) => `a rollout of ${scaleSet} was accepted`,
  nowIn: (phase: string) => `the rollout is now ${PHASES[phase] ?? phase}`,
  goesOn: 'the failure is behind it: the rollout continues',
  campaignRestarted: 'the workflow was lost, and is started again',
  isPaused: 'the rollout is paused',
  still: (what: string, since: string) => `${what}, since ${since}`,
  title: (scaleSet: string, kind: string, phase: string) =>
    `${scaleSet}: ${KINDS[kind] ?? PHASES[phase] ?? phase}`,
  open: (kind: string) => (kind === 'approvalRequested' ? 'Review the batch' : 'Open the rollout'),
  openCampaign: (kind: string) => (kind === 'approvalRequested' ? 'Review the stage' : 'Open the campaign'),
  facts: {
    rollout: 'rollout',
    campaign: 'campaign',
    scaleSet: 'scale set',
    until: 'until',
    reason: 'reason',
    remedy: 'remedy',
  },
  nameFormat: 'must be 1 to 40 lower-case letters, digits or hyphens',
  settingFormat: 'must name an app setting that begins with ROLLOUT_NOTICE_',
  hostFormat: 'must be the name of a host in lower-case letters, or *. and a domain; no address, no port',
  needed: (kind: string) => `is required for ${kind}`,
  notOf: (kind: string) => `is not for ${kind}`,
  noSetting: 'names an app setting that is not there',
  shortSecret: 'names an app setting whose secret has less than 32 characters',
  notAllowed: 'is no https address on one of the hosts that you allow, by name and on its port',
  deadLetter: (id: string) => `dead letter ${id}`,
  moved: 'the settings of notices have changed since you read them',
  movedRemedy: 'read them again, and send your change with the new ETag',
  wantsIfMatch: 'send If-Match with the ETag of GET /notices, to name the version that you replace',
  linkForged: 'this app has not signed this link: open the rollout from the list',
  linkExpired: 'this link has expired: open the rollout from the list',
  linkOpen: (batch: string) => `${batch} is waiting for your approval`,
  linkDecided: (batch: string) => `the request for an approval of ${batch} has been decided, or has expired`,
  sameName: 'is the name of another target, too',
  noSuchTarget: 'names a target that is not among the targets',
} as const;

/** Phases that are no word of a sentence as they are. */
const PHASES: Readonly<Record<string, string>> = {
  applyingModel: 'applying the model',
  rollingBack: 'rolling back',
  rolledBack: 'rolled back',
};

const KINDS: Readonly<Record<string, string>> = {
  approvalRequested: 'approval requested',
  reminder: 'still waiting for somebody',
  escalation: 'nobody has come',
  failed: 'failure',
  recovered: 'recovered',
};
