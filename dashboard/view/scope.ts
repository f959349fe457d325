import type { Placed } from '../api/shapes.ts';
import type { Domain } from './domain.ts';
import { byNumber } from './text.ts';

/** What an action is done to. */
export type Scope =
  | { readonly kind: 'set' }
  | { readonly kind: 'domain'; readonly domain: Domain; readonly ids: readonly string[] }
  | { readonly kind: 'instances'; readonly ids: readonly string[] };

export const WHOLE_SET: Scope = { kind: 'set' };

/** All instances of a domain, whichever placement group they are in. */
export function scopeOfDomain(domain: Domain, inSet: readonly Placed[]): Scope {
  const { list, value } = domain;
  const members = inSet.filter(({ updateDomain, faultDomain, zone }) => {
    const at = { updateDomains: updateDomain, faultDomains: faultDomain, zones: zone };
    return at[list] === value;
  });
  return { kind: 'domain', domain, ids: members.map(({ instanceId }) => instanceId) };
}

/** An instance that the address names is the one that is acted on. */
export function scopeOf(id: string): Scope {
  return id === '' ? WHOLE_SET : { kind: 'instances', ids: [id] };
}

/** Ids of the instances that are chosen one by one; none where the whole set is meant. */
export function idsIn(scope: Scope): readonly string[] {
  return scope.kind === 'set' ? [] : scope.ids;
}

/** One more instance, or one less. */
export function toggled(scope: Scope, id: string): Scope {
  const before = idsIn(scope);
  const ids = before.includes(id) ? before.filter((one) => one !== id) : [...before, id].sort(byNumber);
  return ids.length === 0 ? WHOLE_SET : { kind: 'instances', ids };
}
