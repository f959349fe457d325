import type { PropertyChange } from '../model/delta.ts';
import type { Model } from '../model/model.ts';
import { lookUp, parsePath } from '../model/paths.ts';

/** How long a piece of work on one instance takes, and by how much one instance differs from the next; seconds. */
export interface Work {
  readonly seconds: number;
  readonly spread: number;
}

/** What is done to the instances, as far as it matters for how long that takes. */
export interface Undertaking {
  readonly delta: readonly PropertyChange[];
  readonly model: Model;
}

/** arm-vmss.md 4: recorded operations. */
const DISK: Work = { seconds: 93, spread: 20 };
const WINDOWS_DISK: Work = { seconds: 258, spread: 60 };

/** A new OS disk. */
export function diskWork({ model }: Undertaking): Work {
  return isWindows(model) ? WINDOWS_DISK : DISK;
}

export function isWindows(model: Model): boolean {
  const found = lookUp(model, parsePath('virtualMachineProfile.storageProfile.osDisk.osType') ?? []);
  return found.kind === 'found' && found.value === 'Windows';
}
