import { signal } from '@preact/signals';
import { BASE, placeOf } from '../view/place.ts';
import type { Place } from '../view/place.ts';

/** What the page shows now, by its address. */
export const here = signal<Place>(placeOf(location.pathname, location.search));

/** Follows links of the page without a new document, and the browser's own back and forward. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link === null || !isPlain || link.target !== '' || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(`${BASE}/`)) return;
    event.preventDefault();
    go(`${link.pathname}${link.search}`);
  });
  addEventListener('popstate', () => {
    here.value = placeOf(location.pathname, location.search);
  });
}

export function go(address: string): void {
  history.pushState(null, '', address);
  here.value = placeOf(location.pathname, location.search);
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('h1')?.focus();
}

/** A choice that belongs to the address, so that a link shows it, too. */
export function choiceIn(name: string, fallback: string): string {
  return new URLSearchParams(location.search).get(name) ?? fallback;
}

export function choose(name: string, value: string | undefined): void {
  const query = new URLSearchParams(location.search);
  if (value === undefined) query.delete(name);
  else query.set(name, value);
  const text = query.toString();
  history.replaceState(null, '', `${location.pathname}${text === '' ? '' : `?${text}`}`);
}
