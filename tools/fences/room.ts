import type { FencedBy } from './fence.ts';

/** I1 and I2: how many may be down, and which of them together. */
export const ROOM: readonly FencedBy[] = [
  {
    name: 'those that were down before count with those that are',
    find: 'await stopForTooMany(step, ledger)',
    without: 'await Promise.resolve(undefined)',
    test: [
      'orchestrators/service/unserving.test.ts',
      'counts with the others that fail against maxUnhealthyInstancePercent',
    ],
  },
  {
    name: 'serving instances go down only while the floor leaves room',
    find: 'Math.max(0, serving.size - floor)',
    without: 'serving.size',
    test: [
      'activities/writes/fenced-write.test.ts',
      'upgradeBatch sends nothing > when too few instances serve',
    ],
  },
  {
    name: 'what the ledger has under way does not count as serving, whatever a view says',
    test: ['core/run/floor.test.ts', 'is nobody that the rollout works on, whatever a lagging view says'],
  },
  {
    name: 'an instance between two actions does not count as serving',
    test: ['core/run/floor.test.ts', 'is nobody that the rollout works on, whatever a lagging view says'],
  },
  {
    name: 'an instance whose health is not well does not count as serving',
    find: "(instance.health === undefined || instance.health.state === 'healthy')",
    without: 'true',
    test: [
      'activities/writes/fenced-write.test.ts',
      'upgradeBatch sends nothing > when too few instances serve',
    ],
  },
  {
    name: 'an instance that is switched off does not count as serving',
    test: ['core/run/floor.test.ts', 'who serves now'],
  },
  {
    name: 'an instance without a ready agent does not count as serving',
    test: ['core/run/floor.test.ts', 'who serves now'],
  },
  {
    name: 'no model is written while fewer serve than the floor',
    find: 'serving >= floor',
    without: 'true',
    test: [
      'activities/writes/fenced-write.test.ts',
      'applyModel sends nothing > when too few instances serve',
    ],
  },
  {
    name: 'the floor follows the capacity',
    find: 'floorOf(spec.strategy.maxUnavailable, capacity, largestDomain, { goesDown })',
    without: 'floorOf(spec.strategy.maxUnavailable, record.counts?.total ?? 0, largestDomain, { goesDown })',
    test: ['activities/writes/send-upgrade.test.ts', 'an upgrade > leaves the floor of the capacity of now'],
  },
  {
    name: 'quarantine lowers the floor only where the command says so',
    find: "state === 'quarantined' && quarantine?.belowFloor === true",
    without: "state === 'quarantined' && quarantine !== undefined",
    test: [
      'orchestrators/quarantine.long.ts',
      'leaves the floor where it is, and the rollout says why it waits',
    ],
  },
  {
    name: 'the last instance stays',
    find: 'Math.min(asked, Math.max(0, capacity - 1))',
    without: 'asked',
    test: ['core/run/floor.test.ts', 'leaves one instance unless all of them are written'],
  },
  {
    name: 'sliding keeps the floor',
    find: 'affordable(next.slice(0, slots), { serving, floor })',
    without: 'next.slice(0, slots)',
    test: [
      'activities/writes/fenced-write.test.ts',
      'slideBatches sends nothing > when too few instances serve',
    ],
  },
  {
    name: 'what was seen too long ago does not count as serving',
    find: 'now - at <= VIEW_SECONDS * 1000',
    without: 'now >= at',
    test: ['core/run/slots.test.ts', 'of the floor > an instance counts only for a while after it was seen'],
  },
  {
    name: 'what was seen before the last write to an instance does not count as serving',
    find: 'at >= (since.get(instance.instanceId) ?? 0)',
    without: 'at >= 0',
    test: [
      'core/run/slots.test.ts',
      'of the floor > an instance counts only if it was seen since the last write to it',
    ],
  },
  {
    name: 'too few serving instances refuse a rollout',
    test: ['core/plan/refusals.test.ts', 'tooManyUnhealthy'],
  },
  {
    name: 'no batch is larger than may be down',
    find: 'if (pieces <= 1) return [group];',
    without: 'if (pieces > 0) return [group];',
    test: ['core/plan/batches.test.ts', 'larger than may be unavailable are split, the canary too'],
  },
  {
    name: 'the canary goes first, alone',
    find: '.slice(0, strategy.canary ?? 0)',
    without: '.slice(0, 0)',
    test: [
      'orchestrators/batching.test.ts',
      'lets the canary soak, and turns back before anybody else is touched',
    ],
  },
  {
    name: 'a canary never slides',
    test: ['core/run/slide.test.ts', 'not where they are canaries, are not there, or are to be waited for'],
  },
  {
    name: 'a batch by domains never mixes zones',
    find: '`${placeOf(instance)}|${numberIn(instance, kind)}`',
    without: '`${numberIn(instance, kind)}`',
    test: ['core/plan/batches.test.ts', 'never mix zones where they go by domains'],
  },
  {
    name: 'sliding keeps zones apart',
    find: '!zonesApart || row.zone === zone',
    without: 'true',
    test: ['core/run/slide.test.ts', 'go to one zone at a time where zones are kept apart'],
  },
  {
    name: 'sliding fills no more slots than may be down',
    find: 'Math.max(0, most - busy.length)',
    without: 'next.length',
    test: ['core/run/slide.test.ts', 'are those that nobody under way holds'],
  },
  {
    name: 'the next batch waits until the one before has settled',
    find: 'if (isTracked) return waitForOperations',
    without: "if (isTracked) return { kind: 'done' }; if (isTracked) return waitForOperations",
    test: [
      'activities/frame/breach.test.ts',
      'a failed batch ends the way forward > in the look that shows it',
    ],
  },
  {
    name: 'sliding stops at the next batch that needs an approval',
    find: 'index > from && needsApproval(record, index)',
    without: 'index < 0',
    test: ['core/run/slide.test.ts', 'to the next that needs an approval'],
  },
  {
    name: 'one call names no more instances than allowed',
    find: 'affords.slice(0, step.pace.maxInstanceIds)',
    without: 'affords',
    test: [
      'orchestrators/planning.test.ts',
      'sends large batches in calls of as many ids as a call may hold',
    ],
  },
  {
    name: 'instances that joined go in batches no larger than may be down',
    find: 'Math.floor(at / most)',
    without: '0',
    test: ['orchestrators/trouble.long.ts', 'brings along instances that came before the model was written'],
  },
];
