import { azure } from '../core/messages/azure.ts';
import type { Connections } from './connection.ts';
import { isOnEndpoint } from './endpoint.ts';
import { toRead } from './outcomes.ts';
import type { Read } from './port.ts';
import { jsonOf } from './reply.ts';
import type { Answer, Reply } from './reply.ts';

/** The longest list, of a scale set's instances, has far fewer pages; a service that links on for ever ends here. */
const MAX_PAGES = 1_000;

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextLink?: string;
}

interface List<T> {
  /** Whose way to the service is taken. */
  readonly subscriptionId: string;
  readonly first: () => Promise<Reply>;
  /** `undefined` for a body of another shape. */
  readonly readPage: (body: unknown) => Page<T> | undefined;
  /** Told of each answer, a page's or a refusal; seconds until the service grants the next page. */
  readonly onAnswer?: (answer: Answer) => number;
  /** Told of a list that was read to its end, of how many pages it was. */
  readonly onEnd?: (pages: number) => void;
}

/** Reads a list to its end. The client itself would follow a next link to any host, without a time limit. */
export async function readPages<T>(
  connections: Connections,
  { subscriptionId, first, readPage, onAnswer, onEnd }: List<T>,
  now: () => number,
): Promise<Read<readonly T[]>> {
  const found: T[] = [];
  let reply = await first();
  for (let pages = 1; ; pages += 1) {
    const seconds = (reply.kind === 'answer' ? onAnswer?.(reply) : undefined) ?? 0;
    const read = toRead(reply, now, (answer) => readPage(jsonOf(answer)));
    if (read.kind !== 'ok') return read;
    found.push(...read.value.items);
    const { nextLink } = read.value;
    if (nextLink === undefined) {
      onEnd?.(pages);
      return { kind: 'ok', value: found };
    }
    if (!isOnEndpoint(nextLink, connections.endpoint)) return FOREIGN_PAGE;
    if (pages === MAX_PAGES) return ENDLESS_LIST;
    // The service would refuse it: nobody has to ask to learn that.
    if (seconds > 0) return { kind: 'throttled', retryAfterSeconds: seconds, isForecast: true };
    reply = await connections.to(subscriptionId).send({ url: nextLink });
  }
}

const FOREIGN_PAGE = {
  kind: 'refused',
  status: 0,
  code: 'ForeignNextLink',
  message: azure.pageElsewhere,
} as const;

const ENDLESS_LIST = {
  kind: 'unreachable',
  message: azure.endlessList(MAX_PAGES),
} as const;

/** A page's link as the service sends it: absent, null or empty on the last one. */
export function linkOf(nextLink: string | null | undefined): { readonly nextLink?: string } {
  return nextLink === undefined || nextLink === null || nextLink === '' ? {} : { nextLink };
}
