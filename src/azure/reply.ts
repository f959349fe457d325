import { z } from 'zod';
import { unsigned } from '../core/model/secrets.ts';

/** How one request ended: with an answer, whatever its status, or without any. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
      /** What the SDK has made of the text already, if that is JSON. */
      readonly parsed?: object;
    }
  | { readonly kind: 'none'; readonly message: string };

/** Nothing was put on the wire, for want of a token. */
export interface Unsent {
  readonly kind: 'unsent';
  readonly message: string;
}

export type Answer = Extract<Reply, { kind: 'answer' }>;

/** The part of the SDK's header collection that is read here. */
interface Headers {
  get(name: string): string | undefined;
}

/** The service's own words for why it refused or failed. */
export interface ServiceError {
  readonly code: string;
  readonly message: string;
}

/** Long enough for an error with some details, short enough for a record. */
const MAX_MESSAGE = 2_000;

const Words = z.object({ code: z.string().optional(), message: z.string().nullish() });
const WrappedError = z.object({ error: z.unknown() });
const ErrorBody = Words.extend({ details: z.array(Words).nullish().catch(undefined) });

/** The JSON of an answer; `undefined` when there is none or it cannot be read. */
export function jsonOf({ text, parsed }: Answer): unknown {
  if (parsed !== undefined) return parsed;
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function serviceErrorOf(answer: Answer): ServiceError | undefined {
  const wrapped = WrappedError.safeParse(jsonOf(answer));
  return wrapped.success ? readServiceError(wrapped.data.error) : undefined;
}

/** Reads `{ code, message, details }`; the details' words follow the message, since ARM often says why only there. */
export function readServiceError(error: unknown): ServiceError | undefined {
  const parsed = ErrorBody.safeParse(error);
  if (!parsed.success || parsed.data.code === undefined) return undefined;
  const { code, message, details } = parsed.data;
  const reasons = (details ?? [])
    .map((detail) => [detail.code, detail.message].filter(Boolean).join(': '))
    .filter((reason) => reason !== '' && !message?.includes(reason));
  // An extension that could not fetch its script names the URL, signature and all.
  const words = unsigned([message ?? code, ...reasons].join(' '));
  return { code, message: words.length <= MAX_MESSAGE ? words : `${words.slice(0, MAX_MESSAGE - 1)}…` };
}

/** Whole seconds, never fewer than the service asks for; it sends seconds, milliseconds or an HTTP date. */
export function retryAfterSeconds({ headers }: Answer, now: () => number): number | undefined {
  const milliseconds = headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms');
  if (milliseconds !== undefined && /^\d+$/.test(milliseconds))
    return Math.ceil(Number(milliseconds) / 1_000);
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  // Some send fractions, and none means before now.
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return Math.max(0, Math.ceil(Number(value)));
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now()) / 1_000));
}
