import { isTerminal, type RuntimeStatus } from '../../durable/wire/history.ts';
import type { InstanceFilter } from '../../hub/status.ts';
import { duplicateKey, historyView } from './history-view.ts';
import type { ManagementCall } from './call.ts';
import { pageOf } from './paging.ts';
import { empty, json } from '../web/replies.ts';
import { invalidArgument } from './replies.ts';

/** GET instances/{id} (golden 5.6). */
export function readInstance({ client, request, query, schema }: ManagementCall, id: string): Response {
  const status = client.status(id);
  if (status === undefined) return empty(404);
  const history = isTrue(query, 'showHistory') ? client.history(id) : undefined;
  const twice = history === undefined ? undefined : duplicateKey(history);
  if (twice !== undefined) {
    return invalidArgument(`An item with the same key has already been added. Key: ${twice}`);
  }
  const body = {
    ...status,
    ...(query.get('showInput')?.toLowerCase() === 'false' ? { input: null } : {}),
    ...(history === undefined || history.length === 0
      ? {}
      : { historyEvents: historyView(history, { schema, showOutput: isTrue(query, 'showHistoryOutput') }) }),
  };
  if (!isTerminal(status.runtimeStatus))
    return json(202, body, { location: request.url, 'retry-after': '5' });
  const isError = status.runtimeStatus === 'Failed' && isTrue(query, 'returnInternalServerErrorOnFailure');
  return json(isError ? 500 : 200, body);
}

/** GET instances/ (golden 5.5). */
export function listInstances(call: ManagementCall): Response {
  return pageOf(call, call.client.list(filterOf(call.query)), (status) => [status]);
}

/** DELETE instances/: without a status everything in the range goes, running instances included (golden 5.4). */
export function purgeInstances({ client, query }: ManagementCall): Response {
  const filter = filterOf(query);
  if (filter.createdFrom === undefined) {
    return json(400, "Please provide value for 'createdTimeFrom' parameter.");
  }
  const instancesDeleted = client.purgeBy(filter);
  return instancesDeleted === 0 ? empty(404) : json(200, { instancesDeleted });
}

const STATUSES = [
  'Pending',
  'Running',
  'Suspended',
  'Completed',
  'Failed',
  'Terminated',
] as const satisfies readonly RuntimeStatus[];

/** What cannot be understood is left out. */
function filterOf(query: URLSearchParams): InstanceFilter {
  const asked = (query.get('runtimeStatus') ?? '').toLowerCase().split(',');
  return {
    runtimeStatus: STATUSES.filter((status) => asked.includes(status.toLowerCase())),
    createdFrom: time(query.get('createdTimeFrom')),
    createdTo: time(query.get('createdTimeTo')),
    instanceIdPrefix: query.get('instanceIdPrefix') ?? undefined,
  };
}

function time(text: string | null): number | undefined {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function isTrue(query: URLSearchParams, name: string): boolean {
  return query.get(name)?.toLowerCase() === 'true';
}
