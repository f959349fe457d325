import { entityInstanceId, entityOf, type EntityRef } from '../../durable/wire/entity-messages.ts';
import { parsedOrText } from '../../hub/status.ts';
import type { ManagementCall } from './call.ts';
import { pageOf } from './paging.ts';
import { empty, json } from '../web/replies.ts';

/** GET entities/{name}/{key} (golden 5.5). */
export function readEntity({ client }: ManagementCall, name: string, key: string): Response {
  const state = client.entityState({ name, key });
  return state === undefined ? empty(404) : json(200, parsedOrText(state));
}

/** POST and DELETE entities/{name}/{key}: sent and forgotten; DELETE is the operation `delete` (golden 5.5). */
export async function signalEntity(
  { client, request, query }: ManagementCall,
  entity: EntityRef,
): Promise<Response> {
  if (request.method === 'DELETE') {
    client.signalEntity(entity, 'delete');
    return empty(202);
  }
  const text = await request.text();
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const isJson = mediaType === undefined || mediaType === 'application/json';
  try {
    if (isJson && text !== '') JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return json(400, { Message: `Could not parse JSON content: ${reason}` });
  }
  const input = text === '' ? undefined : isJson ? text : JSON.stringify(text);
  client.signalEntity(entity, query.get('op') ?? '', input);
  return empty(202);
}

/**
 * GET entities/ and entities/{name} (golden 5.5). A page is cut before entities that do not exist are left out, so it
 * may be short.
 */
export function listEntities(call: ManagementCall, name: string): Response {
  const { client, query } = call;
  const instanceIdPrefix = name === '' ? '@' : entityInstanceId({ name, key: '' });
  const changed = {
    updatedFrom: time(query.get('lastOperationTimeFrom')),
    updatedTo: time(query.get('lastOperationTimeTo')),
  };
  const withState = query.get('fetchState')?.toLowerCase() === 'true';
  return pageOf(call, client.list({ instanceIdPrefix, ...changed }), (status) => {
    const stored = entityOf(status.instanceId);
    if (stored === undefined) return [];
    const entityId = { name: stored.name.toLowerCase(), key: stored.key };
    const state = client.entityState(stored);
    if (state === undefined) return [];
    const lastOperationTime = status.lastUpdatedTime;
    return [{ entityId, lastOperationTime, state: withState ? parsedOrText(state) : null }];
  });
}

function time(text: string | null): number | undefined {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
