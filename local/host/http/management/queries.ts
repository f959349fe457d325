import { isTerminal } from '../../durable/wire/runtime-status.ts';
import type { InstanceFilter } from '../../hub/status.ts';
import { duplicateKey, historyView } from './history-view.ts';
import type { Asked } from './asked.ts';
import type { ManagementCall } from './call.ts';
import { pageOf } from './paging.ts';
import { empty, json } from '../web/replies.ts';
import { invalidArgument } from './replies.ts';

/** GET instances/{id} (golden 5.6). */
export function readInstance({ client, request, asked, schema }: ManagementCall, id: string): Response {
  const status = client.status(id);
  if (status === undefined) return empty(404);
  const history = asked.isTrue('showHistory') ? client.history(id) : undefined;
  const twice = history === undefined ? undefined : duplicateKey(history);
  if (twice !== undefined) {
    return invalidArgument(`An item with the same key has already been added. Key: ${twice}`);
  }
  const body = {
    ...status,
    ...(asked.isFalse('showInput') ? { input: null } : {}),
    ...(history === undefined || history.length === 0
      ? {}
      : { historyEvents: historyView(history, { schema, showOutput: asked.isTrue('showHistoryOutput') }) }),
  };
  if (!isTerminal(status.runtimeStatus))
    return json(202, body, { location: request.url, 'retry-after': '5' });
  const isError = status.runtimeStatus === 'Failed' && asked.isTrue('returnInternalServerErrorOnFailure');
  return json(isError ? 500 : 200, body);
}

/** GET instances/ (golden 5.5). */
export function listInstances(call: ManagementCall): Response {
  const shown = call.asked.isFalse('showInput') ? { input: null } : {};
  return pageOf(call, call.client.list(filterOf(call.asked)), (status) => [{ ...status, ...shown }]);
}

/** DELETE instances/: without a status everything in the range goes, running instances included (golden 5.4). */
export function purgeInstances({ client, asked }: ManagementCall): Response {
  const filter = filterOf(asked);
  if (filter.createdFrom === undefined) {
    return json(400, "Please provide value for 'createdTimeFrom' parameter.");
  }
  const instancesDeleted = client.purgeBy(filter);
  return instancesDeleted === 0 ? empty(404) : json(200, { instancesDeleted });
}

/** The extension's own list, by its numbers; three of them no instance has. */
const STATUSES = [
  'Running',
  'Completed',
  'ContinuedAsNew',
  'Failed',
  'Canceled',
  'Terminated',
  'Pending',
  'Suspended',
] as const;

/** What cannot be understood is left out. */
function filterOf(asked: Asked): InstanceFilter {
  const words = (asked.text('runtimeStatus') ?? '').split(',').map((word) => word.trim().toLowerCase());
  return {
    runtimeStatus: words.flatMap(
      (word) =>
        STATUSES.find((status, number) => [status.toLowerCase(), String(number)].includes(word)) ?? [],
    ),
    createdFrom: asked.time('createdTimeFrom'),
    createdTo: asked.time('createdTimeTo'),
    instanceIdPrefix: asked.text('instanceIdPrefix'),
  };
}
