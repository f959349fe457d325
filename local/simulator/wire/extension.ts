import type { ModelExtension } from '../model/schema.ts';
import { withoutSecrets } from '../model/secrets.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { scaleSetId } from './scale-set.ts';

/** An extension of the model as a resource of its own. */
export function extensionResource(
  set: ScaleSet,
  extension: ModelExtension,
  provisioningState: string,
): object {
  return {
    name: extension.name,
    id: `${scaleSetId(set)}/extensions/${extension.name}`,
    type: 'Microsoft.Compute/virtualMachineScaleSets/extensions',
    properties: { ...withoutSecrets(extension.properties), provisioningState },
  };
}
