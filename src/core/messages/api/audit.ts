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
  kind: ['Kind of the event or act.', 'upgradeIntended'],
  message: ['The same in words; people appear by object id only.', 'about to upgrade instances 3, 4'],
  by: ['Object id of who did it or asked for it.', '00000000-0000-4000-8000-0000000000a1'],
  event: ['Number of the event of the rollout.', 11],
  batch: ['Index of the batch, from 0.', 0],
  instances: ['Ids of the instances.', ['3', '4']],
  planHash: ['Hash of its plan.', EXAMPLE.hash],
  etagBefore: ['ETag of the scale set as it was read right before a write.', '"7"'],
  etagAfter: ['ETag of the scale set after a write.', '"8"'],
  requestId: ["Azure's own id of the request.", '00000000-0000-4000-8000-0000000000f1'],
  status: ['HTTP status of a write that was refused.', 409],
  code: ["Azure's error code of such a write.", 'OperationNotAllowed'],
  previous: ['Hash of the record before; zeros in the first.', HASH],
  hash: ['SHA-256 of all other fields, as JSON without blanks and with sorted keys.', HASH],
};

const ChainHead: Words = {
  chain: ['The chain.', EXAMPLE.rollout],
  count: ['How many records it had.', 12],
  hash: ['Hash of the last record.', HASH],
};

const AuditPage: Words = {
  value: [
    'Records: the acts first, then rollout after rollout as they were accepted, each chain oldest first.',
  ],
  heads: ['Length of each chain right before it was read: a chain that is shorter now has been cut.'],
  nextLink: ['The next page; absent on the last one.', 'https://app/api/audit?skipToken=acts:12'],
};

const Anchor: Words = {
  number: ['Its number, from 1 without a gap.', 3],
  at: ['When.', EXAMPLE.time],
  heads: ['Chains that have grown since the previous anchor.'],
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
