import type { FencedBy } from './fence.ts';

/** I13, I16 and I21: what counts as proof that an instance is well, and what a failure stops. */
export const EVIDENCE: readonly FencedBy[] = [
  {
    name: 'an instance is on the target only with the exact image',
    find: '&& (image === undefined || instance.image === image)',
    without: '',
    test: ['core/health/health.test.ts', 'an instance that still has the old image and is at rest'],
  },
  {
    name: 'an instance is on the target only on the latest model',
    find: 'return instance.latestModelApplied && (',
    without: 'return (',
    test: ['core/health/health.test.ts', 'an instance that is not on the latest model'],
  },
  {
    name: 'an operation that says it succeeded is believed only when each instance shows it',
    test: ['orchestrators/trouble.long.ts', 'does not believe an operation that says it succeeded'],
  },
  {
    name: 'an instance that is being provisioned is not done',
    test: ['core/health/health.test.ts', 'an instance that is being provisioned'],
  },
  {
    name: 'an instance that does not run is not done',
    test: ['core/health/health.test.ts', 'an instance that does not run'],
  },
  {
    name: 'a view that may be from before the write proves nothing',
    find: 'return seen.now - lastKnownAt(operation) >= seen.viewLagSeconds * 1000;',
    without: 'return true;',
    test: [
      'core/health/settle.test.ts',
      'is no news as long as it may be how it was before a write that changes no image',
    ],
  },
  {
    name: 'a failure older than the write is no evidence',
    test: ['core/health/health.test.ts', 'takes a failure from before the write for no evidence against it'],
  },
  {
    name: 'a failure by which the service asks for another try is no failure of the change',
    find: '|| isPassing(code)',
    without: '',
    test: ['orchestrators/service/inputs-passing.long.ts', 'asks for another try > RetryableError'],
  },
  {
    name: 'a status that nobody knows is named',
    find: '!isKnown',
    without: 'false',
    test: [
      'orchestrators/service/unknown-words.test.ts',
      'is named, and is neither success nor failure: Degraded',
    ],
  },
  {
    name: 'an operation that was cut short is no failure of its instances',
    find: "status: isPreempted ? 'preempted' : 'failed'",
    without: "status: 'failed'",
    test: [
      'orchestrators/sliding.long.ts',
      'where Azure answers a second operation with preempt > falls back to batch after batch',
    ],
  },
  {
    name: 'an instance that the operation left out is sent again, when no view can lag any more',
    test: ['core/health/settle.test.ts', 'is looked at again while views may lag, then sent again'],
  },
  {
    name: 'unknown health is not healthy',
    test: ['core/health/health.test.ts', 'an instance that is in unknown health'],
  },
  {
    name: 'a health report from before the write is not healthy',
    find: 'const isStale = disruptive && health.at !== undefined && health.at < since;',
    without: 'const isStale = false;',
    test: ['core/health/health.test.ts', 'an instance that reported its health before the write'],
  },
  {
    name: 'a guest whose agent is not ready is not healthy',
    test: ['core/health/health.test.ts', 'is not healthy while the agent is silent'],
  },
  {
    name: 'a promised signal that does not show is not healthy',
    find: 'promisesHealth !== true',
    without: 'true',
    test: ['core/health/membership.test.ts', 'a view without the signal that the model promises'],
  },
  {
    name: 'nothing has succeeded of which a target shows otherwise in the end',
    find: 'if (isAsLeft)',
    without: 'if (true)',
    test: ['core/health/membership.test.ts', 'the last look before the end'],
  },
  {
    name: 'no rollout ends well without a last look at every target',
    find: 'isLookedAt(step)',
    without: 'true',
    test: [
      'activities/steps/close-rollout.test.ts',
      'no end without a last look > at those that were done before',
    ],
  },
  {
    name: 'an instance is done only after it was healthy long enough',
    test: ['core/health/settle.test.ts', 'is done once it has stayed healthy long enough, not before'],
  },
  {
    name: 'one look at which it was not healthy begins the count anew',
    find: 'lapses:',
    without: 'healthySince, lapses:',
    test: ['core/health/settle.test.ts', 'begins anew after one look at which it was not'],
  },
  {
    name: 'an instance that goes bad while soaking is a failure',
    find: 'if (failed !== undefined) return breach(',
    without: 'if (failed === null) return breach(',
    test: ['orchestrators/forward.test.ts', 'goes on at resume with an instance that went bad while soaking'],
  },
  {
    name: 'no soak ends over an instance that does not serve just then',
    test: ['orchestrators/forward.test.ts', 'does not end a soak while an instance does not serve'],
  },
  {
    name: 'a set without a health signal is refused where one is asked for',
    find: 'requireSignal',
    without: 'false',
    test: ['core/plan/refusals.test.ts', 'noHealthSignal'],
  },
  {
    name: 'more failures than tolerated redirect the rollout',
    find: 'failed.length * 100 > maxUnhealthyUpgradedInstancePercent * rows.length',
    without: 'false',
    test: [
      'activities/frame/breach.test.ts',
      'a failed batch ends the way forward > in the look that shows it',
    ],
  },
  {
    name: 'a breach redirects the rollout before anything else is sent',
    test: [
      'activities/frame/breach.test.ts',
      'a failed batch ends the way forward > in the look that shows it',
    ],
  },
  {
    name: 'an instance whose disks Azure refused redirects the rollout',
    test: ['orchestrators/data-disks.test.ts', 'ends refused when Azure takes none of it'],
  },
  {
    name: 'sliding stops at a breach, too',
    test: [
      'activities/frame/breach.test.ts',
      'a failed batch ends the way forward > where batches slide, too',
    ],
  },
  {
    name: 'a failure pauses until a later command',
    test: ['core/run/commands.test.ts', 'goes on after a failure only by a command that came later'],
  },
  {
    name: 'too many unhealthy instances refuse a rollout',
    find: 'down.length * 100 > maxUnhealthyInstancePercent * instances.length',
    without: 'false',
    test: ['core/plan/refusals.test.ts', 'tooManyUnhealthy when two of five are ill, though'],
  },
];
