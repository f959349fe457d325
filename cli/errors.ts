import type { Problem } from './api/shapes.ts';
import { connection as words } from './messages/connection.ts';

/** The caller's mistake: printed plainly, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was named is not there: printed plainly, exit code 3. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** The function app answered with an error of its own. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail ?? problem.title ?? words.answered(status));
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Nobody could be signed in. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
}

/** Nobody answered, or what answered is not the function app. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /** True when the request cannot have been acted on. */
  readonly undelivered: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    message: string,
    options: { undelivered?: boolean; retryAfterSeconds?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.undelivered = options.undelivered ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Ctrl-C before the command was done. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
