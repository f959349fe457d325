import { countOf, instancesNamed, isOrAre } from './named.ts';

/** Why a rollout waits, in one sentence; what a person may do about it stands beside it, as data. */
const upgrading = (ids: readonly string[]): string => `Azure is upgrading ${instancesNamed(ids)}`;

const health = (ids: readonly string[]): string => `waiting for ${instancesNamed(ids)} to become healthy`;

export const waits = {
  approval: (
    batch: string,
    {
      approvals,
      quorum,
      pausedBy,
      back,
      endless = false,
    }: {
      readonly approvals: number;
      readonly quorum: number;
      readonly pausedBy: string | undefined;
      readonly back?: string | undefined;
      readonly endless?: boolean;
    },
  ) => {
    const many = quorum === 1 ? 'approval' : `${quorum} approvals and has ${approvals}`;
    const onDuty = back === undefined ? '' : `; approvers are on duty from ${back}`;
    const forEver = endless
      ? '; too few on-duty hours are left for it to expire, so it waits until somebody decides'
      : '';
    return `${batch} is waiting for ${many}${onDuty}${forEver}${pausedBy === undefined ? '' : `; the rollout is also paused by ${pausedBy}`}`;
  },
  window: (batch: string, opens: string | undefined) =>
    opens === undefined
      ? `${batch} is waiting for its window, which never opens again`
      : `${batch} is waiting for its window, which opens at ${opens}`,
  startAt: (batch: string, at: string) => `${batch} is to start at ${at}`,
  queue: (holder: string, place: number) =>
    place === 1
      ? `next in the queue: the scale set is held by rollout ${holder}`
      : `place ${place} in the queue: the scale set is held by rollout ${holder}`,
  floor: (serving: number, floor: number, quarantined: readonly string[]) =>
    `only ${countOf(serving)} ${serving === 1 ? 'is' : 'are'} serving; the floor is ${floor}${
      quarantined.length === 0
        ? ''
        : `; ${instancesNamed(quarantined)} ${isOrAre(quarantined)} in quarantine and ${quarantined.length === 1 ? 'counts' : 'count'} as down`
    }`,
  throttledUntil: (until: string) => `Azure is throttling this app until ${until}`,
  applyingModel: (model: 'new' | 'old') => `Azure is applying the ${model} model`,
  restoringPolicy: 'Azure is restoring the upgrade policy',
  restoringOsUpgrades: 'Azure is switching automatic OS upgrades on again',
  scaleSetBusy: (state: string) => `the scale set is still ${state}`,
  modelLost: 'the answer to the model write was lost; reading the model back',
  ownOperations: "waiting for this rollout's running operations to end",
  busyInstances: (ids: readonly string[]) => `waiting for Azure to finish with ${instancesNamed(ids)}`,
  views: 'waiting for the instances to report which model they run',
  disks: 'waiting for Azure to report the current data disks',
  upgrading,
  capacity: ({
    listed,
    capacity,
    unwell,
  }: {
    readonly listed: number;
    readonly capacity: number;
    readonly unwell: readonly string[];
  }) =>
    listed === capacity
      ? health(unwell)
      : `the scale set lists ${listed} of ${capacity} instances${unwell.length === 0 ? '' : `; ${health(unwell)}`}`,
  starting: (ids: readonly string[]) => `${instancesNamed(ids)} ${isOrAre(ids)} starting`,
  health: (ids: readonly string[], strange: readonly string[]) =>
    `${health(ids)}${strange.length === 0 ? '' : `; Azure shows ${strange.join(', ')}, which this app does not know`}`,
  sickBack: (ids: readonly string[]) =>
    `everything is rolled back; ${health(ids)}, or for the rollback's time to run out`,
  slots: (ids: readonly string[], isUpgrading: boolean, fellBack: string | undefined) =>
    `${isUpgrading ? upgrading(ids) : health(ids)}${fellBack === undefined ? '' : `; ${fellBack}`}`,
  soak: (batch: string, until: string) => `${batch} is soaking until ${until}`,
  lastLook: (ids: readonly string[]) => `checking ${instancesNamed(ids)} one last time`,
  protection: (instance: string) => `waiting for Azure to protect quarantined instance ${instance}`,
  otherWrite: 'another write to the scale set is under way',
  strangeRefusal: (code: string, message: string) =>
    `Azure refused a write with ${code}, which this app does not know; treating it as temporary: ${message}`,
  modelMoved: 'the scale set has changed in the meantime; reading it again',
  tryAgain: (why: string, seconds: number, purpose: string | undefined) =>
    `${purpose === undefined ? '' : `${purpose}: `}${why}; retrying in ${seconds} seconds`,
  toSwitchRepairs: (verb: string) => `to ${verb} automatic repairs`,
  frozen: (who: string, reason: string) => `${who} has frozen all writes: ${reason}`,
  pausedBy: (who: string) => `paused by ${who}`,
  pausedAfterFailure: (code: string) => `paused after a failure: ${code}`,
  pausedInconclusive: (why: string) => `paused because instance health could not be determined: ${why}`,
  pausedAfterNoFailure: 'paused after a failure that has been dealt with since',
  writeLost: (why: string) => `the last write did not reach Azure and is sent again: ${why}`,
  access: (code: string, message: string) => `Azure denies the app access: ${code}: ${message}`,
  missing: (code: string, message: string) =>
    `Azure no longer finds what it found before: ${code}: ${message}`,
  untracked: (code: string, message: string) =>
    `its operation cannot be followed (${code}: ${message}); checking what Azure shows instead`,
} as const;
