import { rolloutPath, scaleSetPath } from '../api/paths.ts';
import type { ScaleSetAddress } from '../api/paths.ts';

/** Where the function app serves the page. */
export const BASE = '/api/dashboard';

const MORE = ['campaigns', 'strategies', 'waits', 'notices'] as const;
export type MorePage = (typeof MORE)[number];

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
      readonly isQueued?: true;
    }
  /** Those that fewer people open: campaigns and what stands beside rollouts. */
  | { readonly kind: 'more'; readonly page: MorePage; readonly name: string | undefined }
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
    const isQueued = query.get('onBusy') === 'queue' && { isQueued: true as const };
    return { kind: 'newRollout', scaleSet: query.get('scaleSet') ?? '', rollbackOf, ...isQueued };
  }
  const page = MORE.find((known) => known === first);
  if (page !== undefined) return { kind: 'more', page, name: one };
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
  more: (page: MorePage, name?: string) =>
    `${BASE}/${page}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`,
  scaleSet: (address: ScaleSetAddress) => `${BASE}${scaleSetPath(address)}`,
  rollout: (id: string) => `${BASE}${rolloutPath(id)}`,
  newRollout: (scaleSet: string, more: Readonly<Record<string, string>> = {}) =>
    `${BASE}/new?${new URLSearchParams({ scaleSet, ...more }).toString()}`,
  undo: (scaleSet: string, rollbackOf: string): string => links.newRollout(scaleSet, { rollbackOf }),
};
