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
  const { code, rolloutId, remedy } = problem;
  const fields = (problem.errors ?? []).map(({ path, message: why }) => errors.field(path, why));
  // The app's own sentence strings them together.
  const [first] = problem.errors ?? [];
  const areStrung = first !== undefined && message.startsWith(`${first.path}: ${first.message}`);
  const what = areStrung
    ? fields.length > 1
      ? errors.wrongFields(fields.length)
      : (fields[0] ?? '')
    : message;
  // A refusal is told once, though it also names the field that it is about.
  const isTold = (field: string, at: number): boolean =>
    problem.errors?.[at]?.message === message || what === field;
  return [
    errors.error(code === undefined || code === message ? what : `${what} (${code})`),
    ...fields.filter((field, at) => !isTold(field, at)).map((field) => `  ${field}`),
    ...(code === 'scaleSetBusy' && !message.includes(rolloutId ?? '?')
      ? [`  ${errors.heldBy(rolloutId)}`]
      : []),
    ...(remedy === undefined ? [] : [errors.whatToDo(inFlags(remedy))]),
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
