import type { RefusedError } from '../client.ts';

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}

export function empty(status: number): Response {
  return new Response(null, { status });
}

export function invalidJson(error: unknown): Response {
  const text = error instanceof Error ? error.message : String(error);
  return json(400, exception('Invalid JSON content', text, 'Newtonsoft.Json.JsonReaderException'));
}

export function invalidArgument(message: string): Response {
  return json(
    400,
    exception('One or more of the arguments submitted is incorrect', message, 'System.ArgumentException'),
  );
}

export function internalError(message: string, type: string): Response {
  return json(500, exception('Something went wrong while processing your request', message, type));
}

/** Status codes of golden 5.1 to 5.3. */
export function refused(error: RefusedError): Response {
  switch (error.kind) {
    case 'notFound':
      return empty(404);
    case 'gone':
      return empty(410);
    case 'invalid':
      return invalidArgument(error.message);
    case 'unknownEntity':
      return json(400, { Message: error.message });
    case 'conflict':
      break;
  }
  const isDuplicate = error.message.endsWith('already exists.');
  return internalError(
    error.message,
    isDuplicate
      ? 'DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException'
      : 'System.InvalidOperationException',
  );
}

function exception(Message: string, ExceptionMessage: string, ExceptionType: string): object {
  return { Message, ExceptionMessage, ExceptionType, StackTrace: '' };
}
