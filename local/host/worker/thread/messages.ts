import type { HostJson } from '../app/host-json.ts';
import type { Invocation } from '../app/function-app.ts';
import type { TriggerType } from '../app/catalog.ts';
import type { FunctionMetadata, InvocationResponse } from '../core/types.ts';

/** What a host asks of the worker that has the app. */
export type Asked =
  | { readonly kind: 'start' | 'stop'; readonly id: number }
  | {
      readonly kind: 'invoke';
      readonly id: number;
      readonly type: TriggerType;
      readonly name: string;
      readonly invocation: Invocation;
    };

/** What the worker tells of itself before anybody asks. */
export type Told =
  | { readonly kind: 'loaded'; readonly functions: readonly FunctionMetadata[]; readonly host: HostJson }
  | { readonly kind: 'notLoaded'; readonly message: string; readonly isPlain: boolean }
  | { readonly kind: 'log'; readonly level: string; readonly message: string };

/** What became of something that was asked. */
export type Answered = { readonly id: number } & (
  | { readonly kind: 'started'; readonly httpUri: string | undefined }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'returned'; readonly response: InvocationResponse }
  | { readonly kind: 'threw'; readonly message: string; readonly stack: string }
);

/** Messages are copied from thread to thread: each side keeps what it had. */
export const NOTHING_HANDED_OVER = [] as const;
