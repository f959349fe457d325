/** Names that people give. */
export const named = { format: 'must be 1 to 63 lower-case letters, digits and hyphens' } as const;

/** `instance 3`, `instances 3, 8`: as a sentence names them. */
export function instancesNamed(ids: readonly string[]): string {
  return `${ids.length === 1 ? 'instance' : 'instances'} ${ids.join(', ')}`;
}

/** Agrees a verb with how many there are: `is` or `are`. */
export function isOrAre(ids: readonly string[]): 'is' | 'are' {
  return ids.length === 1 ? 'is' : 'are';
}

/** `1 instance`, `12 instances`. */
export function countOf(count: number): string {
  return `${count} ${count === 1 ? 'instance' : 'instances'}`;
}
