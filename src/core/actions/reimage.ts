import { valueAt } from '../model/changed-paths.ts';
import type { Model } from '../model/model.ts';
import type { Action } from './action.ts';
import { isProvisionedSince } from './provisioned.ts';
import { diskWork } from './work.ts';

const EPHEMERAL = 'virtualMachineProfile.storageProfile.osDisk.diffDiskSettings.option';

/** Without being told more, Azure makes an ephemeral disk anew from the version that it had before (azure-cli#28670). */
function hasEphemeralDisks(model: Model): boolean {
  return valueAt(model, EPHEMERAL) === 'Local';
}

/** Gives an instance a new OS disk from the image that its model names. */
export const reimage = {
  path: '/reimage',
  takesDown: 'always',
  shows: isProvisionedSince,
  proof: 'itself',
  newDisk: 'always',
  options: (model) => (hasEphemeralDisks(model) ? { forceUpdateOSDiskForEphemeral: true } : {}),
  whileOff: 'works',
  undoneBy: 'itself',
  byHand: 'reimage',
  work: diskWork,
  forced: 'reimage',
  asked: 'reimage',
} as const satisfies Action;
