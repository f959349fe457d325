import { countOf, instancesNamed } from './named.ts';

/** What shows a word of the service. */
const SHOWN: Readonly<Record<string, string>> = {
  scaleSet: 'the scale-set state',
  provisioning: 'the provisioning state',
  power: 'the power state',
  health: 'the health state',
  extension: 'the extension state',
  operation: 'the operation status',
  rollingUpgrade: 'the rolling-upgrade status',
  error: 'the error code',
};

const DOES = { suspend: 'suspended', resume: 'resumed' } as const;

/** What the audit says happened, in the order of a rollout. Batches are given by name. */
export const audit = {
  command: (
    command: string,
    by: string,
    how: {
      readonly reason: string | undefined;
      readonly belowFloor: boolean;
      readonly ignoreWindow: boolean;
    },
  ) =>
    `${command}${how.belowFloor ? ' below the floor' : ''}${how.ignoreWindow ? ' outside the windows' : ''} by ${by}${how.reason === undefined ? '' : `: ${how.reason}`}`,
  requested: (scaleSet: string) => `a rollout of ${scaleSet} was requested`,
  turnTaken: "the scale set is free: it is this rollout's turn",
  planned: ({
    batches,
    instances,
    floor,
    hash,
  }: {
    readonly batches: number;
    readonly instances: number;
    readonly floor: number;
    readonly hash: string;
  }) =>
    `planned ${batches} ${batches === 1 ? 'batch' : 'batches'} over ${countOf(instances)}, floor ${floor}, plan ${hash}`,
  plannedRestoration: (hash: string) => `planned to restore guards, plan ${hash}`,
  nothingToDo: 'nothing to do',
  refused: (why: string) => `refused: ${why}`,
  approved: (batch: string, by: readonly string[]) =>
    by.length === 0
      ? `${batch} was approved automatically when its time ran out`
      : `${by.join(', ')} approved ${batch}`,
  batchBegan: (batch: string) => `${batch} started`,
  settled: (batch: string) => `${batch} has settled`,
  batchEnded: (batch: string, phase: string) => `${batch} ${phase}`,
  modelIntended: (paths: readonly string[]) => `about to change ${paths.join(', ')}`,
  modelAccepted: (model: 'new' | 'old') => `Azure accepted the ${model} model`,
  modelTaken: 'the scale set has the new model',
  modelUnknown: (why: string) => `no answer to the model write: ${why}`,
  modelUntouched: 'the model was not changed',
  modelRestored: 'the old model is restored',
  modelRestoredPinned: (
    pin: { readonly path: string; readonly was: string; readonly now: string },
    others: string,
  ) =>
    `the old model is restored, with ${pin.path} pinned from ${pin.was} to ${pin.now}${others === '' ? '' : `; ${others}`}`,
  unknownWord: (of: string, word: string, instances: readonly string[]) =>
    `Azure shows ${SHOWN[of] ?? of} "${word}"${instances.length === 0 ? '' : ` of ${instancesNamed(instances)}`}, which this app does not know; it counts as neither success nor failure`,
  sideEffect: (paths: readonly string[]) => `Azure changed ${paths.join(', ')} as a side effect of our write`,
  instancesIntended: (action: string, instances: readonly string[]) =>
    `about to ${action} ${instancesNamed(instances)}`,
  disksIntended: (work: string, instances: readonly string[]) =>
    `about to ${work} on ${instancesNamed(instances)}`,
  instancesAccepted: (action: string, instances: readonly string[]) =>
    `Azure accepted: ${action} ${instancesNamed(instances)}`,
  instancesUnknown: (action: string, instances: readonly string[], why: string) =>
    `no answer to ${action} ${instancesNamed(instances)}: ${why}`,
  notAccepted: (code: string, why: string) => `${code}: ${why}`,
  fellBack: (why: string) => `${why}; batches now run one at a time`,
  joined: (instances: readonly string[]) =>
    `${instancesNamed(instances)} ${instances.length === 1 ? 'was' : 'were'} added during the rollout; upgraded last`,
  rollingBack: 'rolling back after the failure',
  halted: 'halted after the failure',
  repairsIntended: (verb: keyof typeof DOES) => `about to ${verb} automatic repairs`,
  repairs: (verb: keyof typeof DOES) => `automatic repairs are ${DOES[verb]}`,
  repairsRefused: (verb: keyof typeof DOES, code: string, why: string) =>
    `Azure refused to ${verb} automatic repairs: ${code}: ${why}`,
  policyRestored: (policy: string) => `the upgrade policy is ${policy} again`,
  osUpgradesRestored: 'automatic OS upgrades are on again',
  guardsTakenOver: (
    {
      policy,
      repairs,
      osUpgrades,
    }: {
      readonly policy?: string | undefined;
      readonly repairs?: true | undefined;
      readonly osUpgrades?: true | undefined;
    },
    holder: string,
    token: number,
  ) => {
    const guards = [
      ...(policy === undefined ? [] : [`the upgrade policy ${policy}`]),
      ...(repairs === true ? ['automatic repairs'] : []),
      ...(osUpgrades === true ? ['automatic OS upgrades'] : []),
    ];
    return `took over ${guards.join(' and ')}, which rollout ${holder} left held, with fencing token ${token}`;
  },
  protectIntended: (instance: string) =>
    `about to protect instance ${instance} from scale-in and scale-set actions`,
  quarantined: (instance: string, release: string) =>
    `instance ${instance} is protected and left as it is; release it with: ${release}`,
  notProtected: (instance: string, why: string) =>
    `instance ${instance} could not be protected: it is skipped instead, and a rollback includes it: ${why}`,
  quarantinedGone: (instance: string) => `instance ${instance} is gone; there is nothing left to quarantine`,
  leaseFreed: (by: string, token: number, reason: string | undefined) =>
    `${by} released the scale set, with fencing token ${token}${reason === undefined ? '' : `: ${reason}`}`,
  leaseRestarted: (by: string, token: number, reason: string | undefined) =>
    `${by} took the lease over with fencing token ${token} and restarted the workflow${reason === undefined ? '' : `: ${reason}`}`,
  recovered: (why: string) => `${why}; restarting it`,
  ended: (phase: string, why: string | undefined) => (why === undefined ? phase : `${phase}: ${why}`),
} as const;

/** What became of a workflow that should run. */
export const workflows = {
  failed: 'the workflow failed',
  stopped: 'the workflow was stopped from outside',
  ended: 'the workflow ended early',
  missing: 'the workflow is missing',
  restarting: (why: string) => `${why} and is being restarted; the rollout continues where it left off`,
} as const;
