import { requestWords } from './requests.ts';
import { windowFields } from './windows.ts';
import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const AT = EXAMPLE.time;
const CAMPAIGN = 'c-20261121-080000-32caec60';
const VERSION = '22.04.202611010';

const rolloutWords: Words = requestWords['RolloutSpec'] ?? {};

/** Fields of a rollout's spec, as a campaign gives them to each of its rollouts. */
const fieldsOf = (given: RegExp, at = ''): Words =>
  Object.fromEntries(
    Object.entries(rolloutWords).flatMap(([path, words]) =>
      given.test(path) ? [[`${at}${path}`, words] as const] : [],
    ),
  );

const GIVEN =
  /^(?:(?:strategy|health|approvals)(?:\..+)?|soakSeconds|onFailure|timeoutSeconds|accessTimeoutSeconds|rollbackTimeoutSeconds|acceptManaged)$/;

const CampaignSpec: Words = {
  name: ['What the campaign is called.', 'October image'],
  ...fieldsOf(/^change(?:\..+)?$/),
  rollout: ['How each of its rollouts goes, as in a rollout spec.'],
  ...fieldsOf(GIVEN, 'rollout.'),
  ...windowFields('rollout.windows'),
  stages: ['Stages, one after the other.'],
  'stages.name': ['Its name.', 'canary'],
  'stages.groups': ['Groups of scale sets that are upgraded in parallel.'],
  'stages.groups.name': ['Its name.', 'west'],
  'stages.groups.scaleSets': ['Scale sets by their resource ids.', [EXAMPLE.scaleSet]],
  'stages.groups.resourceGroups': [
    'Every scale set in these resource groups.',
    ['/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop'],
  ],
  'stages.groups.subscriptions': [
    'Every scale set in these subscriptions.',
    ['00000000-0000-4000-8000-000000000001'],
  ],
  'stages.groups.tags': [
    'Only scale sets with all of these tags; without resource groups and subscriptions, everywhere that the app may read.',
    { ring: 'canary' },
  ],
  'stages.groups.tags.*': ['The value of the tag.'],
  'stages.groups.concurrency': ['How many of its scale sets at once.', 1],
  'stages.concurrency': ['How many scale sets of the stage at once.', 10],
  'stages.minSuccessPercent': [
    'The stage succeeds only if at least this share of the scale sets that it attempted does; if it attempted none, it fails.',
    100,
  ],
  'stages.maxFailures': ['After more failed scale sets than this it begins no other.', 0],
  'stages.soakSeconds': ['How long to wait after the stage.', 3600],
  'stages.approval': ['Approvals that the stage needs before it begins.'],
  'stages.approval.quorum': ['How many people must approve.', 1],
  'stages.approval.allowRequester': ['Whether whoever requested the campaign may approve.', true],
  'stages.approval.timeoutSeconds': [
    'After this time without approval the campaign ends `rejected`.',
    86_400,
  ],
  exclude: ['Scale sets to leave out, whatever finds them.', [EXAMPLE.scaleSet]],
  onFailure: ['What to do when a stage has spent its budget.', 'pause'],
  busySeconds: ['How long to wait for a scale set that another rollout holds.', 3600],
  reason: ['The reason, for people.', 'CVE-2026-1234'],
  labels: ['Labels, which its rollouts get too.', { ticket: 'OPS-7' }],
  'labels.*': ['The value of the label.'],
};

const counts = (at: string): Words => ({
  [at]: ['How many scale sets there are, by phase.'],
  [`${at}.total`]: ['All of them.', 12],
  [`${at}.pending`]: ['Not begun.', 4],
  [`${at}.running`]: ['With a running rollout.', 2],
  [`${at}.succeeded`]: ['Upgraded.', 5],
  [`${at}.failed`]: ['Failed.', 0],
  [`${at}.skipped`]: ['Skipped.', 1],
  [`${at}.rolledBack`]: ['Rolled back.', 0],
});

const summary = (at = ''): Words => ({
  [`${at}id`]: ['Id of the campaign.', CAMPAIGN],
  [`${at}name`]: ['What it is called.', 'October image'],
  [`${at}phase`]: ['Its phase.', 'running'],
  [`${at}requestedBy`]: ['Who requested it.', 'ada'],
  [`${at}reason`]: ['The reason, for people.', 'CVE-2026-1234'],
  [`${at}labels`]: ['Labels.', { ticket: 'OPS-7' }],
  [`${at}labels.*`]: ['The value of the label.'],
  [`${at}createdAt`]: ['When it was accepted.', AT],
  [`${at}startedAt`]: ['When its first stage could begin.', AT],
  [`${at}endedAt`]: ['When it ended.', AT],
  [`${at}version`]: ['The image version that every scale set takes, where it was pinned.', VERSION],
  [`${at}stage`]: ['Index of the stage that it is in.', 1],
  [`${at}next`]: ['What the caller may do next.'],
  [`${at}next.command`]: ['The command.', 'approve'],
  [`${at}next.stage`]: ['The stage that it would approve.', 1],
  [`${at}waitingFor`]: ['What it waits for.'],
  [`${at}waitingFor.kind`]: ['What kind of thing.', 'approval'],
  [`${at}waitingFor.stage`]: ['Index of the stage.', 1],
  [`${at}waitingFor.since`]: ['Since when.', AT],
  [`${at}waitingFor.until`]: ['How long at most.', AT],
  [`${at}waitingFor.message`]: ['The same in words.', 'stage west waits for an approval'],
  [`${at}paused`]: ['Who or what paused it.'],
  [`${at}paused.by`]: ['Who did; null if a failure did.', 'ada'],
  [`${at}paused.since`]: ['When.', AT],
  [`${at}paused.reason`]: ['Why.', 'alerts in west'],
  [`${at}failure`]: ['Why it stopped or ended.'],
  [`${at}failure.code`]: ['What failed.', 'budgetSpent'],
  [`${at}failure.message`]: ['The same in words.', '1 scale set failed in stage canary; its budget allows 0'],
  [`${at}failure.remedy`]: ['What can be done.', `vmss-rollout campaigns retry ${CAMPAIGN}`],
  [`${at}failure.stage`]: ['Index of the stage.', 0],
  ...counts(`${at}scaleSets`),
});

const CampaignStage: Words = {
  index: ['Its index, from 0.', 0],
  name: ['Its name.', 'canary'],
  phase: ['Its phase.', 'running'],
  ...counts('scaleSets'),
  minSuccessPercent: ['The success rate that it needs.', 100],
  allowedFailures: ['How many scale sets may fail.', 0],
  concurrency: ['How many scale sets at once, by its own bound and those of its groups.', 10],
  soakSeconds: ['How long to wait after the stage.', 3600],
  approvalsNeeded: ['How many approvals it needs before it begins.', 1],
  startedAt: ['When it began.', AT],
  endedAt: ['When it ended.', AT],
  approvedBy: ['Who has approved it.', ['linus']],
};

const CampaignScaleSet: Words = {
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  stage: ['Index of its stage.', 0],
  group: ['Name of its group.', 'west'],
  phase: ['Where it stands.', 'running'],
  rolloutId: ['The rollout that upgrades it.', EXAMPLE.rollout],
  undoId: ['The rollout that rolls it back.', EXAMPLE.rollout],
  touched: ['Whether its rollout has left a change that a rollback would undo.', true],
  code: ['Why it is skipped, waits or has failed.', 'scaleSetBusy'],
  message: ['The same in words.', `rollout ${EXAMPLE.rollout} holds it`],
  startedAt: ['When its rollout began.', AT],
  endedAt: ['When it ended.', AT],
};

/** By component and path. */
export const campaignWords: Readonly<Record<string, Words>> = {
  CampaignSpec,
  CampaignCommandBody: {
    reason: ['The reason, for people.', 'alerts in west'],
    stage: ['Of approve: the stage that is meant, so that a late click approves no other.', 1],
    scaleSets: ['Of skip and retry: which scale sets.', [EXAMPLE.scaleSet]],
  },
  Campaign: {
    ...summary(),
    denied: ['Commands that are possible now, but not for this caller.'],
    'denied.command': ['The command.', 'approve'],
    'denied.message': ['Why not.', 'you need the role approver to approve; you have operator'],
    change: ['What it changes, without secrets.', { image: { version: VERSION } }],
    'change.*': ['A part of the change.'],
    stages: ['Its stages, in order.'],
    members: ['Its scale sets, in the order of the stages.'],
  },
  CampaignSummary: summary(),
  CampaignStage,
  CampaignScaleSet,
  CampaignPage: {
    value: ['Campaigns, newest first.'],
    nextLink: ['Address of the next page.', 'https://app.example/api/campaigns?skipToken=7'],
  },
  CampaignEvents: {
    value: ['Events, oldest first.'],
    'value.sequence': ['Its number.', 1],
    'value.time': ['When it happened.', AT],
    'value.message': ['What happened.', 'stage canary began'],
    'value.stage': ['Index of the stage.', 0],
    'value.scaleSet': ['Resource id of the scale set.', EXAMPLE.scaleSet],
    'value.by': ['Who did it.', 'ada'],
  },
  CampaignPlan: {
    name: ['What it is called.', 'October image'],
    version: ['The image version that every scale set would take.', VERSION],
    total: ['How many scale sets it finds.', 12],
    skipped: ['How many of them it would skip.', 1],
    stages: ['Its stages, in order.'],
    'stages.index': ['Its index, from 0.', 0],
    'stages.name': ['Its name.', 'canary'],
    'stages.concurrency': ['How many scale sets at once.', 10],
    'stages.allowedFailures': ['How many scale sets may fail.', 0],
    'stages.needsApproval': ['Whether it waits for an approval before it begins.', true],
    'stages.soakSeconds': ['How long to wait after the stage.', 3600],
    'stages.scaleSets': ['Its scale sets.'],
    'stages.scaleSets.scaleSet': ['Resource id of the scale set.', EXAMPLE.scaleSet],
    'stages.scaleSets.group': ['Name of its group.', 'west'],
    'stages.scaleSets.skipped': ['Whether it is skipped.', false],
    'stages.scaleSets.reason': ['Why it is skipped, or what the policy forbids.', 'is excluded by the spec'],
    'stages.scaleSets.heldBy': ['The rollout that holds it now.', EXAMPLE.rollout],
  },
};
