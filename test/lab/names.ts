/** What every lab calls things: the scale set `web`, the image that it runs and a newer one. */
export const OLD = '22.04.202610080';
export const NEW = '22.04.202611010';
export const START = new Date('2026-11-21T08:00:00Z');
export const SUBSCRIPTION = '00000000-0000-4000-8000-000000000001';

export function scaleSetId(name: string): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
}

export const WEB = scaleSetId('web');
