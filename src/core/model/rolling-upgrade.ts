/** The latest rolling upgrade of Azure's own; `unknown` where nobody here knows its word, and it may be at work. */
export type RollingUpgrade =
  | { readonly kind: 'running' | 'idle' }
  | { readonly kind: 'unknown'; readonly word: string };

/** Its word, where nobody here knows it. */
export function wordOf(upgrade: RollingUpgrade): string | undefined {
  return upgrade.kind === 'unknown' ? upgrade.word : undefined;
}
