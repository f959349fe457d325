/** What speaks against a change before anybody has looked at the scale set. */
export const contradictions = {
  prototype: 'is no property path',
  tagIsText: 'a tag holds text: set it to a text, or take it away with remove',
  beside: (field: string) => `contradicts ${field}: say it in one place`,
} as const;
