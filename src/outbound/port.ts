import type { Allowed } from './target.ts';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of it; never a word of the answer. */
export type Posted =
  | { readonly kind: 'taken' }
  /** It never leaves: where it would go is not allowed. */
  | { readonly kind: 'forbidden'; readonly code: string }
  | { readonly kind: 'failed'; readonly code: string; readonly retryAfterSeconds?: number };

/** Sends one request, once. */
export type Outbound = (post: Post, hosts: Allowed['hosts']) => Promise<Posted>;
