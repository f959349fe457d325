import { requestWords } from './requests.ts';
import { windowFields } from './windows.ts';
import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const rolloutWords: Words = requestWords['RolloutSpec'] ?? {};

/** Fields of a rollout's spec, as a campaign gives them to each of its rollouts. */
const fieldsOf = (given: RegExp, at = ''): Words =>
  Object.fromEntries(
    Object.entries(rolloutWords).flatMap(([path, words]) =>
      given.test(path) ? [[`${at}${path}`, words] as const] : [],
    ),
  );

const GIVEN =
  /^(?:(?:strategy|health|approvals|namedStrategy)(?:\..+)?|soakSeconds|onFailure|timeoutSeconds|accessTimeoutSeconds|rollbackTimeoutSeconds|acceptManaged|startIn|onBusy)$/;

/** Fields of a campaign's spec, by path. */
export const campaignSpecWords: Words = {
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
