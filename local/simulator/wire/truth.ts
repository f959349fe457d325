import { scaleSetResource } from './scale-set.ts';
import type { World } from '../world.ts';
import { isServing, type HealthState, type PowerState } from '../store/instance.ts';
import { etagText, liveInstances, signalOf, type ScaleSet } from '../store/scale-set.ts';

/** How an instance really is, without the delay of the views. */
export interface InstanceTruth {
  readonly instanceId: string;
  readonly updateDomain: number;
  readonly faultDomain: number;
  readonly zone: string | undefined;
  readonly image: string;
  readonly power: PowerState;
  readonly agent: 'ready' | 'notReady';
  readonly health: HealthState | undefined;
  readonly provisioningState: string;
  readonly latestModelApplied: boolean;
  readonly serving: boolean;
}

export interface ScaleSetTruth {
  readonly name: string;
  readonly etag: string;
  readonly provisioningState: string;
  /** The resource as GET answers it. */
  readonly model: object;
  readonly instances: readonly InstanceTruth[];
}

export function groundTruth(world: World, set: ScaleSet): ScaleSetTruth {
  return {
    name: set.name,
    etag: etagText(set.etag),
    provisioningState: set.provisioning.state,
    model: scaleSetResource(world, set),
    instances: liveInstances(set).map((instance) => {
      const { state } = instance;
      return {
        instanceId: instance.id,
        updateDomain: instance.updateDomain,
        faultDomain: instance.faultDomain,
        zone: instance.zone,
        image: state.exactVersion,
        power: state.power,
        agent: state.agent,
        health: state.health,
        provisioningState: state.provisioning,
        latestModelApplied: state.latestModelApplied,
        serving: isServing(state, signalOf(set, instance) !== 'none'),
      };
    }),
  };
}
