import type { Placed, SetInstance } from '../api/shapes.ts';
import type { PastInstance } from './replay.ts';
import { heatMapOf } from './heat-map.ts';
import type { HeatMap } from './heat-map.ts';
import { healthLook, imageLooks, LEFT_ALONE, modelLook, powerLook, stepLook } from './states.ts';

export const MODES = [
  ['step', 'Rollout'],
  ['power', 'Power'],
  ['health', 'Health'],
  ['model', 'Model'],
  ['image', 'Image'],
] as const;

export type Mode = (typeof MODES)[number][0];

export function modeNamed(name: string): Mode | undefined {
  return MODES.find(([mode]) => mode === name)?.[0];
}

/** All that is known of the instances of a set, and of those that a rollout is about. */
export interface Known {
  readonly inSet: readonly SetInstance[];
  readonly inRollout: readonly PastInstance[];
  /** The batch that waits for something. */
  readonly waitingBatch: number | undefined;
  /** After the end nobody is still to come. */
  readonly hasEnded?: boolean;
}

/** The heat map by what somebody wants to see. */
export function mapBy(mode: Mode, { inSet, inRollout, waitingBatch, hasEnded = false }: Known): HeatMap {
  if (mode === 'step') {
    const steps = new Map(inRollout.map((instance) => [instance.instanceId, instance]));
    // Before Azure has answered, what the rollout knows is enough to draw it.
    const all: readonly Placed[] = inSet.length === 0 ? inRollout : inSet;
    return heatMapOf(all, ({ instanceId }) => {
      const step = steps.get(instanceId);
      return hasEnded && step?.phase === 'pending' ? LEFT_ALONE : stepLook(step, waitingBatch);
    });
  }
  const looks = {
    power: () => powerLook,
    health: () => healthLook,
    model: () => modelLook,
    image: () => imageLooks(inSet),
  };
  return heatMapOf(inSet, looks[mode]());
}
