import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const HASH = '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9';

const AuditRecord: Words = {
  chain: [
    'Id of the rollout, or `acts` for what is done to policy, freeze, leases and old rollouts.',
    EXAMPLE.rollout,
  ],
  number: ['Its number in the chain, from 1 without a gap.', 12],
  at: ['When.', EXAMPLE.time],
  kind: ['What: the kind of the event, or of the act.', 'upgradeIntended'],
  message: ['In words, people by their object ids alone.', 'about to upgrade instances 3, 4'],
  by: ['Object id of who did it or asked for it.', '00000000-0000-4000-8000-0000000000a1'],
  event: ['Number of the event of the rollout.', 11],
  batch: ['The batch that it is about.', 0],
  instances: ['Ids of the instances that it is about.', ['3', '4']],
  planHash: ['Hash of the plan that it belongs to.', EXAMPLE.hash],
  etagBefore: ['ETag of the scale set as it was read right before a write.', '"7"'],
  etagAfter: ['ETag of the scale set that a write has made.', '"8"'],
  requestId: ["Azure's own id of the request.", '00000000-0000-4000-8000-0000000000f1'],
  status: ['HTTP status of a write that was refused.', 409],
  code: ["The service's own code of it.", 'OperationNotAllowed'],
  previous: ['Hash of the record before; zeros in the first.', HASH],
  hash: ['SHA-256 of all other fields, as JSON without blanks and with sorted keys.', HASH],
};

const ChainHead: Words = {
  chain: ['The chain.', EXAMPLE.rollout],
  count: ['How many records it had.', 12],
  hash: ['Hash of the last of them.', HASH],
};

const AuditPage: Words = {
  value: [
    'Records: the acts first, then rollout after rollout as they were accepted, each chain oldest first.',
  ],
  heads: ['How far the chains had come right before they were read: a chain that is shorter now was cut.'],
  nextLink: ['The next page; absent on the last one.', 'https://app/api/audit?skipToken=acts:12'],
};

const Anchor: Words = {
  number: ['Its number, from 1 without a gap.', 3],
  at: ['When.', EXAMPLE.time],
  heads: ['Chains that had gone on since the anchor before.'],
  previous: ['Hash of the anchor before; zeros in the first.', HASH],
  hash: ['SHA-256 of all other fields, as JSON without blanks and with sorted keys.', HASH],
};

const Anchors: Words = {
  value: ['Anchors, oldest first.'],
  nextLink: ['The next page; absent on the last one.', 'https://app/api/audit/anchors?skipToken=50'],
};

/** By component and path. */
export const auditWords: Readonly<Record<string, Words>> = {
  AuditRecord,
  ChainHead,
  AuditPage,
  Anchor,
  Anchors,
};
