import { entityInstanceId, entityOf, type EntityRef } from '../../durable/wire/entity-messages.ts';
import { parsedOrText } from '../../hub/status.ts';
import type { ManagementCall } from './call.ts';
import { readable } from './newtonsoft.ts';
import { pageOf } from './paging.ts';
import { empty, json } from '../web/replies.ts';

/** GET entities/{name}/{key} (golden 5.5). */
export function readEntity({ client, schema }: ManagementCall, name: string, key: string): Response {
  const state = client.entityState({ name, key });
  // From 3.x on one without any state counts as none (measured on 3.19.0).
  if (state === null && schema === 4) return empty(404);
  return state === undefined ? empty(404) : json(200, parsedOrText(state));
}

/** POST and DELETE entities/{name}/{key}: sent and forgotten; DELETE is the operation `delete` (golden 5.5). */
export async function signalEntity(
  { client, request, asked }: ManagementCall,
  entity: EntityRef,
): Promise<Response> {
  if (request.method === 'DELETE') {
    client.signalEntity(entity, 'delete');
    return empty(202);
  }
  const text = await request.text();
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const isJson = mediaType === undefined || mediaType === 'application/json';
  let input: string | undefined;
  try {
    if (text !== '') input = isJson ? readable(text) : JSON.stringify(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return json(400, { Message: `Could not parse JSON content: ${reason}` });
  }
  client.signalEntity(entity, asked.text('op') ?? '', input);
  return empty(202);
}

/**
 * GET entities/ and entities/{name} (golden 5.5). A page is cut before entities that do not exist are left out, so it
 * may be short; from 3.x on one that would be empty gives way to the next. With their states those that exist without
 * any are left out, too (measured on 3.19.0).
 */
export function listEntities(call: ManagementCall, name: string): Response {
  const { client, asked, schema } = call;
  const instanceIdPrefix = name === '' ? '@' : entityInstanceId({ name, key: '' });
  const changed = {
    updatedFrom: asked.time('lastOperationTimeFrom'),
    updatedTo: asked.time('lastOperationTimeTo'),
  };
  const withState = asked.isTrue('fetchState');
  return pageOf(call, client.list({ instanceIdPrefix, ...changed }), (status) => {
    const stored = entityOf(status.instanceId);
    if (stored === undefined) return [];
    const entityId = { name: stored.name.toLowerCase(), key: stored.key };
    const state = client.entityState(stored);
    if (state === undefined || (schema === 4 && withState && state === null)) return [];
    const lastOperationTime = client.createdAt(status.instanceId);
    return [{ entityId, lastOperationTime, state: withState ? parsedOrText(state) : null }];
  });
}
