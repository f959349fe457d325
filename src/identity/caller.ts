/** What a token says that its bearer may do; what each lets do is not decided here. */
export const ROLES = ['viewer', 'requester', 'approver', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who sends a request, by a token that was verified, or as whoever runs the app on this machine. */
export interface Caller {
  readonly kind: 'user' | 'application';
  /** For `requestedBy` and `by`: of a verified caller it ends in the object id, which nobody can choose. */
  readonly name: string;
  readonly roles: readonly Role[];
}
