import type { ModelExtension } from '../model/schema.ts';
import type { WorkClass } from '../operations/row.ts';
import type { ProvisioningFailure } from './failure.ts';
import type { Operation } from './operations.ts';

export type PowerState =
  | 'creating'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'deallocating'
  | 'deallocated';

export type HealthState = 'healthy' | 'unhealthy' | 'initializing' | 'unknown';

export interface ExtensionState {
  readonly extension: ModelExtension;
  readonly status: 'succeeded' | 'transitioning' | 'failed';
  readonly time: number;
  readonly failure?: ProvisioningFailure;
  /** What the extension ended with, as its status code shows it. */
  readonly exitCode?: number;
}

/** Everything about an instance that can change; replaced as a whole, so that views can show an older one. */
export interface InstanceState {
  readonly exists: boolean;
  /** The model that the instance was last brought to. */
  readonly generation: number;
  readonly latestModelApplied: boolean;
  readonly provisioning: 'Creating' | 'Updating' | 'Deleting' | 'Succeeded' | 'Failed';
  readonly provisioningTime: number;
  readonly failure: ProvisioningFailure | undefined;
  readonly power: PowerState;
  readonly agent: 'ready' | 'notReady';
  readonly agentTime: number;
  readonly extensions: readonly ExtensionState[];
  /** Undefined where no health is reported. */
  readonly health: HealthState | undefined;
  readonly healthTime: number;
  readonly exactVersion: string;
  readonly osDisk: string;
  /** `protectionPolicy` of the instance; undefined until somebody sets one (arm-vmss.md 3.3). */
  readonly protection: Protection | undefined;
  readonly dataDisks: readonly DataDisk[];
  readonly hibernated: boolean;
  readonly etag: number;
}

export interface Protection {
  readonly protectFromScaleIn: boolean;
  readonly protectFromScaleSetActions: boolean;
}

/** A managed disk beside the OS disk. */
export interface DataDisk {
  readonly lun: number;
  readonly name: string;
  readonly id: string;
  readonly caching: string;
  readonly createOption: string;
  readonly storageAccountType: string;
  readonly diskSizeGB: number | undefined;
  readonly toBeDetached: boolean;
  /** Shown where the caller has set them. */
  readonly options: { readonly deleteOption?: string; readonly writeAcceleratorEnabled?: boolean };
}

/** Whether operations on the whole set leave the instance alone. */
export function isProtected(state: InstanceState): boolean {
  return state.protection?.protectFromScaleSetActions === true;
}

/** What a caller may ask for beside the action itself. */
export interface WorkOptions {
  readonly skipShutdown?: boolean;
  readonly hibernate?: boolean;
  /** `reimageAll`: data disks of the model are made anew too. */
  readonly allDisks?: boolean;
  /** `reimage`: an ephemeral OS disk is brought to the image of the model, too. */
  readonly forcesEphemeral?: boolean;
  /** The OS disk to use instead of a new one. */
  readonly disk?: Pick<InstanceState, 'exactVersion' | 'osDisk'>;
  /** Applied to the instance with the last step of its work. */
  readonly atEnd?: Partial<InstanceState>;
  /** Applied instead where the work failed and changed nothing. */
  readonly atFailure?: Partial<InstanceState>;
}

/** An operation's work on one instance. */
export interface Work {
  readonly operation: Operation;
  readonly class: WorkClass;
  /** The generation of the model that the instance is brought to. */
  readonly target: number;
  /** Whether the instance runs when the work is done; one that was off before is changed at rest. */
  readonly bringsUp: boolean;
  readonly failure: { readonly reason: ProvisioningFailure; readonly changed: boolean } | undefined;
  readonly options: WorkOptions;
  /** Whether it took over work that was under way. */
  readonly inherits: boolean;
  begun: boolean;
  /** Set when the OS disk is replaced: from there the old one cannot come back. */
  committed: boolean;
}

export interface Instance {
  readonly id: string;
  readonly updateDomain: number;
  readonly faultDomain: number;
  readonly zone: string | undefined;
  readonly placementGroupId: string;
  readonly vmId: string;
  readonly created: number;
  state: InstanceState;
  /** States in the order in which the views come to show them; the last one that is due is shown. */
  visible: { readonly from: number; readonly state: InstanceState }[];
  work: Work | undefined;
  /** Counts the lives of the guest; an event of an earlier life finds another number here and does nothing. */
  epoch: number;
  /** Whether the guest has booted far enough for its health to be probed. */
  probed: boolean;
  probedSince: number;
}

/**
 * The ground truth: whether the instance does its work now.
 *
 * Without a health signal nobody can tell whether the application is well, so running with a ready agent is enough.
 */
export function isServing(state: InstanceState, hasHealthSignal: boolean): boolean {
  if (!state.exists || state.power !== 'running' || state.agent !== 'ready') return false;
  return !hasHealthSignal || state.health === 'healthy';
}

/** Whether it would not come up by itself. */
export function isOff({ state }: Instance): boolean {
  return state.power === 'stopped' || state.power === 'deallocated';
}
