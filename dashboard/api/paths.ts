import type { ScaleSetSummary } from './shapes.ts';

/** Subscription, resource group and name: what names a scale set in the API and in the page's own addresses. */
export type ScaleSetAddress = Pick<ScaleSetSummary, 'subscriptionId' | 'resourceGroup' | 'name'>;

const SCALE_SET_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/([^/]+)$/i;

export function parseScaleSetId(id: string): ScaleSetAddress | undefined {
  const [, subscriptionId, resourceGroup, name] = SCALE_SET_ID.exec(id) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) return undefined;
  return { subscriptionId, resourceGroup, name };
}

export function scaleSetName(id: string): string {
  return parseScaleSetId(id)?.name ?? id;
}

/** One path for the API and for the page: `/scale-sets/{subscriptionId}/{resourceGroup}/{name}`. */
export function scaleSetPath({ subscriptionId, resourceGroup, name }: ScaleSetAddress): string {
  return `/scale-sets/${[subscriptionId, resourceGroup, name].map(encodeURIComponent).join('/')}`;
}

export function rolloutPath(id: string): string {
  return `/rollouts/${encodeURIComponent(id)}`;
}
