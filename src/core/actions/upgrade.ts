import { isOnTarget } from '../instance/serving.ts';
import type { Action } from './action.ts';
import { diskWork } from './work.ts';
import type { Undertaking, Work } from './work.ts';

/** Brings an instance to the scale set's current model. */
export const upgrade = {
  path: '/manualupgrade',
  right: 'manualUpgrade',
  takesDown: 'asItsChange',
  shows: (instance, { image }) => isOnTarget(instance, image),
  proof: 'image',
  newDisk: 'withImage',
  whileOff: 'works',
  undoneBy: 'itself',
  byHand: 'update-instances',
  work: workOf,
} as const satisfies Action;

/** arm-vmss.md 4: recorded operations, field reports for a new size. */
const SETTINGS: Work = { seconds: 15, spread: 5 };
const EXTENSION: Work = { seconds: 30, spread: 10 };
const SIZE: Work = { seconds: 330, spread: 30 };
const RESTART: Work = { seconds: 30, spread: 8 };

function workOf(undertaking: Undertaking): Work {
  const { delta } = undertaking;
  const touches = (part: string): boolean => delta.some(({ path }) => path.startsWith(part));
  // Instances that lag behind an unchanged model mostly lack an image.
  if (delta.length === 0 || touches('virtualMachineProfile.storageProfile')) return diskWork(undertaking);
  if (touches('sku')) return SIZE;
  if (delta.some(({ extension }) => extension !== undefined)) return EXTENSION;
  return delta.some((change) => change.class === 'restart') ? RESTART : SETTINGS;
}
