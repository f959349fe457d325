import type { InstanceAction } from '../instance/actions.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Model } from '../model/model.ts';
import { isList, lookUp, parsePath } from '../model/paths.ts';

/** How long a piece of work on one instance takes, and by how much one instance differs from the next; seconds. */
interface Work {
  readonly seconds: number;
  readonly spread: number;
}

/** arm-vmss.md 4: recorded operations, field reports for a new size, and its suggestions where nothing was recorded. */
const WORK = {
  settings: { seconds: 15, spread: 5 },
  extension: { seconds: 30, spread: 10 },
  disk: { seconds: 93, spread: 20 },
  windowsDisk: { seconds: 258, spread: 60 },
  size: { seconds: 330, spread: 30 },
  restart: { seconds: 30, spread: 8 },
  redeploy: { seconds: 90, spread: 20 },
  deallocate: { seconds: 30, spread: 12 },
  powerOff: { seconds: 20, spread: 8 },
  start: { seconds: 8, spread: 2 },
  dataDisks: { seconds: 11, spread: 3 },
} as const satisfies Record<string, Work>;

const GUEST = { agent: 30, windowsAgent: 90, extension: 30, health: 15 };

/** What is done to the instances, as far as it matters for how long that takes. */
export interface Undertaking {
  readonly delta: readonly PropertyChange[];
  readonly model: Model;
}

/** An operation lasts until the slowest of its instances is done. */
export function operationSeconds(
  action: InstanceAction,
  instances: number,
  undertaking: Undertaking,
): number {
  const { seconds, spread } = WORK[workOf(action, undertaking)];
  return seconds + spread * Math.sqrt(2 * Math.log(Math.max(1, instances)));
}

function workOf(action: InstanceAction, { delta, model }: Undertaking): keyof typeof WORK {
  const disk = isWindows(model) ? 'windowsDisk' : 'disk';
  if (action === 'reimage') return disk;
  if (action !== 'upgrade') return action;
  const touches = (part: string): boolean => delta.some(({ path }) => path.startsWith(part));
  // Instances that lag behind an unchanged model mostly lack an image.
  if (delta.length === 0 || touches('virtualMachineProfile.storageProfile')) return disk;
  if (touches('sku')) return 'size';
  if (delta.some(({ extension }) => extension !== undefined)) return 'extension';
  return delta.some((change) => change.class === 'restart') ? 'restart' : 'settings';
}

/** From the end of the operation until the guest, its extensions and its application report to be well. */
export function guestSeconds(model: Model): number {
  const agent = isWindows(model) ? GUEST.windowsAgent : GUEST.agent;
  return agent + GUEST.extension * extensionsOf(model) + GUEST.health;
}

function isWindows(model: Model): boolean {
  return at(model, 'virtualMachineProfile.storageProfile.osDisk.osType') === 'Windows';
}

function extensionsOf(model: Model): number {
  const extensions = at(model, 'virtualMachineProfile.extensionProfile.extensions');
  return isList(extensions) ? extensions.length : 0;
}

function at(model: Model, path: string) {
  const found = lookUp(model, parsePath(path) ?? []);
  return found.kind === 'found' ? found.value : null;
}
