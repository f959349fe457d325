import type { Read } from '../azure/port.ts';
import type { Denial } from '../core/access/rights.ts';
import { azure } from '../core/messages/azure.ts';
import { http } from '../core/messages/http.ts';
import type { HttpResponseInit } from '@azure/functions';
import { refuse } from '../core/messages/refusals.ts';
import type { Refusal } from '../core/messages/refusals.ts';
import type { FieldError } from '../core/spec/field-errors.ts';
import type { Problem as ProblemAnswer } from './api/others.ts';
import type { Answer } from './api/parts.ts';

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly remedy?: string;
  readonly rolloutId?: string;
  readonly retryAfterSeconds?: number;
}

/** A request cannot be answered as asked; the handler's wrapper turns it into the response. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export function problemResponse({ retryAfterSeconds, ...problem }: Problem): HttpResponseInit {
  const title = http.titles[problem.status] ?? 'Error';
  const body: Answer<typeof ProblemAnswer> = { type: 'about:blank', title, ...problem };
  return {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(body),
  };
}

/** The caller is known, and may not. */
export function forbidden({ message, remedy }: Denial): Problem {
  return { status: 403, code: 'forbidden', detail: message, remedy };
}

export function refusalProblem({ code, message, remedy, path }: Refusal): Problem {
  return {
    status: 422,
    code,
    detail: message,
    remedy,
    ...(path !== undefined && { errors: [{ path, message }] }),
  };
}

export function notFound(what: string): ProblemError {
  return new ProblemError({ status: 404, code: 'notFound', detail: http.notFound(what) });
}

/** Not possible in this phase of the rollout. */
export function wrongPhase(detail: string, rolloutId: string, remedy?: string): ProblemError {
  const more = remedy === undefined ? {} : { remedy };
  return new ProblemError({ status: 409, code: 'wrongPhase', detail, ...more, rolloutId });
}

/** So many wrong fields the detail tells of; `errors` has them all. */
const MOST_TOLD = 10;

export function invalidSpec(errors: readonly FieldError[]): ProblemError {
  const told = errors.slice(0, MOST_TOLD).map(({ path, message }) => `${path}: ${message}`);
  const more = errors.length - told.length;
  const detail = [...told, ...(more === 0 ? [] : [http.more(more)])].join('; ');
  return new ProblemError({ status: 400, code: 'invalidSpec', detail, errors });
}

/** A key stands for one request; whoever sends another one with it has mixed something up. */
export function keyReused(what: 'rollout' | 'command', rolloutId: string): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'idempotencyKeyReused',
    detail: http.keyReused(what),
    remedy: http.keyReusedRemedy(what),
    rolloutId,
  });
}

/** Azure Resource Manager gave no answer to a read. */
export function armUnreachable(message: string): ProblemError {
  const detail = azure.unreachable(message);
  return new ProblemError({ status: 502, code: 'armUnreachable', detail, retryAfterSeconds: 15 });
}

export function armThrottled(retryAfterSeconds: number): ProblemError {
  const detail = azure.readsThrottled;
  return new ProblemError({ status: 503, code: 'armThrottled', detail, retryAfterSeconds });
}

/** The app lacks rights, or its token: a rollout waits for them, a plan does not. */
export function accessDenied({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): ProblemError {
  return new ProblemError(refusalProblem(refuse('accessDenied', azure.readDenied(code, message))));
}

/** Azure did not show what was to be read. */
export function readProblem(read: Exclude<Read<unknown>, { readonly kind: 'ok' }>): ProblemError {
  switch (read.kind) {
    case 'missing':
    case 'unreachable':
      return armUnreachable(read.message);
    case 'throttled':
      return armThrottled(read.retryAfterSeconds);
    case 'denied':
      return accessDenied(read);
    case 'refused':
      return readRefused(read);
  }
}

/** Azure answered, and will not let the app read this. */
export function readRefused({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): ProblemError {
  return new ProblemError(refusalProblem(refuse('readRefused', azure.readDenied(code, message))));
}
