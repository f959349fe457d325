import type { z } from 'zod';
import type { Answered, Call, OperationName } from '../../client/call.ts';
import type { Context } from '../context.ts';
import { ApiError, InterruptedError, SignInError, UnreachableError } from '../errors.ts';
import { shapes } from './shapes.ts';
import { connection as words } from '../messages/connection.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the function app's address, with `/api`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const ANSWER_TIMEOUT_SECONDS = 60;
const PAUSES_BEFORE_RETRY_SECONDS = [1, 2, 4];

const IN_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: words.refused,
  ECONNRESET: words.reset,
  UND_ERR_SOCKET: words.dropped,
  ENOTFOUND: words.noHost,
};

/** One attempt; anything but 2xx and 304 is thrown. */
export async function send(context: Context, request: ApiRequest): Promise<Answer> {
  const { status, headers, text } = await exchange(context, request);
  const body = parseJson(text);
  if ((status >= 200 && status < 300 && body !== undefined) || status === 304)
    return { status, headers, body };
  const wait = retryAfterSeconds(headers);
  const problem = shapes.Problem.safeParse(body);
  if (problem.success && problem.data.code !== undefined) throw new ApiError(status, problem.data, wait);
  if (status === 401) throw keyWanted(context, wait);
  throw new UnreachableError(words.notTheApp(context.http.baseUrl, status), {
    retryAfterSeconds: wait,
  });
}

/**
 * Sends, and tries a few more times over a dropped connection or an app that is just starting.
 *
 * A request that must not arrive twice is repeated only when it cannot have arrived at all.
 */
export async function sendPatiently(
  context: Context,
  request: ApiRequest,
  { repeatable }: { repeatable: boolean },
): Promise<Answer> {
  for (const [attempt, pause] of PAUSES_BEFORE_RETRY_SECONDS.entries()) {
    try {
      return await send(context, request);
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (!repeatable && !isSurelyNotTaken(error)) throw answerLost(error);
      if (attempt === 0) context.err(`${words.tryingAgain(messageOf(error))}\n`);
      await context.clock.sleep(askedWait(error) ?? pause, context.interrupted);
    }
  }
  return send(context, request);
}

/** It never arrived, or the app said that it takes no more just now. */
function isSurelyNotTaken(error: unknown): boolean {
  if (error instanceof UnreachableError) return error.undelivered;
  return error instanceof ApiError && error.status === 429;
}

/** Seconds that the answer behind the error asks to wait. */
export function askedWait(error: unknown): number | undefined {
  return error instanceof ApiError || error instanceof UnreachableError ? error.retryAfterSeconds : undefined;
}

/** True for what a little patience may cure: nobody there, not started yet, or asked to come back later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof ApiError && [408, 429, 502, 503, 504].includes(error.status);
}

/** A shape that every answer of the operation has: one that asks for more than the API says would refuse them one day. */
type Fits<N extends OperationName, S extends z.ZodType> = Answered<N> extends z.input<S> ? S : never;

/** Reads what an operation answers with. */
export async function read<N extends OperationName, S extends z.ZodType>(
  context: Context,
  asked: Call<N>,
  shape: S & Fits<N, S>,
): Promise<z.output<S>> {
  const answer = await sendPatiently(context, asked, { repeatable: true });
  return understand(context, answer, shape as z.ZodType<z.output<S>>);
}

export function understand<T>(context: Context, answer: Answer, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new UnreachableError(words.strangeBody(context.http.baseUrl, answer.status), {
    cause: parsed.error,
  });
}

/** Seconds that the answer asks to wait, if it asks. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null || !/^\d+$/.test(value)) return undefined;
  return Number(value);
}

async function exchange(
  context: Context,
  { method, path, body, headers }: ApiRequest,
): Promise<{ status: number; headers: Headers; text: string }> {
  const tooLong = AbortSignal.timeout(ANSWER_TIMEOUT_SECONDS * 1000);
  try {
    const url = `${context.http.baseUrl}${path}`;
    const response = await context.http.fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...(await credentialsFor(context, url)),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([context.interrupted, tooLong]),
      redirect: 'error',
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    if (error instanceof SignInError) throw error;
    if (context.interrupted.aborted) throw new InterruptedError(words.interrupted, { cause: error });
    throw unreachable(context, error);
  }
}

/** Only where they belong, whatever an answer has made of the path; a redirection is not followed. */
async function credentialsFor(
  { http: { baseUrl, key, token } }: Context,
  url: string,
): Promise<Readonly<Record<string, string>>> {
  if (URL.parse(url)?.origin !== URL.parse(baseUrl)?.origin) return {};
  const shown = await token?.();
  return {
    ...(key !== undefined && { 'x-functions-key': key }),
    ...(shown !== undefined && { authorization: `Bearer ${shown}` }),
  };
}

/** Azure Functions itself answers so, without a word. */
function keyWanted({ http: { baseUrl, key } }: Context, wait: number | undefined): ApiError {
  const problem = {
    code: 'unauthorized',
    detail: key === undefined ? words.keyWanted(baseUrl) : words.keyNotTaken(baseUrl),
    remedy: words.nameAppAndKey,
  };
  return new ApiError(401, problem, wait);
}

function unreachable(context: Context, error: unknown): UnreachableError {
  const { code, message } = networkFailure(error);
  return new UnreachableError(words.unreachable(context.http.baseUrl, IN_WORDS[code] ?? message), {
    undelivered: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code),
    cause: error,
  });
}

/** The system's own words; fetch hides them at the end of a chain of causes. */
function networkFailure(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  if (error.name === 'TimeoutError') {
    return { code: '', message: words.noAnswerWithin(ANSWER_TIMEOUT_SECONDS) };
  }
  if (error.cause instanceof Error) return networkFailure(error.cause);
  return { code: 'code' in error ? String(error.code) : '', message: error.message };
}

function answerLost(error: unknown): UnreachableError {
  return new UnreachableError(words.answerLost(messageOf(error)), {
    cause: error,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
