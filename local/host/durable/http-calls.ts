import type { CallHttp, HttpRequest } from './actions.ts';
import type { ReplayContext } from './context.ts';
import { Settler, type Signal } from './signal.ts';

/** The activity behind `callHttp`; the host itself runs it. */
export const HTTP_ACTIVITY = 'BuiltIn::HttpActivity';

export interface HttpAnswer {
  readonly statusCode: number;
  /** Repeated headers as an array; none that describe the body (golden 5.12). */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly content: string;
}

/** How long a 202 without Retry-After is waited for; the library is told the same in its trigger. */
export const DEFAULT_POLL_MS = 30_000;

/**
 * One request, and one more after a timer as long as the answer is 202 (golden 5.12). Without a Location the library is
 * done at once, but the timer is still waited for.
 */
export function callHttp(context: ReplayContext, action: CallHttp): Signal {
  const outcome = new Settler();
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
        else ask(pollRequest(request, uri));
      });
    });
  };
  ask(action.httpRequest);
  return outcome;
}

/** All headers but the key go along, to another origin too. */
function pollRequest({ headers, ...request }: HttpRequest, uri: string): HttpRequest {
  const { content: _body, ...rest } = request;
  const kept = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== 'x-functions-key');
  return { ...rest, method: 'GET', uri, headers: Object.fromEntries(kept) };
}

function pollDelay(answer: HttpAnswer): number {
  const seconds = Number(header(answer, 'retry-after') ?? Number.NaN);
  return Number.isNaN(seconds) ? DEFAULT_POLL_MS : seconds * 1000;
}

function header(answer: HttpAnswer, name: string): string | undefined {
  const found = Object.entries(answer.headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : found?.[0];
}
