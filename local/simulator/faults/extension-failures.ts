import type { ModelExtension } from '../model/schema.ts';
import type { ExtensionState, Instance } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import type { FaultOf } from './schema.ts';
import { hits } from './targets.ts';

/** What an extension that runs now comes to, if a fault makes it fail. */
export function failureOfExtension(
  world: World,
  set: ScaleSet,
  instance: Instance,
  extension: ModelExtension,
): Pick<ExtensionState, 'failure' | 'exitCode'> | undefined {
  for (const { fault } of world.faults) {
    if (fault.kind !== 'extensionFails' || !hits(fault, set, instance)) continue;
    if (isOf(fault, extension, instance)) {
      const { exitCode, message } = fault;
      return { exitCode, failure: { code: 'VMExtensionProvisioningError', message } };
    }
  }
  return undefined;
}

function isOf(fault: FaultOf<'extensionFails'>, { name }: ModelExtension, { state }: Instance): boolean {
  if (name.toLowerCase() !== fault.extension.toLowerCase()) return false;
  return fault.version === undefined || fault.version === state.exactVersion;
}

/** Whether the owner wants failures of the extension to be no failures of the instance. */
export function isSuppressed(extension: ModelExtension): boolean {
  return extension.properties['suppressFailures'] === true;
}
