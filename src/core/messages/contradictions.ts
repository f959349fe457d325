/** What speaks against a change before anybody has looked at the scale set. */
export const contradictions = {
  prototype: 'is not a property path',
  tagIsText: 'a tag holds text: set it to a string, or remove it',
  beside: (field: string) => `contradicts ${field}: set it in one place`,
} as const;
