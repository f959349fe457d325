import { rolloutPath, scaleSetPath } from '../api/paths.ts';
import type { ScaleSetAddress } from '../api/paths.ts';

/** Where the function app serves the page. */
export const BASE = '/api/dashboard';

/** What an address of the page shows. */
export type Place =
  | { readonly kind: 'scaleSets' }
  | { readonly kind: 'scaleSet'; readonly address: ScaleSetAddress }
  | { readonly kind: 'rollouts' }
  | { readonly kind: 'rollout'; readonly id: string }
  | {
      readonly kind: 'newRollout';
      readonly scaleSet: string;
      readonly rollbackOf: string | undefined;
      /** Whether it waits for its turn where another rollout holds the set. */
      readonly isQueued: boolean;
    }
  | { readonly kind: 'waits' }
  | { readonly kind: 'campaigns' }
  | { readonly kind: 'campaign'; readonly id: string }
  | { readonly kind: 'newCampaign' }
  | { readonly kind: 'strategies'; readonly name: string | undefined }
  | { readonly kind: 'notices' }
  | { readonly kind: 'onCall' }
  | { readonly kind: 'schedules'; readonly name: string | undefined }
  | { readonly kind: 'nowhere' };

export function placeOf(pathname: string, search: string): Place {
  const [first, ...rest] = pathname.slice(BASE.length).split('/').filter(Boolean).map(decoded);
  const [one, two, three] = rest;
  if (first === undefined) return { kind: 'scaleSets' };
  if (first === 'scale-sets' && one !== undefined && two !== undefined && three !== undefined)
    return { kind: 'scaleSet', address: { subscriptionId: one, resourceGroup: two, name: three } };
  if (first === 'rollouts') return one === undefined ? { kind: 'rollouts' } : { kind: 'rollout', id: one };
  if (first === 'new') {
    const query = new URLSearchParams(search);
    const rollbackOf = query.get('rollbackOf') ?? undefined;
    const isQueued = query.get('onBusy') === 'queue';
    return { kind: 'newRollout', scaleSet: query.get('scaleSet') ?? '', rollbackOf, isQueued };
  }
  if (first === 'campaigns') {
    if (one === undefined) return { kind: 'campaigns' };
    return one === 'new' ? { kind: 'newCampaign' } : { kind: 'campaign', id: one };
  }
  if (first === 'strategies') return { kind: 'strategies', name: one };
  if (first === 'waits' || first === 'notices') return { kind: first };
  if (first === 'schedules') return { kind: 'schedules', name: one };
  if (first === 'on-call') return { kind: 'onCall' };
  return { kind: 'nowhere' };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export const links = {
  scaleSets: `${BASE}/`,
  rollouts: `${BASE}/rollouts`,
  onCall: `${BASE}/on-call`,
  schedules: `${BASE}/schedules`,
  campaigns: `${BASE}/campaigns`,
  newCampaign: `${BASE}/campaigns/new`,
  strategies: `${BASE}/strategies`,
  waits: `${BASE}/waits`,
  notices: `${BASE}/notices`,
  campaign: (id: string) => `${BASE}/campaigns/${encodeURIComponent(id)}`,
  strategy: (name: string) => `${BASE}/strategies/${encodeURIComponent(name)}`,
  scaleSet: (address: ScaleSetAddress) => `${BASE}${scaleSetPath(address)}`,
  rollout: (id: string) => `${BASE}${rolloutPath(id)}`,
  newRollout: (scaleSet: string) => `${BASE}/new?${new URLSearchParams({ scaleSet }).toString()}`,
  queuedRollout: (scaleSet: string) =>
    `${BASE}/new?${new URLSearchParams({ scaleSet, onBusy: 'queue' }).toString()}`,
  undo: (scaleSet: string, rollbackOf: string) =>
    `${BASE}/new?${new URLSearchParams({ scaleSet, rollbackOf }).toString()}`,
};
