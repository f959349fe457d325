import type { Problem } from '../api/shapes.ts';
import { ApiError, NotFoundError, SignInError, UnreachableError, UsageError } from '../errors.ts';
import { connection } from '../messages/connection.ts';
import { errors } from '../messages/errors.ts';
import { inFlags } from './in-flags.ts';
import { plain } from './text.ts';

/** An error as a person reads it: what failed, where, and what to do next. */
export function errorText(error: unknown): string {
  const lines = error instanceof ApiError ? problemLines(error) : messageLines(error);
  return lines.map((line) => `${plain(line)}\n`).join('');
}

/** The same for a program: the app's own problem, or one of the same form. */
export function errorJson(error: unknown): string {
  return `${JSON.stringify(error instanceof ApiError ? error.problem : problemOf(error), null, 2)}\n`;
}

function problemLines({ problem, message }: ApiError): readonly string[] {
  const code = problem.code === undefined ? '' : ` (${problem.code})`;
  const isTold = [undefined, message, problem.code].includes(problem.title);
  const title = isTold ? '' : `${problem.title}: `;
  return [
    errors.error(`${title}${message}${code}`),
    // A refusal is told once, though it also names the field that it is about.
    ...(problem.errors ?? [])
      .filter(({ message: why }) => why !== message)
      .map(({ path, message: why }) => errors.field(path, why)),
    ...(problem.code === 'scaleSetBusy' ? [errors.heldBy(problem.rolloutId)] : []),
    ...(problem.remedy === undefined ? [] : [errors.whatToDo(inFlags(problem.remedy))]),
  ];
}

function messageLines(error: unknown): readonly string[] {
  const remedy = remedyOf(error);
  return [errors.error(messageOf(error)), ...(remedy === undefined ? [] : [errors.whatToDo(remedy)])];
}

function problemOf(error: unknown): Problem {
  const remedy = remedyOf(error);
  return {
    type: 'about:blank',
    title: codeOf(error),
    detail: messageOf(error),
    code: codeOf(error),
    ...(remedy !== undefined && { remedy }),
  };
}

function codeOf(error: unknown): string {
  if (error instanceof UsageError) return 'wrongUsage';
  if (error instanceof NotFoundError) return 'notFound';
  if (error instanceof SignInError) return 'notSignedIn';
  return error instanceof UnreachableError ? 'unreachable' : 'failed';
}

function remedyOf(error: unknown): string | undefined {
  return error instanceof UnreachableError && error.undelivered ? connection.startOne : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
