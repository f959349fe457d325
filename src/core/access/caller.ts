import type { Area } from './area.ts';

/** What a token says that its bearer may do; `rights.ts` says what each lets do. */
export const ROLES = ['viewer', 'requester', 'approver', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who sends a request, by a token that was verified, or as whoever runs the app on this machine. */
export interface Caller {
  readonly kind: 'user' | 'application';
  /** For `requestedBy` and `by`: of a verified caller it ends in the object id, which nobody can choose. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Whoever runs the app on this machine, without a sign-in: no policy narrows what they may do. */
  readonly isAnybody?: true;
  /** Object ids of the groups that the token names. */
  readonly groups?: readonly string[];
  /** What the policy gives them, and where; absent where it says nothing of that: then their roles count everywhere. */
  readonly grants?: readonly Grant[];
  /** Of an application: where the policy names it among those who approve. */
  readonly approvesIn?: readonly Area[];
}

/** A role, for the scale sets of an area. */
export interface Grant extends Area {
  readonly role: Role;
}

/** Whether two names are of one caller: the object id counts, where there is one, since names may change. */
export function isSameCaller(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

/** What tells a caller from every other one. */
export function keyOf(name: string): string {
  return /\(([0-9a-f-]{36})\)$/.exec(name)?.[1] ?? name;
}
