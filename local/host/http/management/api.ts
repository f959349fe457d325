import { RefusedError } from '../../hub/refusals.ts';
import { empty } from '../web/replies.ts';
import { decodeSegment } from '../web/routes.ts';
import { askedIn } from './asked.ts';
import type { ManagementCall, ManagementSettings } from './call.ts';
import { listEntities, readEntity, signalEntity } from './entities.ts';
import { operate, purgeOne } from './operations.ts';
import { listInstances, purgeInstances, readInstance } from './queries.ts';
import { refused } from './replies.ts';
import { startOrchestration } from './start.ts';

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
    return await route({ ...settings, request, asked: askedIn(url.searchParams) }, path);
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
