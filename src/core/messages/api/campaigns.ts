import { campaignSpecWords } from './campaign-spec.ts';
import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const AT = EXAMPLE.time;
const CAMPAIGN = 'c-20261121-080000-32caec60';
const VERSION = '22.04.202611010';

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
  [`${at}rollbackOf`]: ['The campaign that it undoes.', CAMPAIGN],
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
  [`${at}next.stage`]: ['The stage that it would approve or reject.', 1],
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
  CampaignSpec: campaignSpecWords,
  CampaignCommandBody: {
    reason: ['The reason, for people.', 'alerts in west'],
    stage: ['Of approve and reject: the stage that is meant, so that a late click approves no other.', 1],
    scaleSets: ['Of skip and retry: which scale sets.', [EXAMPLE.scaleSet]],
  },
  CampaignUndoBody: { reason: ['The reason, for people.', 'latency since October'] },
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
    planned: ['How many have a plan of their own.', 10],
    refused: ['How many rollouts would be refused.', 1],
    hidden: ['How many more scale sets it finds that the caller may not read.', 0],
    stages: ['Its stages, in order.'],
    'stages.index': ['Its index, from 0.', 0],
    'stages.name': ['Its name.', 'canary'],
    'stages.concurrency': ['How many scale sets at once.', 10],
    'stages.allowedFailures': ['How many scale sets may fail.', 0],
    'stages.needsApproval': ['Whether it waits for an approval before it begins.', true],
    'stages.soakSeconds': ['How long to wait after the stage.', 3600],
    'stages.expectedSeconds': [
      'How long the stage would take, its soak included; null if the plan of a scale set is not known.',
      7200,
    ],
    'stages.scaleSets': ['Its scale sets.'],
  },
  PlannedScaleSet: {
    scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
    group: ['Name of its group.', 'west'],
    skipped: ['Whether it is skipped.', false],
    reason: [
      'Why it is skipped, why its rollout would be refused, or why its plan is not known.',
      'is excluded by the spec',
    ],
    code: ['The code of that refusal.', 'imageNotFound'],
    plan: ['What its rollout would do; only of the first 100 scale sets.'],
    'plan.instances': ['How many instances it would upgrade.', 20],
    'plan.batches': ['In how many batches.', 5],
    'plan.seconds': ['How long it would take.', 1800],
    heldBy: ['The rollout that holds it now.', EXAMPLE.rollout],
  },
};
