import { requestWords } from './requests.ts';
import { windowFields } from './windows.ts';
import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const AT = EXAMPLE.time;
const VERSION = '22.04.202611010';

/** Fields of a spec that a schedule gives to its rollouts. */
const GIVEN =
  /^(?:(?:strategy|health|approvals|labels)(?:\..+)?|soakSeconds|onFailure|timeoutSeconds|acceptManaged)$/;

const rolloutFields = (at: string): Words =>
  Object.fromEntries(
    Object.entries(requestWords['RolloutSpec'] ?? {}).flatMap(([path, words]) =>
      GIVEN.test(path) ? [[`${at}.${path}`, words] as const] : [],
    ),
  );

/** Of a schedule, wherever it stands. */
const scheduleFields = (at: string): Words => ({
  [at]: ['Which scale sets are kept on which version of their image, and when.'],
  [`${at}.enabled`]: ['Whether it looks at all.', true],
  [`${at}.scaleSets`]: [
    'Scale sets, beside those with the tag `vmss-rollout:schedule` and its name.',
    [EXAMPLE.scaleSet],
  ],
  [`${at}.channel`]: ['The newest version that is right, or the one before it.', 'newest'],
  [`${at}.from`]: ['The oldest version that is right.', '22.04.0'],
  [`${at}.below`]: ['Versions from this one on are not right.', '22.05'],
  [`${at}.exclude`]: ['Versions that are not right.', ['22.04.202609100']],
  [`${at}.leastAgeHours`]: ['How long ago this app must have seen a version first.', 48],
  [`${at}.rings`]: [
    'Groups of scale sets that take a version one after the other; a set that is in none is in the last.',
  ],
  [`${at}.rings.name`]: ['Its name, which sets may have as their tag `vmss-rollout:ring`.', 'canary'],
  [`${at}.rings.scaleSets`]: ['Scale sets of the ring, beside those with the tag.', [EXAMPLE.scaleSet]],
  [`${at}.rings.cleanHours`]: [
    'How long every set of the ring before must have run a version before this one takes it.',
    24,
  ],
  [`${at}.looks`]: [
    'When it looks; its rollouts then wait for the window by themselves. Without it every hour while a window is open.',
  ],
  [`${at}.looks.cron`]: ['Minute, hour, day of the month, month and weekday.', '0 9 * * 1-5'],
  [`${at}.looks.timeZone`]: [
    'Time zone, by its IANA name or the one that Windows has for it.',
    'Europe/Berlin',
  ],
  ...windowFields(`${at}.windows`),
  [`${at}.concurrency`]: ['How many of its rollouts may be open at once.', 10],
  [`${at}.rollout`]: ['How its rollouts go, in the fields of a spec.'],
  ...rolloutFields(`${at}.rollout`),
});

const LOOKS: Words = {
  lookedAt: ['When it has looked last.', AT],
  looksNext: ['When it looks next; none where it never does again.', AT],
};

const standing = (at: string): Words => ({
  [`${at}name`]: ['Its name.', 'web-monthly'],
  [`${at}number`]: ['Number of the version that stands.', 3],
  [`${at}by`]: ['Who wrote it.', 'ada'],
  [`${at}at`]: ['When.', AT],
  [`${at}reason`]: ['Why, for people.', 'monthly images'],
  ...scheduleFields(`${at}schedule`),
});

const releases = (at: string): Words => ({
  [at]: ['Versions that people have let be tried again.'],
  [`${at}.version`]: ['The version.', VERSION],
  [`${at}.by`]: ['Who did it.', 'ada'],
  [`${at}.at`]: ['When.', AT],
  [`${at}.reason`]: ['Why.', 'the extension was at fault'],
});

const Schedules: Words = {
  value: ['Schedules, by their name.'],
  ...standing('value.'),
  'value.lookedAt': ['When it has looked last.', AT],
  'value.looksNext': ['When it looks next; none where it never does again.', AT],
};

const ScheduleView: Words = {
  ...standing(''),
  ...LOOKS,
  versions: ['Every version, the oldest first; one without a schedule has deleted it.'],
  'versions.number': ['Its number.', 3],
  'versions.by': ['Who wrote it.', 'ada'],
  'versions.at': ['When.', AT],
  'versions.reason': ['Why, for people.', 'monthly images'],
  ...scheduleFields('versions.schedule'),
  ...releases('releases'),
};

const ScheduleState: Words = { name: ['Its name.', 'web-monthly'], ...scheduleFields('schedule') };

const ScheduleDeleted: Words = { name: ['Its name.', 'web-monthly'] };

const ScheduleDecision: Words = {
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  ring: ['The ring that it is in.', 'canary'],
  outcome: [
    'Whether a rollout is started, nothing is to be done, something is waited for, or only a person or a newer version can change it.',
    'waits',
  ],
  code: ['Why.', 'tooYoung'],
  message: ['Why, in words.', `${VERSION} is too young until ${AT}`],
  version: ['The version that it is about.', VERSION],
  rolloutId: ['Id of the rollout that it is about.', EXAMPLE.rollout],
  until: ['When it may be otherwise.', AT],
};

const ScheduleExplanation: Words = {
  name: ['Its name.', 'web-monthly'],
  ...LOOKS,
  window: ['Its window, where it has any.'],
  'window.open': ['Whether it is open now.', false],
  'window.until': ['When that changes; none where it never does.', AT],
  unreadable: ['Why scale sets that only a tag names may be missing.', 'AuthorizationFailed: no access'],
  scaleSets: ['Its scale sets, the first ring first.'],
};

const ScheduleRun: Words = {
  name: ['Its name.', 'web-monthly'],
  scaleSets: ['What became of its scale sets, the first ring first.'],
};

/** By component and path. */
export const scheduleWords: Readonly<Record<string, Words>> = {
  ScheduleBody: { ...scheduleFields('schedule'), reason: ['Why, for people.', 'monthly images'] },
  ReleaseBody: {
    version: ['The version.', VERSION],
    reason: ['Why, for people.', 'the extension was at fault'],
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
