import { requestWords } from './requests.ts';
import { windowFields } from './windows.ts';
import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const AT = EXAMPLE.time;
const VERSION = '22.04.202611010';

/** Fields of a spec that a schedule gives to its rollouts. */
const GIVEN =
  /^(?:(?:namedStrategy|strategy|health|approvals|labels)(?:\..+)?|soakSeconds|onFailure|timeoutSeconds|acceptManaged)$/;

const rolloutFields = (at: string): Words =>
  Object.fromEntries(
    Object.entries(requestWords['RolloutSpec'] ?? {}).flatMap(([path, words]) =>
      GIVEN.test(path) ? [[`${at}.${path}`, words] as const] : [],
    ),
  );

const sourceFields = (at: string): Words => ({
  [at]: [
    'The image that it is for, as a model names it. Scale sets with another one are left alone; by default each set is kept on the image of its own model.',
    { publisher: 'Canonical', offer: 'ubuntu-24_04-lts' },
  ],
  [`${at}.publisher`]: ['Publisher of a platform image.', 'Canonical'],
  [`${at}.offer`]: ['Its offer.', 'ubuntu-24_04-lts'],
  [`${at}.sku`]: ['Its sku; by default every one.', 'server'],
  [`${at}.id`]: [
    'Resource id of an image in a gallery, without a version.',
    '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/galleries/shop/images/app',
  ],
  [`${at}.sharedGalleryImageId`]: [
    'Id of an image in a gallery that is shared with the subscription or the tenant.',
    '/SharedGalleries/1a2b3c-SHOP/Images/app',
  ],
  [`${at}.communityGalleryImageId`]: [
    'Id of an image in a community gallery.',
    '/CommunityGalleries/shop-1a2b3c/Images/app',
  ],
});

const BESIDE = /^change\.(?:vmSize|extensions|set|add|remove)(?:\.|$)/;

/** What a schedule changes beside the version, in the words of a spec. */
const changeFields = (at: string): Words => ({
  [`${at}.change`]: [
    'What else to change along with a version. It is shown to everybody who may look, so it takes no secrets.',
  ],
  ...Object.fromEntries(
    Object.entries(requestWords['RolloutSpec'] ?? {}).flatMap(([path, words]) =>
      BESIDE.test(path) ? [[`${at}.${path}`, words] as const] : [],
    ),
  ),
});

/** Of a schedule, wherever it stands. */
const scheduleFields = (at: string): Words => ({
  [at]: ['Which scale sets are kept on which image version, and when.'],
  [`${at}.enabled`]: ['Whether it is on.', true],
  [`${at}.scaleSets`]: [
    'Scale sets, in addition to those whose tag `vmss-rollout:schedule` names it.',
    [EXAMPLE.scaleSet],
  ],
  ...sourceFields(`${at}.source`),
  [`${at}.channel`]: ['The newest matching version, or the one before it.', 'newest'],
  [`${at}.from`]: ['The oldest version that matches.', '22.04.0'],
  [`${at}.below`]: ['Versions from this one on do not match.', '22.05'],
  [`${at}.exclude`]: ['Versions that do not match.', ['22.04.202609100']],
  [`${at}.leastAgeHours`]: ['How long a version must have been known to this app.', 48],
  [`${at}.rings`]: [
    'Groups of scale sets that take a version one after the other; a scale set in none of them is in the last.',
  ],
  [`${at}.rings.name`]: ['Its name; a scale set joins it with the tag `vmss-rollout:ring`.', 'canary'],
  [`${at}.rings.scaleSets`]: [
    'Scale sets of the ring, in addition to those with the tag.',
    [EXAMPLE.scaleSet],
  ],
  [`${at}.rings.cleanHours`]: [
    'How long every scale set of the previous ring must have run a version before this ring takes it.',
    24,
  ],
  ...changeFields(at),
  [`${at}.looks`]: [
    'When it looks; its rollouts then wait for the window. By default every hour while a window is open.',
  ],
  [`${at}.looks.cron`]: ['Minute, hour, day of the month, month and weekday.', '0 9 * * 1-5'],
  [`${at}.looks.timeZone`]: [
    'Time zone, by its IANA name or the one that Windows has for it.',
    'Europe/Berlin',
  ],
  ...windowFields(`${at}.windows`),
  [`${at}.concurrency`]: ['How many of its rollouts may be open at once.', 10],
  [`${at}.rollout`]: ['Settings of its rollouts, in the fields of a spec.'],
  ...rolloutFields(`${at}.rollout`),
});

const LOOKS: Words = {
  lookedAt: ['When it last looked.', AT],
  looksNext: ['When it looks next; null if never again.', AT],
};

const standing = (at: string): Words => ({
  [`${at}name`]: ['Its name.', 'web-monthly'],
  [`${at}number`]: ['Number of the version in force.', 3],
  [`${at}by`]: ['Who wrote it.', 'ada'],
  [`${at}at`]: ['When.', AT],
  [`${at}reason`]: ['The reason, for people.', 'monthly images'],
  ...scheduleFields(`${at}schedule`),
});

const releases = (at: string): Words => ({
  [at]: ['Versions that people have released to be tried again.'],
  [`${at}.version`]: ['The version.', VERSION],
  [`${at}.by`]: ['Who did it.', 'ada'],
  [`${at}.at`]: ['When.', AT],
  [`${at}.reason`]: ['Why.', 'the extension was at fault'],
});

const MAY: Words = { may: ['What the caller may do to schedules.', ['run', 'release']] };

const Schedules: Words = {
  ...MAY,
  value: ['Schedules, ordered by name.'],
  ...standing('value.'),
  'value.lookedAt': ['When it last looked.', AT],
  'value.looksNext': ['When it looks next; null if never again.', AT],
};

const ScheduleView: Words = {
  ...standing(''),
  ...LOOKS,
  ...MAY,
  versions: ['Every version, oldest first; a version without a schedule is a deletion.'],
  'versions.number': ['Its number.', 3],
  'versions.by': ['Who wrote it.', 'ada'],
  'versions.at': ['When.', AT],
  'versions.reason': ['The reason, for people.', 'monthly images'],
  ...scheduleFields('versions.schedule'),
  ...releases('releases'),
};

const ScheduleState: Words = { name: ['Its name.', 'web-monthly'], ...scheduleFields('schedule') };

const ScheduleDeleted: Words = { name: ['Its name.', 'web-monthly'] };

const ScheduleDecision: Words = {
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  ring: ['The ring that it is in.', 'canary'],
  outcome: [
    'Whether a rollout starts, there is nothing to do, it waits, or only a person or a newer version can change it.',
    'waits',
  ],
  code: ['Why.', 'tooYoung'],
  message: ['The same in words.', `${VERSION} is too young until ${AT}`],
  version: ['The version concerned.', VERSION],
  rolloutId: ['Id of the rollout concerned.', EXAMPLE.rollout],
  until: ['When that may change.', AT],
  passedOver: ['Newer versions that nobody is to take, newest first.'],
  'passedOver.version': ['The version.', '22.04.202612010'],
  'passedOver.code': ['Why.', 'deprecated'],
  'passedOver.message': ['The same in words.', 'its publisher has deprecated it'],
};

const ScheduleExplanation: Words = {
  name: ['Its name.', 'web-monthly'],
  ...LOOKS,
  window: ['Its window, if it has one.'],
  'window.open': ['Whether it is open now.', false],
  'window.until': ['When that changes; null if never.', AT],
  unreadable: ['Why scale sets that only a tag names may be missing.', 'AuthorizationFailed: no access'],
  scaleSets: ['Its scale sets, in the order of the rings.'],
};

const ScheduleRun: Words = {
  name: ['Its name.', 'web-monthly'],
  scaleSets: ['The decision for each scale set, in the order of the rings.'],
};

/** By component and path. */
export const scheduleWords: Readonly<Record<string, Words>> = {
  ScheduleBody: { ...scheduleFields('schedule'), reason: ['The reason, for people.', 'monthly images'] },
  ReleaseBody: {
    version: ['The version.', VERSION],
    reason: ['The reason, for people.', 'the extension was at fault'],
  },
  Schedules,
  ScheduleView,
  ScheduleState,
  ScheduleDeleted,
  ScheduleDecision,
  ScheduleExplanation,
  ScheduleRun,
  Releases: releases('value'),
};
