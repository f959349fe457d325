/** Words of a resource's own state that this app knows (arm-vmss.md 3.1). */
const KNOWN = ['Creating', 'Updating', 'Succeeded', 'Failed', 'Deleting', 'Migrating', 'Canceled'];

/** A provisioning state as this app spells it; one that nobody here knows stays as it is. */
export function spelled(state: string): string {
  const small = state.toLowerCase();
  if (small === 'cancelled') return 'Canceled';
  return KNOWN.find((known) => known.toLowerCase() === small) ?? state;
}

export function isStrangeState(state: string): boolean {
  return state !== '' && !KNOWN.includes(spelled(state));
}
