import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const NOTICE = `${EXAMPLE.rollout}.00000012-20261130082107000-5feceb66ffc8.0`;

const settingsFields = (at: string): Words => ({
  [at]: ['Who gets which notices.'],
  [`${at}.hosts`]: [
    'Hosts that notices may be sent to, by name, or `*.` and a domain; nothing is sent anywhere else.',
    ['hooks.example.com', '*.webhook.office.com'],
  ],
  [`${at}.targets`]: ['Where notices can be sent.'],
  [`${at}.targets.kind`]: ['What it is: a signed webhook, or a channel of Teams or Slack.', 'webhook'],
  [`${at}.targets.name`]: ['Its name, for the routes.', 'pager'],
  [`${at}.targets.url`]: [
    'Address of a webhook: https, on one of the hosts.',
    'https://hooks.example.com/vmss',
  ],
  [`${at}.targets.secret`]: [
    'App setting with the secret that signs; two, separated by a comma, while one replaces the other.',
    'ROLLOUT_NOTICE_PAGER',
  ],
  [`${at}.targets.urlFrom`]: ['App setting with the address of a channel.', 'ROLLOUT_NOTICE_TEAMS'],
  [`${at}.routes`]: [
    'Which notices go where. A notice goes to each target once, however many routes lead there.',
  ],
  [`${at}.routes.targets`]: ['Names of targets.', ['pager']],
  [`${at}.routes.scopes`]: [
    'Only of these subscriptions, resource groups and scale sets; by default of all.',
    ['/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop'],
  ],
  [`${at}.routes.labels`]: ['Only of rollouts and campaigns with all of these labels.', { team: 'shop' }],
  [`${at}.routes.labels.*`]: ['The value of a label.', 'shop'],
  [`${at}.routes.kinds`]: ['Only these kinds; by default all.', ['approvalRequested', 'failed']],
  [`${at}.remindAfterSeconds`]: [
    'How often a rollout or a campaign that waits for a person reminds of that.',
    3600,
  ],
  [`${at}.escalateAfterSeconds`]: ['After what time it is an escalation.', 14_400],
});

const NoticesState: Words = settingsFields('settings');

const NoticesView: Words = {
  ...NoticesState,
  versions: ['Every version, oldest first.'],
  'versions.number': ['Its number.', 3],
  'versions.by': ['Who wrote it.', 'ada'],
  'versions.at': ['When.', EXAMPLE.time],
  'versions.reason': ['The reason, for people.', 'the new pager'],
  ...settingsFields('versions.settings'),
};

const DeadLetters: Words = {
  value: ['Deliveries that were given up, the oldest rollouts first.'],
  'value.id': ['Id of the delivery: the notice and its target.', `${NOTICE}:pager`],
  'value.notice': ['Id of the notice, the same at every target and every try.', NOTICE],
  'value.target': ['Name of the target.', 'pager'],
  'value.rollout': ['Id of the rollout or the campaign.', EXAMPLE.rollout],
  'value.kind': ['Kind of the notice.', 'approvalRequested'],
  'value.at': ['When it happened.', EXAMPLE.time],
  'value.tries': ['How often it was tried.', 12],
  'value.last': ['The last try.'],
  'value.last.at': ['When.', EXAMPLE.time],
  'value.last.code': ['Why in vain; never the words of the target.', 'http503'],
  underWay: ['Targets with deliveries that are still tried; absent where there are none.'],
  'underWay.target': ['Name of the target.', 'pager'],
  'underWay.count': ['How many deliveries are under way; of more than 1,000 only those.', 3],
  'underWay.tries': ['How often one of them was tried in vain, at most.', 4],
  'underWay.nextAt': ['When the next one is tried.', EXAMPLE.time],
  'underWay.code': ['Why the last try was in vain.', 'http503'],
  nextLink: [
    'The next page; absent on the last one.',
    `https://app/api/notices/dead-letters?skipToken=${NOTICE}`,
  ],
};

/** By component and path. */
export const noticeWords: Readonly<Record<string, Words>> = {
  NoticesBody: { ...NoticesState, reason: ['The reason, for people.', 'the new pager'] },
  ResendBody: { reason: ['The reason, for people.', 'the pager is back'] },
  NoticesState,
  NoticesView,
  DeadLetters,
  GateLink: {
    rollout: ['Id of the rollout or the campaign.', EXAMPLE.rollout],
    batch: ['Index of the batch, from 0.', 2],
    open: ['Whether the gate that the link was made for still waits.', true],
    message: ['The same in one sentence.', 'update domain 2 waits for your approval'],
    expires: ['Until when the link leads here.', EXAMPLE.time],
    planHash: ['Hash of the plan that is to be approved.', EXAMPLE.hash],
  },
  Resent: { id: ['Id of the delivery that is on its way again.', `${NOTICE}:pager`] },
};
