/** What speaks against a change before anybody has looked at the scale set. */
export const contradictions = {
  startsInWhat: 'needs windows to start in',
  replacesWhom: 'replaces rollouts of the same pipeline: name it in labels.pipeline',
  prototype: 'is not a property path',
  tagIsText: 'a tag holds text: set it to a string, or remove it',
  notBeside: (field: string) => `cannot be combined with ${field}: use a separate rollout`,
  besideCapacity: 'cannot be combined with change.capacity: Azure chooses the instances',
  besideAction: 'cannot be combined with change.action, which says what happens to instances that are off',
  beside: (field: string) => `contradicts ${field}: set it in one place`,
} as const;
