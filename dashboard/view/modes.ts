import type { Placed, SetInstance } from '../api/shapes.ts';
import type { PastInstance } from './replay.ts';
import { heatMapOf } from './heat-map.ts';
import type { HeatMap } from './heat-map.ts';
import { healthLook, imageLooks, LEFT_ALONE, modelLook, powerLook, stepLook, TO_GO_BACK } from './states.ts';

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
  /** During a rollback only those come that were changed. */
  readonly goesBack?: boolean;
}

/** The heat map by what somebody wants to see. */
export function mapBy(mode: Mode, known: Known): HeatMap {
  const { inSet, inRollout, waitingBatch, hasEnded = false, goesBack = false } = known;
  if (mode === 'step') {
    // Only a change of the image shows on an instance that was not touched.
    const shows = goesBack && inRollout.some(isChanged);
    const steps = new Map(inRollout.map((instance) => [instance.instanceId, instance]));
    // Before Azure has answered, what the rollout knows is enough to draw it.
    const all: readonly Placed[] = inSet.length === 0 ? inRollout : inSet;
    return heatMapOf(all, ({ instanceId }) => {
      const step = steps.get(instanceId);
      const isToCome = step?.phase === 'pending';
      if (isToCome && shows) return isChanged(step) ? TO_GO_BACK : LEFT_ALONE;
      return isToCome && hasEnded ? LEFT_ALONE : stepLook(step, waitingBatch);
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

function isChanged({ image }: PastInstance): boolean {
  return image.before !== image.now;
}
