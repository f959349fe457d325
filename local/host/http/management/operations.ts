import { RefusedError } from '../../hub/refusals.ts';
import { empty, json } from '../web/replies.ts';
import type { ManagementCall } from './call.ts';
import { rewritten } from './newtonsoft.ts';
import { ALREADY_EXISTS, ARGUMENT, exception, invalidJson } from './replies.ts';
import { startedReply } from './start.ts';

export function purgeOne({ client }: ManagementCall, id: string): Response {
  const instancesDeleted = client.purge(id);
  return instancesDeleted === 0 ? empty(404) : json(200, { instancesDeleted });
}

/** `POST instances/{id}/{operation}`: what a client asks of one instance. */
export async function operate(
  call: ManagementCall,
  id: string,
  { operation, argument }: { readonly operation: string; readonly argument: string | undefined },
): Promise<Response> {
  const { client, asked } = call;
  const reason = asked.text('reason');
  const name = operation.toLowerCase();
  if (name === 'raiseevent') return argument === undefined ? empty(404) : raiseEvent(call, id, argument);
  if (argument !== undefined) return empty(404);
  switch (name) {
    case 'terminate':
      client.terminate(id, reason);
      return empty(202);
    case 'suspend':
      client.suspend(id, reason);
      return empty(202);
    case 'resume':
      client.resume(id, reason);
      return empty(202);
    case 'rewind':
      return rewind(call, id, reason);
    case 'restart':
      return restart(call, id);
    default:
      return empty(404);
  }
}

async function raiseEvent({ client, request }: ManagementCall, id: string, name: string): Promise<Response> {
  client.checkRunning(id);
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    return json(400, { Message: 'Only application/json request content is supported' });
  }
  let input: string;
  try {
    input = rewritten(await request.text());
  } catch (error) {
    return invalidJson(error);
  }
  client.raiseEventWithJson(id, name, input);
  return empty(202);
}

/** From 3.x on an unknown id is answered with a text, whose `$` is a slip of the extension. */
function rewind({ client, schema }: ManagementCall, id: string, reason: string | undefined): Response {
  if (schema === 4 && client.status(id) === undefined) {
    return json(404, `No orchestration with instance ID "$${id}" found.`);
  }
  client.rewind(id, reason);
  return empty(202);
}

function restart(call: ManagementCall, id: string): Response {
  if (call.client.status(id) === undefined) {
    const reason =
      call.schema === 4
        ? `No instance with ID '${id}' was found. (Parameter 'instanceId')`
        : `An orchestrastion with the instanceId ${id} was not found.`;
    return json(
      400,
      exception('InstanceId does not match a valid orchestration instance.', reason, ARGUMENT),
    );
  }
  const withNewId = !call.asked.isFalse('restartWithNewInstanceId');
  try {
    return startedReply(call, call.client.restart(id, withNewId));
  } catch (error) {
    if (call.schema === 3 || !(error instanceof RefusedError) || error.kind !== 'exists') throw error;
    const text = 'A non-terminal instance with this instance ID already exists.';
    return json(409, exception(text, error.message, ALREADY_EXISTS));
  }
}
