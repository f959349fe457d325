import { call } from '../../client/call.ts';
import type { Call } from '../../client/call.ts';
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

/** `/scale-sets/{subscriptionId}/{resourceGroup}/{name}`: as the API has it, for the page's own addresses. */
export function scaleSetPath({ subscriptionId, resourceGroup, name }: ScaleSetAddress): string {
  return `/scale-sets/${[subscriptionId, resourceGroup, name].map(encodeURIComponent).join('/')}`;
}

export function rolloutPath(id: string): string {
  return `/rollouts/${encodeURIComponent(id)}`;
}

/** Asks for the instances of a scale set, without what Azure sends of each. */
export function instancesOf({
  subscriptionId,
  resourceGroup,
  name,
}: ScaleSetAddress): Call<'getScaleSetInstances'> {
  return call('getScaleSetInstances', {
    path: { subscriptionId, resourceGroup, name },
    query: { view: 'summary' },
  });
}
