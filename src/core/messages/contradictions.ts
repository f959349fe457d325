/** What speaks against a change before anybody has looked at the scale set. */
export const contradictions = {
  prototype: 'is not a property path',
  tagIsText: 'a tag holds text: set it to a string, or remove it',
  notBeside: (field: string) => `does not go with ${field}: do it in a rollout of its own`,
  besideCapacity: 'does not go with change.capacity: Azure chooses the instances',
  besideAction: 'does not go with change.action, which says what becomes of instances that are off',
  beside: (field: string) => `contradicts ${field}: set it in one place`,
} as const;
