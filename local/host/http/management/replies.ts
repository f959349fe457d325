import type { Schema } from '../../durable/wire/failure.ts';
import type { RefusedError } from '../../hub/refusals.ts';
import { empty, json } from '../web/replies.ts';

export const ARGUMENT = 'System.ArgumentException';
export const ALREADY_EXISTS = 'DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException';

export function invalidJson(error: unknown): Response {
  const text = error instanceof Error ? error.message : String(error);
  return json(400, exception('Invalid JSON content', text, 'Newtonsoft.Json.JsonReaderException'));
}

export function invalidArgument(message: string): Response {
  return json(400, exception('One or more of the arguments submitted is incorrect', message, ARGUMENT));
}

export function internalError(message: string, type: string): Response {
  return json(500, exception('Something went wrong while processing your request', message, type));
}

/** Status codes of golden 5.1 to 5.3 and of golden-3.19, item 7. */
export function refused({ kind, message }: RefusedError, schema: Schema): Response {
  switch (kind) {
    case 'notFound':
      return empty(404);
    case 'gone':
      return empty(410);
    case 'invalid':
      return invalidArgument(message);
    case 'unknownEntity':
      return json(400, { Message: message });
    case 'notFailed':
    case 'notOver':
      return json(412, message);
    case 'exists':
      return schema === 4 ? json(409, { Message: message }) : internalError(message, ALREADY_EXISTS);
    case 'wrongState':
      return internalError(message, 'System.InvalidOperationException');
  }
}

export function exception(Message: string, ExceptionMessage: string, ExceptionType: string): object {
  return { Message, ExceptionMessage, ExceptionType, StackTrace: '' };
}
