import { createHttpHeaders, RestError } from '@azure/core-rest-pipeline';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

export type Fetch = (request: Request) => Response | Promise<Response>;

/** Carries the Azure SDK's requests to a `Request → Response` function in this process, instead of over a network. */
export function createFetchClient(fetch: Fetch): HttpClient {
  return {
    async sendRequest(request) {
      const response = await untilAborted(request, () => fetch(toRequest(request))).catch(
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
      return toPipelineResponse(request, response);
    },
  };
}

function toRequest({ url, method, headers, body }: PipelineRequest): Request {
  if (body !== undefined && body !== null && typeof body !== 'string') {
    throw new TypeError('only texts are carried as bodies');
  }
  return new Request(url, { method, headers: headers.toJSON(), ...(typeof body === 'string' && { body }) });
}

async function toPipelineResponse(request: PipelineRequest, response: Response): Promise<PipelineResponse> {
  return {
    request,
    status: response.status,
    headers: createHttpHeaders(Object.fromEntries(response.headers)),
    bodyAsText: await response.text(),
  };
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
