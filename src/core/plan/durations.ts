import { aboutAction } from '../actions/table.ts';
import type { InstanceAction } from '../actions/table.ts';
import { isWindows } from '../actions/work.ts';
import type { Undertaking } from '../actions/work.ts';
import type { Model } from '../model/model.ts';
import { isList, lookUp, parsePath } from '../model/paths.ts';

const GUEST = { agent: 30, windowsAgent: 90, extension: 30, health: 15 };

/** An operation lasts until the slowest of its instances is done. */
export function operationSeconds(
  action: InstanceAction,
  instances: number,
  undertaking: Undertaking,
): number {
  const { seconds, spread } = aboutAction(action).work(undertaking);
  return seconds + spread * Math.sqrt(2 * Math.log(Math.max(1, instances)));
}

/** From the end of the operation until the guest, its extensions and its application report to be well. */
export function guestSeconds(model: Model): number {
  const agent = isWindows(model) ? GUEST.windowsAgent : GUEST.agent;
  return agent + GUEST.extension * extensionsOf(model) + GUEST.health;
}

function extensionsOf(model: Model): number {
  const extensions = at(model, 'virtualMachineProfile.extensionProfile.extensions');
  return isList(extensions) ? extensions.length : 0;
}

function at(model: Model, path: string) {
  const found = lookUp(model, parsePath(path) ?? []);
  return found.kind === 'found' ? found.value : null;
}
