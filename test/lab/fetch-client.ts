import { createHttpHeaders, RestError } from '@azure/core-rest-pipeline';
import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';
import type { Answered } from '../../local/simulator/http/exchange.ts';
import type { Simulator } from '../../local/simulator/simulator.ts';

export type Fetch = (request: Request) => Response | Promise<Response>;

/** Carries the Azure SDK's requests to a `Request → Response` function in this process, instead of over a network. */
export function createFetchClient(fetch: Fetch): HttpClient {
  return createClient(async (request) => {
    const response = await fetch(toRequest(request));
    const { status, headers } = response;
    return { status, headers: Object.fromEntries(headers), text: await response.text() };
  });
}

/** Carries them to a simulator in this process, by the shortest way, and `more` headers with each. */
export function createSimulatorClient(
  { answer }: Pick<Simulator, 'answer'>,
  more: Readonly<Record<string, string>> = {},
): HttpClient {
  return createClient((request) => {
    const { url, method, headers } = request;
    const asked = { get: (name: string): string | null => more[name] ?? headers.get(name) ?? null };
    return answer({ method, url: new URL(url), headers: asked, text: textOf(request) });
  });
}

function createClient(carry: (request: PipelineRequest) => Promise<Answered>): HttpClient {
  return {
    async sendRequest(request) {
      const { status, headers, text } = await untilAborted(request, () => carry(request)).catch(
        (error: unknown) => {
          if (error instanceof Error && error.name === 'AbortError') throw error;
          // A fetch that throws is a connection that broke: the SDK sees the error it would have made itself.
          const message = error instanceof Error ? error.message : String(error);
          throw new RestError(message, {
            code: RestError.REQUEST_SEND_ERROR,
            request,
            cause: error,
          } as object);
        },
      );
      return { request, status, headers: createHttpHeaders({ ...headers }), bodyAsText: text ?? '' };
    },
  };
}

function toRequest(request: PipelineRequest): Request {
  const { url, method, headers } = request;
  const body = textOf(request);
  return new Request(url, { method, headers: headers.toJSON(), ...(body !== '' && { body }) });
}

function textOf({ body }: PipelineRequest): string {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') throw new TypeError('only texts are carried as bodies');
  return body;
}

async function untilAborted<T>({ abortSignal }: PipelineRequest, act: () => T | Promise<T>): Promise<T> {
  if (abortSignal === undefined) return act();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    reject(new DOMException('the request was given up', 'AbortError'));
  };
  if (abortSignal.aborted) abort();
  abortSignal.addEventListener('abort', abort);
  try {
    return await Promise.race([act(), promise]);
  } finally {
    abortSignal.removeEventListener('abort', abort);
  }
}
