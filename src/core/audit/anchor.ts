import { hashOf } from './chain.ts';

/** How far chains had come at one time, kept where nobody can change or remove it for years. */
export interface Anchor {
  /** From 1, without a gap. */
  readonly number: number;
  readonly at: string;
  /** Of chains that had gone on since the anchor before. */
  readonly heads: readonly AnchoredHead[];
  /** Hash of the anchor before; zeros in the first. */
  readonly previous: string;
  /** SHA-256 of all other fields, as JSON with sorted keys. */
  readonly hash: string;
}

export interface AnchoredHead {
  readonly chain: string;
  readonly count: number;
  readonly hash: string;
}

/** The next anchor after one of this number and hash. */
export function anchorAfter(
  last: Pick<Anchor, 'number' | 'hash'>,
  said: Pick<Anchor, 'at' | 'heads'>,
): Anchor {
  const whole = { number: last.number + 1, ...said, previous: last.hash };
  return { ...whole, hash: hashOf(whole) };
}
