import { isTerminal, type RuntimeStatus } from '../durable/history.ts';
import type { InstanceFilter } from '../status.ts';
import { historyView } from './history-view.ts';
import type { ManagementCall } from './management.ts';
import { empty, internalError, invalidArgument, json } from './replies.ts';

/** GET instances/{id} (golden 5.6). */
export function readInstance({ client, request, query }: ManagementCall, id: string): Response {
  const status = client.status(id);
  if (status === undefined) return empty(404);
  const body = {
    ...status,
    ...(query.get('showInput')?.toLowerCase() === 'false' ? { input: null } : {}),
    ...(isTrue(query, 'showHistory')
      ? { historyEvents: historyView(client.history(id), isTrue(query, 'showHistoryOutput')) }
      : {}),
  };
  if (!isTerminal(status.runtimeStatus))
    return json(202, body, { location: request.url, 'retry-after': '5' });
  const isError = status.runtimeStatus === 'Failed' && isTrue(query, 'returnInternalServerErrorOnFailure');
  return json(isError ? 500 : 200, body);
}

const TOKEN_HEADER = 'x-ms-continuation-token';
const PAGE = 100;

/** GET instances/ (golden 5.5). */
export function listInstances({ client, request, query }: ManagementCall): Response {
  const top = query.get('top') === null ? PAGE : Number(query.get('top'));
  if (Number.isNaN(top) || top <= 0)
    return invalidArgument('Take count must be positive and greater than 0.');
  const token = request.headers.get(TOKEN_HEADER) ?? '';
  const from = token === '' ? '' : readToken(token);
  if (from === undefined) {
    return internalError('The input is not a valid Base-64 string.', 'System.FormatException');
  }
  const filter = filterOf(query);
  const rest = client.list(filter).filter((status) => status.instanceId >= from);
  const next = rest[top]?.instanceId;
  return json(200, rest.slice(0, top), { [TOKEN_HEADER]: next === undefined ? '' : writeToken(next) });
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

function writeToken(next: string): string {
  return Buffer.from(JSON.stringify({ next })).toString('base64');
}

function readToken(token: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    const next = typeof parsed === 'object' && parsed !== null && 'next' in parsed ? parsed.next : undefined;
    return typeof next === 'string' ? next : undefined;
  } catch {
    return undefined;
  }
}
