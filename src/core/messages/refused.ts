import { countOf, instancesNamed, isOrAre } from './named.ts';

const DONE: Readonly<Record<string, string>> = {
  restart: 'restarted',
  reimage: 'reimaged',
  deallocate: 'deallocated',
};

/** What was found that a rollout is refused for; code, property and remedy stand in `REFUSALS`. */
export const refused = {
  scaleSetDeleting: 'the scale set is being deleted',
  notOnFlexible: 'this scale set is Flexible, and only Uniform ones can be rolled out',
  serviceFabricManaged: 'Service Fabric manages this scale set and upgrades it itself',
  managedByOther: (manager: string) => `${manager} manages this scale set`,
  automaticOsUpgrade: (version: string) =>
    `the scale set has automatic OS upgrades and takes only the image version "latest", not ${version}`,
  nativeUpgradeRunning: (word: string | undefined) =>
    word === undefined
      ? 'Azure is running a rolling upgrade of its own on this scale set'
      : `Azure's own rolling upgrade of this scale set shows ${word}, which this app does not know`,
  noHealthSignal: (count: number) => `${countOf(count)} ${count === 1 ? 'has' : 'have'} no health signal`,
  tooManyUnhealthy: (down: readonly string[], all: number, percent: number) =>
    `${down.length} of ${countOf(all)} ${down.length === 1 ? 'is' : 'are'} not serving (${down.join(', ')}), more than the ${percent} % allowed`,
  tooFewServing: (serving: number, floor: number) =>
    `only ${countOf(serving)} ${serving === 1 ? 'is' : 'are'} serving, fewer than the floor of ${floor}`,
  tooManyOff: (off: readonly string[], most: number, floor: number) =>
    `${instancesNamed(off)} ${isOrAre(off)} switched off: at most ${most} can serve, and the floor of ${floor} leaves none to take down`,
  floorImpossible: (capacity: number) => `with ${countOf(capacity)}, none may be out of service`,
  floorCrossed: ({
    serving,
    capacity,
    floor,
  }: {
    readonly serving: number;
    readonly capacity: number;
    readonly floor: number;
  }) => `${Math.max(0, serving)} of ${countOf(capacity)} would be left serving, below the floor of ${floor}`,
  tooDisruptive: (what: string, needed: string, allowed: string) =>
    `${what} needs each instance ${DONE[needed] ?? needed}; the spec allows at most ${allowed}`,
  forcedAction: (action: string) => `a forced ${action}`,
  changing: (path: string) => `changing ${path}`,
  bringing: (ids: readonly string[]) => `bringing ${instancesNamed(ids)} to the current model`,
  noSuchBatch: (index: number, count: number) =>
    `the plan has ${count === 1 ? '1 batch' : `${count} batches`}, counted from 0, and none is ${index}`,
  planChanged: (hash: string) => `the plan has changed since it was reviewed: its hash is now ${hash}`,
  noSuchVersion: (image: string, version: string) => `${image} has no version ${version} in this region`,
  noPlatformImage: 'the scale set does not run a platform image, so it has no image version to change',
  noCustomImage: 'the scale set does not run a managed or gallery image, and its kind of image cannot change',
  noImageUri: 'the scale set does not run an image from a URI',
  noSuchImage: (id: string) => `image ${id} does not exist`,
  noScaleSet: (id: string) => `scale set ${id} does not exist`,
  noRollout: (id: string) => `this scale set had no rollout ${id}`,
  notEnded: (id: string) => `rollout ${id} has not ended`,
  policyHeldSince: (id: string, was: string) =>
    `rollout ${id} has held the upgrade policy since, when it was ${was}`,
  noSuchExtension: (name: string, known: readonly string[]) =>
    `the scale set has no extension ${name}. Available options: [${known.join(', ')}]`,
  noSuchInstance: (ids: readonly string[]) => `the scale set has no ${instancesNamed(ids)}`,
  notTargeted: (id: string) => `instance ${id} is not among the targets`,
  isProtected: (id: string) => `instance ${id} is protected from scale-set actions`,
  diskOfModel: (lun: number, id: string) =>
    `the disk at LUN ${lun} of instance ${id} comes from the scale set's model`,
  noSuchLun: (id: string, lun: number) => `instance ${id} has no data disk at LUN ${lun}`,
  diskInUse: (disk: string, id: string, lun: number) =>
    `disk ${disk} is attached to instance ${id} at LUN ${lun}`,
  lunTaken: (lun: number, id: string, by: string) => `LUN ${lun} of instance ${id} is taken by ${by}`,
  lunOfModel: "the scale set's model",
  noFreeLun: (id: string, last: number) =>
    `instance ${id} has no free LUN: Azure numbers data disks from 0 to ${last}`,
  policySetSince: (policy: string) =>
    `somebody has set the upgrade policy to ${policy} since; it is theirs now and is not overwritten`,
  writeOnly: (field: string) =>
    `'${field}' can be written but never read back, so a rollback could not restore it`,
  irreversible: (path: string, why: string) => `a rollback could not restore '${path}': ${why}`,
  userData:
    'user data can be read back ($expand=userData), but this app does not read it, so a rollback could not restore it',
  fixedProperty: (path: string) => `a rollout cannot change '${path}'`,
  fixedInside: (inside: string, path: string) =>
    `a rollout cannot change '${inside}', which '${path}' would change`,
  otherNetwork: (path: string, network: string) =>
    `'${path}' leads to ${network}, and a scale set cannot move to another network`,
  noPath: (path: string) => `'${path}' is not a property path`,
  noList: (path: string) => `'${path}' is not a list`,
  modelChangedSince: (rollout: string) => `the model has changed since rollout ${rollout} left it`,
  diskMovedSince: (disk: string, lun: number, id: string, rollout: string) =>
    `disk ${disk} or LUN ${lun} of instance ${id} has changed since rollout ${rollout} left it`,
} as const;
