import type { ScaleSetAddress } from './port.ts';

const SUBSCRIPTION = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** ARM's own rules; both names go into URLs, so nothing else may pass. */
const RESOURCE_GROUP = String.raw`[\w().-]{0,89}[\w()-]`;
const NAME = String.raw`[a-z0-9](?:[\w.-]{0,62}\w)?`;

const SCALE_SET_ID = new RegExp(
  `^/subscriptions/(${SUBSCRIPTION})/resourceGroups/(${RESOURCE_GROUP})` +
    `/providers/Microsoft\\.Compute/virtualMachineScaleSets/(${NAME})/?$`,
  'i',
);

/** Splits a scale set's resource id; ARM reads its fixed parts in any case. `undefined` for anything else. */
export function parseScaleSetId(id: string): ScaleSetAddress | undefined {
  const [, subscriptionId, resourceGroup, name] = SCALE_SET_ID.exec(id) ?? [];
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
