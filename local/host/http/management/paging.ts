import type { Schema } from '../../durable/wire/failure.ts';
import type { InstanceStatus } from '../../hub/status.ts';
import type { ManagementCall } from './call.ts';
import { json } from '../web/replies.ts';
import { internalError, invalidArgument } from './replies.ts';

const TOKEN_HEADER = 'x-ms-continuation-token';
const PAGE = 100;

/** One page of a listing; `show` may leave entries out without the page being filled up (golden 5.5). */
export function pageOf(
  { request, asked, schema }: ManagementCall,
  found: readonly InstanceStatus[],
  show: (status: InstanceStatus) => readonly object[],
): Response {
  const top = wholeNumber(asked.text('top')) ?? PAGE;
  if (top < 0 && schema === 4) return internalError(STORAGE_REFUSES, STORAGE_ERROR);
  if (top < 0 || (schema === 3 && top === 0))
    return invalidArgument('Take count must be positive and greater than 0.');
  const token = request.headers.get(TOKEN_HEADER) ?? '';
  const from = token === '' ? '' : readToken(token, schema);
  if (from === undefined) {
    return internalError(
      'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding ' +
        'characters, or an illegal character among the padding characters.',
      'System.FormatException',
    );
  }
  const rest = found.filter((status) => status.instanceId >= from);
  const pages = Array.from(
    { length: top === 0 ? 1 : Math.max(1, Math.ceil(rest.length / top)) },
    (_, page) => ({
      shown: rest.slice(page * top, (page + 1) * top).flatMap(show),
      next: rest[(page + 1) * top]?.instanceId,
    }),
  );
  const isPage = (one: { readonly shown: readonly object[] }): boolean => one.shown.length > 0;
  const page = schema === 4 ? (pages.find(isPage) ?? pages.at(-1)) : pages[0];
  const { shown = [], next } = page ?? {};
  return json(200, shown, { [TOKEN_HEADER]: next === undefined ? '' : writeToken(next, schema) });
}

const STORAGE_REFUSES = 'An error occurred while communicating with Azure Storage';
const STORAGE_ERROR = 'DurableTask.AzureStorage.Storage.DurableTaskStorageException';

/** Undefined for what is no number. */
function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : undefined;
}

/** Up to 2.13.7 an object, from 3.x on the id itself, and then no token is a bad one (golden-3.19, item 7). */
function writeToken(next: string, schema: Schema): string {
  return Buffer.from(schema === 4 ? next : JSON.stringify({ next })).toString('base64');
}

function readToken(token: string, schema: Schema): string | undefined {
  if (schema === 4) return Buffer.from(token, 'base64').toString();
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    const next = typeof parsed === 'object' && parsed !== null && 'next' in parsed ? parsed.next : undefined;
    return typeof next === 'string' ? next : undefined;
  } catch {
    return undefined;
  }
}
