/** What a look at an instance shows. */
export const looks = {
  provisioning: (state: string, power: string | undefined) => `${state}, ${power ?? 'no power state'}`,
  power: (power: string | undefined) => `power ${power ?? 'unknown'}`,
  agentNotReady: 'the guest agent is not ready',
  unhealthy: 'reports itself unhealthy',
  initializing: 'health is initializing',
  healthUnknown: (word: string | undefined) =>
    word === undefined ? 'its health is unknown' : `its health is "${word}", which this app does not know`,
  strange: (word: string) => `Azure shows "${word}", which this app does not know`,
  healthStale: 'its health report is older than the upgrade',
  provisioningFailed: 'provisioning failed',
  extensionBusy: (name: string) => `extension ${name} is still running`,
  extensionFailed: (name: string, code: string | undefined, message: string | undefined) =>
    `extension ${name} failed${code === undefined ? '' : ` with exit code ${code}`}${message === undefined ? '' : `: ${message}`}`,
  deallocatedAgain: 'somebody keeps deallocating it',
  disksWrong: 'its data disks do not match the request',
  diskMoved: (disk: string, lun: number | undefined, wanted: number) =>
    `disk ${disk} is ${lun === undefined ? 'being detached' : `at LUN ${lun}`}, not at LUN ${wanted}`,
  soaking: (health: string | undefined, power: string | undefined, provisioning: string) =>
    `health ${health ?? 'unreported'}, power ${power ?? 'unknown'}, provisioning ${provisioning} while soaking`,
  protectionHidden: 'Azure accepted the protection but does not show it',
  disksFailed: 'Azure reports it as failed; its disks are unchanged',
  notUpgraded: 'Azure left it unchanged',
  afterAttempts: (attempts: number, message: string) => `after ${attempts} attempts: ${message}`,
} as const;

/** Why an instance is left alone. */
export const skips = {
  excluded: 'excluded',
  notTouched: 'not touched by the rollout being undone',
  protected: 'protected from scale-set actions',
  notRunning: (off: string) => `not running: ${off}`,
  nothingToForce: (off: string, action: string) => `not running: ${off}, so there is nothing to ${action}`,
  shownAlready: (power: string | undefined) => `nothing to do: it is ${power ?? 'so'} already`,
  deallocatedMeanwhile: 'not running: deallocated during the rollout',
  onTarget: 'already on the target',
  notProtected: (why: string) => `was to be quarantined but could not be protected: ${why}`,
  byCommand: (by: string) => `skipped by ${by}`,
} as const;

/** Why sliding falls back to barrier. */
export const fallBacks = {
  oneSlot: 'only one instance may be down at a time',
  oneBatch: 'all instances fit into one batch',
  windows: 'each batch waits for its window',
  conflicts: (count: number) => `Azure refused ${count} writes because another was under way`,
  preemptions: (count: number) => `Azure cut ${count} operations short in favour of later ones`,
} as const;

/** Names of batches that no domain gives a name. */
export const batchNames = {
  canary: 'canary',
  startedFirst: 'started first',
  off: 'switched off',
  offAgain: 'switched off again',
  joined: 'joined later',
  updateDomain: (domain: number | undefined) =>
    domain === undefined ? 'no update domain' : `update domain ${domain}`,
  faultDomain: (domain: number | undefined) =>
    domain === undefined ? 'no fault domain' : `fault domain ${domain}`,
  zone: (zone: string | undefined) => (zone === undefined ? 'no zone' : `zone ${zone}`),
  inZone: (zone: string) => ` in zone ${zone === '' ? 'none' : zone}`,
  index: (index: number) => `batch ${index}`,
  part: (name: string, part: number) => `${name}, part ${part}`,
} as const;

/** Work on data disks, for the events. */
export const disks = {
  attach: (disk: string, lun: number) => `attach ${disk} at LUN ${lun}`,
  detach: (disk: string, lun: number) => `detach ${disk} from LUN ${lun}`,
} as const;
