import type { HubClient } from '../client.ts';
import type { Schema } from '../durable/failure.ts';
import { RefusedError } from '../refusals.ts';
import type { HubAddress } from './binding.ts';
import { listEntities, readEntity, signalEntity } from './management-entities.ts';
import { readInstance, listInstances, purgeInstances } from './management-queries.ts';
import { startedReply, startOrchestration } from './management-start.ts';
import { decodeSegment } from './routes.ts';
import { ALREADY_EXISTS, ARGUMENT, empty, exception, invalidJson, json, refused } from './replies.ts';

export interface ManagementSettings {
  readonly client: HubClient;
  readonly address: () => HubAddress;
  readonly schema: Schema;
  /** Waits in real time; absent where time is virtual, and then nothing is waited for. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** One request of the management API. */
export interface ManagementCall extends ManagementSettings {
  readonly request: Request;
  readonly query: URLSearchParams;
}

const BASES = ['/runtime/webhooks/durabletask', '/durabletask'];

/** The management API (golden 5). Undefined when the path is none of its own. */
export async function manage(settings: ManagementSettings, request: Request): Promise<Response | undefined> {
  const url = new URL(request.url);
  const base = BASES.find((path) => url.pathname.toLowerCase().startsWith(`${path}/`));
  if (base === undefined) return undefined;
  const rest = url.pathname.slice(base.length + 1);
  // From 3.x on an encoded slash is a slash (golden-3.19, item 7).
  const path = (settings.schema === 4 ? rest.replaceAll(/%2f/gi, '/') : rest).split('/').map(decodeSegment);
  try {
    return await route({ ...settings, request, query: url.searchParams }, path);
  } catch (error) {
    if (error instanceof RefusedError) return refused(error, settings.schema);
    throw error;
  }
}

async function route(call: ManagementCall, path: readonly string[]): Promise<Response> {
  const [collection = '', id = '', operation, argument, ...rest] = path;
  if (rest.length > 0) return empty(404);
  const isBare = operation === undefined;
  switch (`${call.request.method} ${collection.toLowerCase()}`) {
    case 'POST orchestrators':
      return id === '' || argument !== undefined
        ? empty(404)
        : startOrchestration(call, id, operation === '' ? undefined : operation);
    case 'GET instances':
      return id === '' ? listInstances(call) : isBare ? readInstance(call, id) : empty(404);
    case 'DELETE instances':
      return id === '' ? purgeInstances(call) : isBare ? purgeOne(call, id) : empty(404);
    case 'POST instances':
      return isBare ? empty(404) : operate(call, id, { operation, argument });
    case 'GET entities':
      return argument !== undefined
        ? empty(404)
        : isBare
          ? listEntities(call, id)
          : readEntity(call, id, operation);
    case 'POST entities':
    case 'DELETE entities':
      return isBare || argument !== undefined ? empty(404) : signalEntity(call, { name: id, key: operation });
    case 'POST makeprimary':
      return empty(200);
    default:
      return empty(404);
  }
}

function purgeOne({ client }: ManagementCall, id: string): Response {
  const instancesDeleted = client.purge(id);
  return instancesDeleted === 0 ? empty(404) : json(200, { instancesDeleted });
}

async function operate(
  call: ManagementCall,
  id: string,
  { operation, argument }: { readonly operation: string; readonly argument: string | undefined },
): Promise<Response> {
  const { client, query } = call;
  const reason = query.get('reason') ?? undefined;
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
  let data: unknown;
  try {
    data = JSON.parse(await request.text());
  } catch (error) {
    return invalidJson(error);
  }
  client.raiseEvent(id, name, data);
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
  const withNewId = call.query.get('restartWithNewInstanceId')?.toLowerCase() !== 'false';
  try {
    return startedReply(call, call.client.restart(id, withNewId));
  } catch (error) {
    if (call.schema === 3 || !(error instanceof RefusedError) || error.kind !== 'exists') throw error;
    const text = 'A non-terminal instance with this instance ID already exists.';
    return json(409, exception(text, error.message, ALREADY_EXISTS));
  }
}
