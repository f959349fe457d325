import type { CallHttp, HttpRequest } from '../wire/actions.ts';
import type { ReplayContext } from './context.ts';
import type { Schema } from '../wire/failure.ts';
import { DEFAULT_POLL_MS } from '../wire/limits.ts';
import { Settler, type Signal } from './signal.ts';

/** The activity behind `callHttp`; the host itself runs it. */
export const HTTP_ACTIVITY = 'BuiltIn::HttpActivity';

export interface HttpAnswer {
  readonly statusCode: number;
  /** Repeated headers as an array; none that describe the body (golden 5.12). */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly content: string;
}

/**
 * One request, and one more after a timer as long as the answer is 202 (golden 5.12). Without a Location the library is
 * done at once, but the timer is still waited for.
 */
export function callHttp(context: ReplayContext, action: CallHttp, schema: Schema): Signal {
  const outcome = new Settler();
  const original = action.httpRequest;
  const ask = (request: HttpRequest): void => {
    const input = JSON.stringify(request);
    context.schedule({ kind: 'activity', name: HTTP_ACTIVITY, input }).listen((answered) => {
      const answer = answered.ok ? (JSON.parse(answered.result ?? 'null') as HttpAnswer | null) : null;
      if (answer?.statusCode !== 202 || !request.asynchronousPatternEnabled) {
        outcome.settle(answered);
        return;
      }
      const fireAt = context.now + pollDelay(answer);
      context.schedule({ kind: 'timer', fireAt }).listen(() => {
        const uri = header(answer, 'location');
        if (uri === undefined) outcome.settle(answered);
        else ask(schema === 3 ? pollRequest(original, uri) : guardedPollRequest(original, uri));
      });
    });
  };
  ask(original);
  return outcome;
}

/** Extension 2.13.7: all headers but the key go along, to another origin too. */
function pollRequest({ headers, ...request }: HttpRequest, uri: string): HttpRequest {
  const { content: _body, ...rest } = request;
  return { ...rest, method: 'GET', uri, headers: without(headers, ['x-functions-key']) };
}

/**
 * Extension 3.19.0: a Location is what the called server says, so beyond the origin of the first request nothing that
 * proves who calls goes along; back on it all but the key does (golden-3.19, item 5, `http_crossOrigin`, `http_poll`).
 * A relative one counts from the first request, however far the polls have gone.
 */
function guardedPollRequest(original: HttpRequest, location: string): HttpRequest {
  const uri = URL.canParse(location, original.uri) ? new URL(location, original.uri).href : location;
  const poll = pollRequest(original, uri);
  if (isSameOrigin(original.uri, uri)) return poll;
  const { tokenSource: _token, ...rest } = poll;
  return { ...rest, headers: without(poll.headers, ['authorization', 'cookie']) };
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}

function without(headers: HttpRequest['headers'], names: readonly string[]): Record<string, string> {
  const kept = Object.entries(headers ?? {}).filter(([name]) => !names.includes(name.toLowerCase()));
  return Object.fromEntries(kept);
}

function pollDelay(answer: HttpAnswer): number {
  const seconds = Number(header(answer, 'retry-after') ?? Number.NaN);
  return Number.isNaN(seconds) ? DEFAULT_POLL_MS : seconds * 1000;
}

function header(answer: HttpAnswer, name: string): string | undefined {
  const found = Object.entries(answer.headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : found?.[0];
}
