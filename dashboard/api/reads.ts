import type { Difference } from './list.ts';

/** What the page asks of the thread that reads for it. */
export type Ask =
  | {
      readonly id: number;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      /** Of the answer that the page has. */
      readonly etag: string | undefined;
    }
  | { readonly id: number; readonly stop: true };

/** What it says. */
export type Said = { readonly id: number } & (
  | { readonly kind: 'same' | 'unreachable' | 'stopped' }
  | { readonly kind: 'new'; readonly difference: Difference; readonly etag: string | undefined }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly text: string;
      readonly retryAfter: string | null;
    }
);
