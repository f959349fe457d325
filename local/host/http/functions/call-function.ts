import type { FunctionApp } from '../../worker/app/function-app.ts';
import { errorOf } from '../../worker/core/invoke.ts';
import type { LogSink } from '../../worker/core/types.ts';
import { requestData, responseFrom, type Matched } from './http-trigger.ts';
import { empty } from '../web/replies.ts';
import { streamThrough } from './stream.ts';

/** Runs an HTTP function on a request that its route has matched; one that throws, or its worker dies in, is an empty 500. */
export async function callHttpFunction(
  app: FunctionApp,
  { fn, params }: Matched,
  call: { readonly request: Request; readonly clientBinding: string; readonly log: LogSink },
): Promise<Response> {
  const { request, clientBinding, log } = call;
  try {
    const httpUri = await app.httpUri();
    if (httpUri !== undefined) {
      return await streamThrough(app, { fn, request, params, clientBinding, httpUri });
    }
    const data = await requestData(request, params);
    const response = await app.invoke(fn, { data, clientBinding });
    return responseFrom(response.returnValue);
  } catch (error) {
    log('error', `function ${fn.name} failed: ${errorOf(error).message}`);
    return empty(500);
  }
}
