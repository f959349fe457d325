import { byNumber } from './text.ts';

/** What an action is done to. */
export type Scope =
  | { readonly kind: 'set' }
  | { readonly kind: 'domain'; readonly domain: number; readonly ids: readonly string[] }
  | { readonly kind: 'instances'; readonly ids: readonly string[] };

export const WHOLE_SET: Scope = { kind: 'set' };

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
