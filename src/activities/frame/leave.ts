import type { Answer } from '../../core/run/answer.ts';

/** The step is over for now, before it got what it needs: everything that may end a step early returns this. */
export interface Leave {
  readonly kind: 'leave';
  readonly answer: Answer;
}

/** What a step needs, or why it cannot continue without it. */
export type OrLeave<T> = { readonly kind: 'found'; readonly value: T } | Leave;

export function leave(answer: Answer): Leave {
  return { kind: 'leave', answer };
}

export function found<T>(value: T): OrLeave<T> {
  return { kind: 'found', value };
}
