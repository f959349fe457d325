import { countOf, instancesNamed, isOrAre } from './named.ts';

/** What a reader of a plan should know although it forbids nothing. */
export const warnings = {
  noInstanceMatches: 'no instance matches the targets, so nothing will change',
  nothingToDo: 'the scale set is already as requested',
  nothingChangedYet: 'nothing has been changed yet',
  guardsRestored: 'what that rollout held has already been restored',
  notServing: (ids: readonly string[]) =>
    `${instancesNamed(ids)} ${isOrAre(ids)} not serving: the first batch begins with ${ids.length === 1 ? 'it' : 'them'}`,
  automaticOsUpgrade:
    'the scale set has automatic OS upgrades: they are off during this rollout, and on again at its end',
  spotInstances:
    'its instances are Spot: Azure may evict them during this rollout and have no capacity to start them',
  slidingInVain: (why: string) => `${why}: sliding would be no faster, so batches go one after the other`,
  zoneBalance:
    'the scale set has strict zone balance: Azure may refuse to add instances while one zone lacks some',
  noHealthSignal: (count: number) =>
    `${countOf(count)} ${count === 1 ? 'has' : 'have'} no health signal; healthy will only mean running with a ready agent`,
  noGuestAgent: (count: number) =>
    `${countOf(count)} ${count === 1 ? 'was' : 'were'} created without a guest agent; for them, healthy means running, and passing the health probe if there is one`,
  noUpdateDomains: (count: number) =>
    `${countOf(count)} ${count === 1 ? 'shows' : 'show'} no update domain; they are batched by zone, within "maxUnavailable" (20 % of the set by default)`,
  graceExceedsTimeout: (grace: number, timeout: number) =>
    `instances may take ${grace} seconds to initialize, but "health.timeoutSeconds" gives them ${timeout} to become healthy`,
  olderThanLatest: (newest: string, ids: readonly string[]) =>
    `the model says latest, now ${newest}, but ${instancesNamed(ids)} ${ids.length === 1 ? 'runs' : 'run'} an older version; ask for "version": "latest" to move them`,
  undoPins: (was: string, now: string, others: string, path: string) =>
    `the model said ${was}; it is pinned to ${now}, which most of the touched instances ran${others === '' ? '' : ` (${others})`}; set ${path} to ${was} afterwards if it should follow again`,
  notWhole: (fields: readonly string[]) =>
    `${fields.join(', ')} can be written but never read: the old value is lost`,
  wouldNotBeWhole: (lost: readonly { readonly path: string; readonly why: string }[]) =>
    `a rollback would not restore everything: ${lost.map(({ path, why }) => `${path} (${why})`).join('; ')}`,
  rollbackSets: (set: readonly { readonly path: string; readonly value: unknown }[]) =>
    `a rollback sets ${set.map(({ path, value }) => `${path} to ${JSON.stringify(value)}`).join(', ')}: Azure has no way to remove it`,
  wouldPin: (version: string | undefined, others: string) =>
    `the model says latest; a rollback would pin it to ${version ?? 'the version that its instances run'}, which most of the instances run now${others === '' ? '' : `; ${others}`}`,
  ranOthers: (ids: readonly string[], image: string) => `${instancesNamed(ids)} ran ${image}`,
  cold: (ids: readonly string[]) =>
    `${instancesNamed(ids)} ${isOrAre(ids)} switched off and get the change without being started, so nothing proves that they work with it`,
  started: (ids: readonly string[]) =>
    `${instancesNamed(ids)} ${isOrAre(ids)} switched off: they are started and serve from then on; only a rollback of this rollout switches them off again`,
  offAgain: (ids: readonly string[]) =>
    `${instancesNamed(ids)} ${ids.length === 1 ? 'was' : 'were'} started by the rollout being undone: they are switched off again and stop serving`,
  takesEffectLater:
    'running instances get additionalCapabilities only once they are deallocated and started again',
  guardStaysHeld: (ids: readonly string[]) =>
    `${instancesNamed(ids)} ${isOrAre(ids)} not on the current model: with its policy restored Azure would upgrade them all at once, so the policy stays Manual until they are`,
  held: (rollout: string) =>
    `rollout ${rollout} holds this scale set; a start is refused until it ends: vmss-rollout status ${rollout}`,
  queued: (rollout: string, waiting: number) =>
    `rollout ${rollout} holds this scale set${waiting === 0 ? '' : ` and ${waiting} more ${waiting === 1 ? 'waits' : 'wait'} for it`}; a start waits in the queue until they have ended`,
  operationsRunning: 'writes of this rollout are still running in Azure; the rollback begins when they end',
  switchedOffAgain: (ids: readonly string[]) =>
    `${instancesNamed(ids)} ${ids.length === 1 ? 'was' : 'were'} off before this rollout: they are switched off again and stop serving`,
  bringsEveryone:
    'the upgrade policy is held at Manual, so untouched instances are brought to the old model too before it is restored; nothing in them changes',
  rollbackPins: (was: string, now: string, others: readonly string[]) =>
    `the model said ${was}; it is pinned to ${now}, which its instances ran before${others.length === 0 ? '' : `; these ran another version and get ${now}: ${others.join(', ')}`}`,
} as const;
