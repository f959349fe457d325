import type { ProvisioningFailure } from './failure.ts';
import type { Instance } from './instance.ts';
import type { RollingUpgrade } from './rolling-upgrade.ts';
import { healthSignalOf, type HealthSignal, type ScaleSetModel } from '../model/schema.ts';

export interface SetProvisioning {
  readonly state: 'Succeeded' | 'Creating' | 'Updating' | 'Deleting' | 'Failed' | 'Canceled';
  readonly time: number;
  readonly failure?: ProvisioningFailure;
}

export interface ScaleSet {
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly uniqueId: string;
  readonly placementGroupIds: string[];
  readonly created: number;
  /** When its virtual machine profile last changed. */
  profileChanged: number;
  model: ScaleSetModel;
  /** Grows by one with each model that differs in what instances run. */
  generation: number;
  /** The newest model whose write has succeeded; behind `generation` while one is under way. */
  settledGeneration: number;
  readonly models: Map<number, ScaleSetModel>;
  etag: number;
  provisioning: SetProvisioning;
  /** Counts the writes of the model, so that the end of an older one changes nothing. */
  writes: number;
  readonly instances: Map<string, Instance>;
  nextInstanceId: number;
  /** The orchestration service `AutomaticRepairs`. */
  repairs: 'Running' | 'Suspended';
  /** The rolling upgrade that runs, or the last one that ran. */
  rolling: RollingUpgrade | undefined;
  /** Newest last; the service keeps five (arm-vmss.md 2.3). */
  history: RollingUpgrade[];
}

export function liveInstances(set: ScaleSet): Instance[] {
  return [...set.instances.values()].filter((instance) => instance.state.exists);
}

export function modelOf(set: ScaleSet, instance: Instance): ScaleSetModel {
  return set.models.get(instance.state.generation) ?? set.model;
}

export function signalOf(set: ScaleSet, instance: Instance): HealthSignal {
  return healthSignalOf(modelOf(set, instance));
}

export function etagText(etag: number): string {
  return `"${etag}"`;
}
