import { OPERATIONS } from './operations.ts';
import type { Method } from './operations.ts';
import type { Operations } from './types.ts';

export type OperationName = keyof Operations;
/** What an operation takes, and what it answers with. */
export type Given<N extends OperationName> = Operations[N]['given'];
export type Answered<N extends OperationName> = Operations[N]['answer'];

/** What `POST /rollouts/{id}/…` may say. */
export type CommandName = {
  [N in OperationName]: 'body' | 'path' extends keyof Given<N>
    ? N extends `${infer Command}Rollout`
      ? Command
      : never
    : never;
}[OperationName];

/** A request to the API that is still to be sent; `N` says what its answer is. */
export interface Call<N extends OperationName> {
  readonly operation: N;
  readonly method: Method;
  /** From the address of the app on, with `/api`. */
  readonly path: string;
  readonly body?: unknown;
}

interface Parts {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

/** Makes the request for an operation, with every part of the path and of the query written as a URL wants it. */
export function call<N extends OperationName>(operation: N, given: Given<N>): Call<N> {
  const { method, path } = OPERATIONS[operation];
  const { path: names = {}, query = {}, body }: Parts = given;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ''));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value));
  const search = asked.size === 0 ? '' : `?${asked.toString()}`;
  return { operation, method, path: `/api${filled}${search}`, ...(body !== undefined && { body }) };
}
