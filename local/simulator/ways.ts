/**
 * Ways of real services that reports and recordings show and that a program may be surprised by.
 *
 * Each is a switch of the profile. `docs/SIMULATOR.md` names the source of each.
 */
export interface Ways {
  /** `virtualMachineProfile.timeCreated` moves whenever the profile changes; else it stands still. */
  readonly stampsProfile: boolean;
  /** Chance that an answer spells ids, sizes or names in other letters; each of the three is drawn by itself. */
  readonly otherLettersShare: number;
  /** What the service adds: `false` and `Replace` to policies, the model's `licenseType` to instances. */
  readonly fillsInDefaults: boolean;
  /** Which images, written by a PATCH without `osDisk`, bring their own caching and disk size with them. */
  readonly imageWriteResetsOsDisk: 'never' | 'customImages' | 'always';
  /** A PATCH of the storage profile that leaves the image out is refused. */
  readonly storageProfileNeedsImage: boolean;
  /** An `imageReference.id` that is no resource id is refused; public images have fields of their own. */
  readonly imageIdsAreResourceIds: boolean;
  /** Numbers and booleans among tag values become text; else they are refused. */
  readonly tagValuesBecomeText: boolean;
  /** `"capacity": "5"` is taken as 5; else it is refused. */
  readonly capacityMayBeText: boolean;
  /** By how many seconds lists of instances are behind what a GET of one instance shows. */
  readonly listLagSeconds: number;
  /** Chance that a list lacks an instance, or all of them; it stays so for some seconds. */
  readonly shortLists: { readonly share: number; readonly seconds: number };
  /** The set itself shows `Updating` while operations on its instances run. */
  readonly setShowsItsOperations: boolean;
  /** A set with automatic OS upgrades refuses an image that is not its newest one, `latest`. */
  readonly automaticOsUpgradeTakesOnlyLatest: boolean;
  /** Paths whose change an instance takes only while it is deallocated; its upgrade fails otherwise. */
  readonly changesWhileDeallocated: readonly string[];
  /** A reimage of instances with ephemeral OS disks keeps the version that they run, unless it is forced to update. */
  readonly ephemeralReimageKeepsImage: boolean;
  /** Instances of a model with `provisionVMAgent: false` show neither agent nor extensions. */
  readonly hidesAbsentAgent: boolean;
}

const PROFILE = 'properties.virtualMachineProfile';

/** What is left out where nothing is to surprise. */
export const PLAIN_WAYS: Ways = {
  stampsProfile: false,
  otherLettersShare: 0,
  fillsInDefaults: false,
  imageWriteResetsOsDisk: 'never',
  storageProfileNeedsImage: false,
  imageIdsAreResourceIds: false,
  tagValuesBecomeText: false,
  capacityMayBeText: false,
  listLagSeconds: 0,
  shortLists: { share: 0, seconds: 0 },
  setShowsItsOperations: false,
  automaticOsUpgradeTakesOnlyLatest: false,
  changesWhileDeallocated: [],
  ephemeralReimageKeepsImage: false,
  hidesAbsentAgent: false,
};

/** As recorded or reported of the real service. */
export const REAL_WAYS: Ways = {
  stampsProfile: true,
  otherLettersShare: 0.1,
  fillsInDefaults: true,
  imageWriteResetsOsDisk: 'customImages',
  storageProfileNeedsImage: true,
  imageIdsAreResourceIds: true,
  tagValuesBecomeText: true,
  capacityMayBeText: true,
  listLagSeconds: 3,
  shortLists: { share: 0.02, seconds: 4 },
  setShowsItsOperations: true,
  automaticOsUpgradeTakesOnlyLatest: true,
  changesWhileDeallocated: [
    `${PROFILE}.securityProfile.encryptionAtHost`,
    `${PROFILE}.capacityReservation`,
    `${PROFILE}.storageProfile.diskControllerType`,
  ],
  ephemeralReimageKeepsImage: true,
  hidesAbsentAgent: true,
};
