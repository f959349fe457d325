/** Words of a resource's own state that this app knows (arm-vmss.md 3.1). */
const KNOWN = ['Creating', 'Updating', 'Succeeded', 'Failed', 'Deleting', 'Migrating', 'Canceled'];

const SPELLED: ReadonlyMap<string, string> = new Map([
  ...KNOWN.map((known) => [known.toLowerCase(), known] as const),
  ['cancelled', 'Canceled'],
]);

/** A provisioning state as this app spells it; one that nobody here knows stays as it is. */
export function spelled(state: string): string {
  return SPELLED.get(state.toLowerCase()) ?? state;
}

export function isStrangeState(state: string): boolean {
  return state !== '' && !KNOWN.includes(spelled(state));
}
