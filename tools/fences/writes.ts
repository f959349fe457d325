import type { FencedBy } from './fence.ts';

const BY_HAND = 'activities/writes/fenced-write.test.ts';

/** I3, I5, I8, I12 and I22: what stands directly before and after a write. */
export const WRITES: readonly FencedBy[] = [
  {
    name: 'nobody writes who does not hold the lease',
    test: [BY_HAND, 'upgradeBatch sends nothing > when the lease is lost'],
  },
  {
    name: 'a look from before a write of ours sends nothing',
    test: [
      'activities/writes/send-upgrade.test.ts',
      'an upgrade > is not sent again to instances that an operation which was cut short still works on',
    ],
  },
  {
    name: 'nobody writes with an old fencing token',
    test: [BY_HAND, 'upgradeBatch sends nothing > when its lease has a newer token'],
  },
  {
    name: 'nothing is written while everything is frozen',
    test: ['orchestrators/freeze.test.ts', 'sends nothing while frozen in upgrading'],
  },
  {
    name: 'a pause that comes in the last moment stops the write',
    test: [BY_HAND, 'upgradeBatch sends nothing > when a pause comes in the last moment'],
  },
  {
    name: 'an abort or rollback that comes in the last moment stops the write',
    test: [BY_HAND, 'upgradeBatch sends nothing > when an abort comes in the last moment'],
  },
  {
    name: 'nothing is sent without a plan',
    test: [BY_HAND, 'upgradeBatch sends nothing > when the plan is gone from the record'],
  },
  {
    name: 'nothing is sent for a batch whose gate is not open',
    test: [BY_HAND, 'upgradeBatch sends nothing > when the approval is spent'],
  },
  {
    name: 'nobody sends what he decided from a record that has moved',
    test: [
      BY_HAND,
      'upgradeBatch sends nothing > when another worker on the record comes in the last moment',
    ],
  },
  {
    name: 'a record is replaced only by who has read it',
    find: 'if (stored === undefined) throw',
    without:
      'if (stored === undefined) return { etag, chunks, removed: [] }; if (stored === undefined) throw',
    test: ['activities/frame/commit.test.ts', 'writes over no record that somebody else has moved'],
  },
  {
    name: 'what a write that the app died over names counts as sent',
    find: "if (operation === undefined || row.state !== 'pending') return row;",
    without: 'if (row !== undefined) return row;',
    test: ['core/health/settle.test.ts', 'rows of a write that the app died over > count as sent'],
  },
  {
    name: 'no upgrade goes out while another one has no answer',
    test: [BY_HAND, 'upgradeBatch sends nothing > while an earlier write has no answer'],
  },
  {
    name: 'what cannot be followed is over only when its instances show it',
    test: [
      'core/health/settle.test.ts',
      'a write that cannot be followed > is over only when its instances show it',
    ],
  },
  {
    name: 'no slot is filled while a write has no answer',
    test: [BY_HAND, 'slideBatches sends nothing > while an earlier write has no answer'],
  },
  {
    name: 'a server error to a write is no refusal',
    test: ['azure/outcomes.test.ts', 'answers unknown to 503, after one request'],
  },
  {
    name: 'a write without an answer is not given up before it can no longer take effect',
    find: 'age >= seen.lostWriteSeconds * 1000',
    without: 'age >= 0',
    test: [
      'core/health/settle.test.ts',
      'has not arrived when nothing shows until it can no longer take effect',
    ],
  },
  {
    name: 'an intent that is old is taken back, since whoever finds it counts from when it was written',
    test: [
      'activities/writes/stalled.test.ts',
      'upgradeBatch that stands still for twelve minutes > sends nothing when it stood still for eleven',
    ],
  },
  {
    name: 'a lost write is counted from the last moment at which it may have been sent',
    find: 'flightSeconds(times) +',
    without: 'times.requestTimeoutSeconds +',
    test: [
      'core/health/times.test.ts',
      'is never given up while it may still reach the service, or be unseen',
    ],
  },
  {
    name: 'an answer that comes late makes no sign of the write older than the write',
    find: 'operation.intendedAt',
    without: 'operation.acceptedAt ?? operation.intendedAt',
    test: [
      'orchestrators/service/twice.test.ts',
      'with an answer that takes 28 s, longer than the restart itself',
    ],
  },
  {
    name: 'a write without an answer that shows at an instance has arrived',
    test: ['core/health/settle.test.ts', 'has arrived when its instance is at work'],
  },
  {
    name: 'an unanswered model write is read back for a while before the next',
    find: 'if (seconds > 0) {',
    without: 'if (seconds > 1e9) {',
    test: [BY_HAND, 'applyModel sends nothing > while an earlier write has no answer'],
  },
  {
    name: 'instances whose operation was cut short and that are at work are not sent again',
    test: [
      'activities/writes/send-upgrade.test.ts',
      'an upgrade > is not sent again to instances that an operation which was cut short still works on',
    ],
  },
  {
    name: 'an instance is tried three times at most',
    find: 'row.attempts < MAX_ATTEMPTS',
    without: 'row.attempts < 99',
    test: [
      'core/health/settle.test.ts',
      'an instance at which nothing shows > is given up after three attempts',
    ],
  },
  {
    name: 'while an operation runs nothing of it is sent again',
    test: ['core/health/settle.test.ts', 'is left in peace while its operation runs'],
  },
  {
    name: 'two writes never wait for their acceptance side by side',
    find: 'Math.max(0, apart - (now - last) / 1000)',
    without: '0',
    test: [
      'core/run/slide.test.ts',
      'are filled 7.5 seconds after the last write, or 15 where many went out before',
    ],
  },
  {
    name: 'a scale set that is taken stays with its holder',
    test: ['operations/accept-rollout.test.ts', 'a scale set that is taken > is refused'],
  },
  {
    name: 'nobody overtakes a rollout that waits',
    test: ['orchestrators/queue.test.ts', 'does not overtake those that wait'],
  },
  {
    name: 'a rollout whose place another one has taken gets no turn',
    test: ['orchestrators/queue.test.ts', 'is replaced by a newer one of its pipeline'],
  },
  {
    name: 'nobody is lost from the queue when two join it at once',
    find: '!(await replaceLease(store, stored, lease))',
    without: '(await replaceLease(store, stored, lease), false)',
    test: ['operations/queue.test.ts', 'keeps both of two who join in the same moment'],
  },
  {
    name: 'a lease goes to one of two who ask at once',
    find: "if ((await store.documents.insert(key, seal(lease))) !== undefined) return { kind: 'held', lease };",
    without: "await store.documents.insert(key, seal(lease)); return { kind: 'held', lease };",
    test: [
      'operations/accept-rollout.test.ts',
      'goes to one of two who take one that nobody has held in the same moment',
    ],
  },
  {
    name: 'a lease that came free goes to one of two who ask at once',
    find: 'if ((await store.documents.replace(key, seal(lease), stored.etag)) !== undefined) return',
    without: 'await store.documents.replace(key, seal(lease), stored.etag); return',
    test: [
      'operations/accept-rollout.test.ts',
      'goes to one of two who take one that has come free in the same moment',
    ],
  },
  {
    name: 'every holder has a greater token',
    find: 'token: present.token + 1',
    without: 'token: present.token',
    test: ['operations/accept-rollout.test.ts', 'is free again once its rollout has ended'],
  },
  {
    name: "the case of a scale set's id makes it no other one",
    find: 'return fingerprint(scaleSetKey(scaleSet))',
    without: 'return fingerprint(scaleSet)',
    test: ['operations/accept-rollout.test.ts', 'a scale set that is taken > is refused'],
  },
  {
    name: "nobody frees a lease that is another holder's",
    find: 'present?.rolloutId !== held.rolloutId || present.token !== held.token',
    without: 'present === undefined',
    test: ['operations/accept-rollout.test.ts', 'stays with its new holder when the old one ends'],
  },
  {
    name: 'a holder that works keeps its lease',
    find: "if (!('cure' in health)) return { kind: 'refused', holder, health };",
    without: "if (!('cure' in health)) Object.assign(health, { cure: 'free' });",
    test: ['operations/take-over.long.ts', 'is shown as live and never taken over'],
  },
  {
    name: 'no lease is taken over but with a new token',
    find: 'Math.max(lease.token, record?.fencingToken ?? 0) + 1',
    without: 'lease.token',
    test: ['operations/take-over.long.ts', 'is taken over with a new token, and the rollout goes on'],
  },
  {
    name: 'nothing goes out before its intent and its event are written',
    find: 'toISOString(), etag, });',
    without: 'toISOString(), etag }).catch(() => ({ record, etag }));',
    test: [BY_HAND, 'upgradeBatch sends nothing > when its intent and its event cannot be written down'],
  },
  {
    name: 'what is told goes into the audit in the same transaction',
    find: '...audited.puts',
    without: '...audited.puts.slice(2)',
    test: [
      'operations/search-audit.test.ts',
      'tells of each event and of each write before it, with plan, ETags and request ids',
    ],
  },
  {
    name: 'the outcome of a write is written down',
    test: ['operations/explain-rollout.test.ts', 'shows operations and their outcomes, but never their URLs'],
  },
  {
    name: 'a read that came across a commit is repeated',
    find: 'missing === undefined && isSettled',
    without: 'missing !== null',
    test: ['store/records.test.ts', 'are read again where a commit came between two pages of the list'],
  },
  {
    name: 'what a newer app has written is not read',
    test: ['store/records.test.ts', 'are refused in a format of later'],
  },
  {
    name: 'what never left is no write without an answer',
    find: "hasLeft || reply.kind === 'answer'",
    without: 'hasLeft !== null',
    test: ['azure/endpoint.test.ts', 'is not reached without a token: a write was surely not sent'],
  },
  {
    name: 'a write that Azure puts off is not sent for ever',
    find: 'error !== undefined',
    without: "error?.code === ''",
    test: ['orchestrators/service/put-off.test.ts', 'for ever ends the rollout: patch 409 is refused'],
  },
  {
    name: 'what is written to is not gone at its first 404',
    test: ['orchestrators/service/inputs-passing.long.ts', 'a PATCH that finds no set, twice'],
  },
  {
    name: 'a 409 that nobody knows is given some time',
    test: ['orchestrators/service/unknown-words.test.ts', 'is named and waited out: patch'],
  },
  {
    name: 'a model that has moved is read again',
    test: ['orchestrators/service/put-off.test.ts', 'for ever ends the rollout: patch 412 is refused'],
  },
  {
    name: 'a read that was answered before is not refused for good the first time',
    find: 'mostSeconds: MISSING_SECONDS',
    without: 'mostSeconds: 0',
    test: ['orchestrators/service/inputs-passing.long.ts', 'the set answers 400 once'],
  },
  {
    name: 'what was there before is not gone at its first 404',
    find: 'mostSeconds: MISSING_SECONDS',
    without: 'mostSeconds: 0',
    test: ['orchestrators/service/put-off.test.ts', 'ends nothing: getScaleSet in settling'],
  },
  {
    name: 'a run that stood still after its last look sends nothing',
    test: [
      'activities/writes/stalled.test.ts',
      'upgradeBatch that stands still for twelve minutes > sends nothing',
    ],
  },
];
