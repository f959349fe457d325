import type { FencedBy } from './fence.ts';

/** I9, I10 and I11: crashes, ends and the times that the service names. */
export const TIME: readonly FencedBy[] = [
  {
    name: 'a Retry-After to a write holds all writes',
    test: [
      'activities/writes/fenced-write.test.ts',
      'upgradeBatch sends nothing > before the time that Azure asked to wait for',
    ],
  },
  {
    name: 'a hold on writes is waited out before the next upgrade',
    test: [
      'activities/writes/fenced-write.test.ts',
      'upgradeBatch sends nothing > before the time that Azure asked to wait for',
    ],
  },
  {
    name: 'a hold on writes is waited out before a slot is filled',
    test: ['orchestrators/sliding.long.ts', 'obeys a Retry-After of 301 seconds'],
  },
  {
    name: 'a hold on writes is waited out before the model is written',
    find: "(await waitOutHold(step, { name: 'write', phase })) ??",
    without: '',
    test: [
      'activities/writes/fenced-write.test.ts',
      'applyModel sends nothing > before the time that Azure asked to wait for',
    ],
  },
  {
    name: 'a hold on reads is waited out',
    test: [
      'activities/frame/holds.test.ts',
      'a step reads nothing again before the time that Azure asked to wait for',
    ],
  },
  {
    name: 'an operation is not polled before its time',
    test: [
      'activities/looks/poll-operation.test.ts',
      'an operation is not polled before the time that Azure named',
    ],
  },
  {
    name: 'a throttled write is no failure',
    test: ['azure/outcomes.test.ts', 'the write'],
  },
  {
    name: 'a refusal that passes ends nothing',
    test: ['azure/outcomes.test.ts', 'the write'],
  },
  {
    name: 'a busy service that says for how long gets no other write before',
    find: 'if (holdSeconds === undefined) return step;',
    without: 'if (step !== null) return step;',
    test: [
      'orchestrators/service/access.long.ts',
      '503 with Retry-After > holds what it answers: manualupgrade',
    ],
  },
  {
    name: 'access is not waited for for ever',
    test: [
      'orchestrators/service/access.long.ts',
      'access that stays denied > before anything is written: refused, at patch',
    ],
  },
  {
    name: 'a write that never arrives is not sent for ever',
    test: [
      'orchestrators/service/endless.long.ts',
      'a write that is always answered by 500 > of the model: refused after a few tries',
    ],
  },
  {
    name: 'a guard that Azure does not answer about is not switched for ever',
    test: [
      'orchestrators/service/endless.long.ts',
      'a write that is always answered by 500 > of a guard that is to be held: refused after a few tries',
    ],
  },
  {
    name: 'what a rollout that stops cannot see to in time is named among what it leaves',
    test: [
      'orchestrators/service/endless.long.ts',
      'a rollout that was stopped > ends at once at a second abort',
    ],
  },
  {
    name: 'a rollout is over when its time is',
    find: 'clock.seconds < spec.timeoutSeconds',
    without: 'clock.seconds >= 0',
    test: ['core/run/clock.test.ts', 'halts a rollout, which never rolls back by itself then'],
  },
  {
    name: 'a slow operation ends no rollback',
    test: ['orchestrators/service/slow.long.ts', 'ends no rollback, however long each operation takes'],
  },
  {
    name: 'instances that are slow to get well end no rollback',
    find: 'await waitForSick(step)',
    without: 'undefined as Awaited<ReturnType<typeof waitForSick>>',
    test: ['orchestrators/service/inputs-passing.long.ts', 'for 45 minutes'],
  },
  {
    name: 'a guest that starts slowly ends no rollback',
    test: [
      'core/health/settle.test.ts',
      'is waited for as long as it takes in a rollback, when its guest only starts slowly',
    ],
  },
  {
    name: 'an operation that outlives its time is not forgotten while it runs',
    test: ['orchestrators/service/slow.long.ts', 'sends no retry beside an operation that still runs'],
  },
  {
    name: 'nothing is sent beside an operation that has outlived its time',
    find: 'running.length === 0',
    without: 'true',
    test: ['orchestrators/service/slow.long.ts', 'sends no retry beside an operation that still runs'],
  },
  {
    name: 'no slot is filled beside an operation that has outlived its time',
    test: ['orchestrators/service/slow.long.ts', 'sends nothing beside it while batches slide, either'],
  },
  {
    name: 'an operation that never ends is given up',
    find: "if (operation.status !== 'accepted' || age <= operationTimeoutSeconds) return operation;",
    without: 'if (age !== null) return operation;',
    test: ['orchestrators/undo.test.ts', 'gives an operation up that never ends'],
  },
  {
    name: 'an instance that never gets well fails',
    find: 'seen.seconds >= (row.healthyBySeconds ?? Number.POSITIVE_INFINITY) ?',
    without: 'false ?',
    test: ['core/health/settle.test.ts', 'fails with unhealthyTimeout when its time is over'],
  },
  {
    name: 'a rollout that ends frees its scale set',
    test: ['operations/accept-rollout.test.ts', 'is free again once its rollout has ended'],
  },
  {
    name: 'a scale set whose rollout ended and died is freed by the timer',
    test: [
      'operations/revive-rollouts.test.ts',
      'frees a scale set whose rollout ended and died before it did so',
    ],
  },
  {
    name: 'a lease of a start that died is taken after a while',
    find: 'return Date.parse(now) - Date.parse(since) > STARTING_SECONDS * 1000;',
    without: 'return false;',
    test: ['operations/accept-rollout.test.ts', 'does not hold the scale set for ever'],
  },
  {
    name: 'a place in the queue of a start that died goes to the others after a while',
    test: ['operations/queue.test.ts', 'of a start that died goes to the others'],
  },
  {
    name: 'a workflow that is missing is started',
    test: ['operations/revive-rollouts.test.ts', 'starts the workflow of a rollout that has none'],
  },
  {
    name: 'of several that find a workflow dead one starts it',
    find: 'stored,',
    without: '(await readRollout(store, record.id)) ?? stored,',
    test: ['operations/recover.long.ts', 'is started once, however many find it dead at once'],
  },
  {
    name: 'a rollout that ends while it is looked at is not started again',
    test: ['operations/recover.long.ts', 'starts nothing for a rollout that ends while it is looked at'],
  },
  {
    name: 'a workflow that fails at once is not started without a break',
    test: ['operations/recover.long.ts', 'is not started without a break where it is lost again and again'],
  },
  {
    name: 'an aborted rollout starts what it has switched off',
    find: "row.direction !== 'stop' && isOwedAStart(row)",
    without: 'false',
    test: ['orchestrators/changes.test.ts', 'is started again after an abort in the middle'],
  },
];
