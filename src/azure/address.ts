import { SCALE_SET_ID } from '../core/spec/resource-ids.ts';
import type { ScaleSetAddress } from './port.ts';

/** Splits a scale set's resource id; ARM reads its fixed parts in any case. `undefined` for anything else. */
export function parseScaleSetId(id: string): ScaleSetAddress | undefined {
  const [, subscriptionId, resourceGroup, name] = SCALE_SET_ID.exec(id.replace(/\/$/, '')) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) return undefined;
  return { subscriptionId, resourceGroup, name };
}

/** The id in ARM's own spelling; two ids name one scale set when these are equal but for their case. */
export function formatScaleSetId({ subscriptionId, resourceGroup, name }: ScaleSetAddress): string {
  return (
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}` +
    `/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`
  );
}

/** The id as a URL's path: an address that is none must not reach another resource. */
export function pathOf(address: ScaleSetAddress): string {
  const id = formatScaleSetId(address);
  if (parseScaleSetId(id) === undefined) throw new RangeError(`${id} is no scale set's id`);
  return id;
}
