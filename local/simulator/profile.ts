import { PLAIN_WAYS, REAL_WAYS, type Ways } from './ways.ts';

/** Seconds from and to, drawn evenly. */
export type Range = readonly [number, number];

/** A log-normal duration in seconds. */
export interface Duration {
  readonly mean: number;
  readonly deviation: number;
}

/** Durations of arm-vmss.md 4, in simulated seconds. */
export interface Timing {
  readonly imageReplacement: Duration;
  readonly windowsImageReplacement: Duration;
  readonly resize: Duration;
  readonly extension: Duration;
  readonly modelOnly: Duration;
  readonly nothingToDo: Range;
  readonly stop: Duration;
  readonly start: Duration;
  readonly restart: Duration;
  readonly redeploy: Duration;
  readonly powerOff: Duration;
  readonly deallocate: Duration;
  readonly reapply: Duration;
  readonly dataDisks: Duration;
  readonly protection: Duration;
  readonly agent: Duration;
  readonly health: Duration;
  readonly create: Duration;
  readonly remove: Duration;
  /** How long instances of a new set go on showing `Updating` after its creation succeeded. */
  readonly fresh: Range;
  /** The least that a batch of a rolling upgrade takes (arm-vmss.md 3.3: one batch a minute). */
  readonly rollingBatch: Range;
  /** Between the publication of an image and the platform's own upgrade. */
  readonly automaticOsUpgrade: Range;
  /** Between the acceptance of an operation and its first effect on an instance. */
  readonly begin: Range;
  readonly modelWrite: Range;
  /** What a model write takes with probability `slowModelWriteShare`. */
  readonly slowModelWrite: Range;
  readonly slowModelWriteShare: number;
}

/**
 * How the service behaves where it is slow, unsteady or unknown.
 *
 * What arm-vmss.md 6 lists as unknown is a switch here; `docs/SIMULATOR.md` says why each default was chosen.
 */
export interface Profile extends Ways {
  /** Seconds until a change shows in the views: VM list, VM get, instance views. */
  readonly viewLagSeconds: Range;
  /** Seconds in which a write is being accepted; another write to the set then gets 409 `Conflict`. */
  readonly acceptanceSeconds: Range;
  /** `answer`: acceptance ends with the answer. `window`: it lasts its full time, whenever the answer goes out. */
  readonly acceptanceEnds: 'answer' | 'window';
  readonly throttling: boolean;
  /** Whether `manualupgrade` also draws on the bucket of the scale set; recordings show only the subscription's. */
  readonly manualUpgradeDrawsOnResource: boolean;
  /** Simulated seconds on polls of a running operation. */
  readonly retryAfterSeconds: Range;
  readonly firstRetryAfterSeconds: Range;
  readonly pageSize: number;
  readonly maxInstanceIdsPerCall: number;
  readonly modelLimit: number;
  /** How many instances are made beyond those that were asked for, where the model says `overprovision`. */
  readonly overprovisionedInstances: (asked: number) => number;
  /** Whether a new instance takes the lowest id that has become free (arm-vmss.md 3.2: ids may be reused). */
  readonly reusesInstanceIds: boolean;
  /** Paths of the resource whose change makes a new model and clears `latestModelApplied`. */
  readonly modelPaths: readonly string[];
  /** An operation on instances while another one runs on *other* instances of the set. */
  readonly overlappingOperations: 'accept' | 'conflict' | 'preempt';
  /** A model write ends running operations on instances as `OperationPreempted`. */
  readonly modelWritePreempts: boolean;
  /** What becomes of instances whose operation was preempted before their disk was replaced. */
  readonly preemptedWork: 'continues' | 'stops' | 'either';
  /** What `manualupgrade` brings instances to while a model write has not succeeded yet. */
  readonly upgradeDuringModelWrite: 'oldModel' | 'newModel' | 'conflict';
  /** A protected instance (`protectFromScaleSetActions`) that is named in `instanceIds`. */
  readonly protectedInstanceNamed: 'skip' | 'conflict';
  /** What an upgrade or a new disk makes of an instance that is stopped or deallocated. */
  readonly upgradeWhileOff: 'staysOff' | 'starts' | 'leaves';
  /** Writes of the model and operations on instances while a rolling upgrade runs. */
  readonly duringRollingUpgrade: 'refuse' | 'supersede';
  /** `rollingUpgrades/latest` of a set that never had one. */
  readonly latestRollingUpgradeWhenNone: 404 | 200;
  readonly instanceOperationsMoveEtag: boolean;
  /** Chance that the etag moves once more when a model write ends. */
  readonly etagMovesAgainShare: number;
  /** `vmHealth` between the stop of an instance and the first probe after it. */
  readonly healthWhileDown: 'absent' | 'unknown' | 'either';
  /** Whether instances of zonal sets show `platformUpdateDomain`. */
  readonly zonalUpdateDomains: boolean;
  /** The time on health statuses: of the last probe, or of the last change. */
  readonly healthTime: 'reported' | 'changed';
  /** `Location?monitor=true` while the operation runs. */
  readonly monitorWhileRunning: 200 | 202;
  /** `Location?monitor=true` after a failed operation. */
  readonly monitorAfterFailure: 200 | 409;
  readonly propertyChangeStatus: 400 | 409;
  /** Refuse operation URLs whose opaque query was altered. */
  readonly operationUrlsAreChecked: boolean;
  readonly timing: Timing;
}

/** Single switches of a profile, and single durations. */
export type ProfileOverrides = Partial<Omit<Profile, 'timing'>> & { readonly timing?: Partial<Timing> };

export function withOverrides(profile: Profile, overrides: ProfileOverrides): Profile {
  return { ...profile, ...overrides, timing: { ...profile.timing, ...overrides.timing } };
}

const TIMING: Timing = {
  imageReplacement: { mean: 75, deviation: 20 },
  windowsImageReplacement: { mean: 240, deviation: 60 },
  resize: { mean: 330, deviation: 45 },
  extension: { mean: 30, deviation: 10 },
  modelOnly: { mean: 14, deviation: 5 },
  nothingToDo: [0.1, 1],
  stop: { mean: 10, deviation: 3 },
  start: { mean: 8, deviation: 2 },
  restart: { mean: 28, deviation: 7 },
  redeploy: { mean: 90, deviation: 20 },
  powerOff: { mean: 18, deviation: 6 },
  deallocate: { mean: 30, deviation: 12 },
  reapply: { mean: 8, deviation: 2 },
  dataDisks: { mean: 11, deviation: 3 },
  protection: { mean: 0.5, deviation: 0.1 },
  agent: { mean: 30, deviation: 8 },
  health: { mean: 15, deviation: 4 },
  create: { mean: 62, deviation: 15 },
  remove: { mean: 15, deviation: 6 },
  fresh: [0, 90],
  rollingBatch: [50, 60],
  automaticOsUpgrade: [600, 10_800],
  begin: [0.5, 3],
  modelWrite: [0.05, 1],
  slowModelWrite: [10, 51],
  slowModelWriteShare: 0.1,
};

export const DEFAULT_PROFILE: Profile = {
  ...REAL_WAYS,
  viewLagSeconds: [2, 8],
  acceptanceSeconds: [0.2, 1.5],
  acceptanceEnds: 'answer',
  throttling: true,
  manualUpgradeDrawsOnResource: false,
  retryAfterSeconds: [10, 15],
  firstRetryAfterSeconds: [10, 10],
  pageSize: 100,
  maxInstanceIdsPerCall: 1000,
  modelLimit: 10,
  overprovisionedInstances: (asked) => (asked === 0 ? 0 : Math.min(20, Math.max(2, Math.ceil(asked / 2)))),
  reusesInstanceIds: false,
  modelPaths: ['properties.virtualMachineProfile', 'sku.name'],
  overlappingOperations: 'accept',
  modelWritePreempts: true,
  preemptedWork: 'either',
  upgradeDuringModelWrite: 'oldModel',
  protectedInstanceNamed: 'skip',
  upgradeWhileOff: 'staysOff',
  duringRollingUpgrade: 'refuse',
  latestRollingUpgradeWhenNone: 404,
  instanceOperationsMoveEtag: true,
  etagMovesAgainShare: 0.2,
  healthWhileDown: 'either',
  zonalUpdateDomains: true,
  healthTime: 'reported',
  monitorWhileRunning: 202,
  monitorAfterFailure: 200,
  propertyChangeStatus: 409,
  operationUrlsAreChecked: true,
  timing: TIMING,
};

/** As slow and unsteady as the default, without the ways of real services: for who counts requests to the last one. */
const QUIET_PROFILE: Profile = { ...DEFAULT_PROFILE, ...PLAIN_WAYS };

/** For a first look or a test of something else: views are current, nothing is throttled, nothing surprises. */
const KIND_PROFILE: Profile = {
  ...QUIET_PROFILE,
  viewLagSeconds: [0, 0],
  acceptanceSeconds: [0, 0],
  throttling: false,
  preemptedWork: 'continues',
  upgradeDuringModelWrite: 'newModel',
  etagMovesAgainShare: 0,
  healthWhileDown: 'unknown',
  timing: { ...TIMING, slowModelWriteShare: 0 },
};

export const PROFILES = {
  default: DEFAULT_PROFILE,
  kind: KIND_PROFILE,
  quiet: QUIET_PROFILE,
} as const satisfies Record<string, Profile>;

export const PROFILE_NAMES = [
  'default',
  'quiet',
  'kind',
] as const satisfies readonly (keyof typeof PROFILES)[];
