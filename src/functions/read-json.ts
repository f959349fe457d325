import { http } from '../core/messages/http.ts';
import type { HttpRequest } from '@azure/functions';
import type { FieldError } from '../core/spec/field-errors.ts';
import { invalidSpec, ProblemError } from './problem.ts';

const MAX_BODY_BYTES = 65_536;
/** Deeper than anybody's model or settings are, and far from where a reader that calls itself would give up. */
const MAX_DEPTH = 64;

/** The parsed body. `optional`: no body at all counts as an empty object. */
export async function readJson(request: HttpRequest, { optional = false } = {}): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0 && optional) return {};
  if (!isJsonInUtf8(request.headers.get('content-type') ?? '')) {
    const detail = http.wantsJson;
    throw new ProblemError({ status: 415, code: 'unsupportedMediaType', detail });
  }
  const body = parse(bytes);
  const unwanted = unwantedIn(body);
  if (unwanted.length > 0) throw invalidSpec(unwanted);
  return body;
}

async function readBytes(request: HttpRequest): Promise<ArrayBuffer> {
  if (isPacked(request.headers)) {
    const detail = http.wantsPlain;
    throw new ProblemError({ status: 415, code: 'unsupportedMediaType', detail });
  }
  const bytes = await request.arrayBuffer();
  // fence I17: a body that did not arrive is not taken for none
  if (bytes.byteLength === 0 && announcesBody(request.headers)) {
    throw new ProblemError({
      status: 411,
      code: 'lengthRequired',
      detail: http.noLength,
      remedy: http.noLengthRemedy,
    });
  }
  if (bytes.byteLength > MAX_BODY_BYTES) {
    const detail = http.tooLarge(bytes.byteLength, MAX_BODY_BYTES);
    throw new ProblemError({ status: 413, code: 'tooLarge', detail });
  }
  return bytes;
}

/**
 * The Functions host hands on no body that is sent in chunks, or of unknown length in HTTP/2, and an app must not take
 * that for none: `approve` without a body means the open gate, whichever the body had named.
 */
function announcesBody(headers: HttpRequest['headers']): boolean {
  const length = headers.get('content-length');
  if (headers.has('transfer-encoding')) return true;
  return length === null ? headers.has('content-type') : Number(length) !== 0;
}

function isPacked(headers: HttpRequest['headers']): boolean {
  const encoding = headers.get('content-encoding');
  return encoding !== null && encoding.trim().toLowerCase() !== 'identity';
}

function isJsonInUtf8(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charsets = parameters.flatMap(
    (parameter) => /^\s*charset\s*=\s*"?(.*?)"?\s*$/.exec(parameter)?.[1] ?? [],
  );
  return type.trim() === 'application/json' && charsets.every((name) => /^utf-?8$/.test(name));
}

function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    const message = http.notJson(whyNot(error));
    const errors = [{ path: '(body)', message }];
    throw new ProblemError({ status: 400, code: 'malformedJson', detail: message, errors });
  }
}

/** The parser's reason without the excerpt of the body that it quotes: there may be a password in it. */
function whyNot(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return reason.replace(/(?:, )?(?:\.\.\.)?".*$/s, '') || http.noValue;
}

/**
 * What no body may hold, wherever it stands: what is nested too deep, the name that leads to a prototype, which the
 * schemas would pass over in silence, and numbers that became others when they were read. Not recursive: a small body can be nested deeper than the stack is.
 */
function unwantedIn(body: unknown): readonly FieldError[] {
  const errors: FieldError[] = [];
  const open: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: body, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (isInexact(value)) errors.push({ path: path.join('.') || '(body)', message: http.inexact });
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= MAX_DEPTH) {
      errors.push({ path: path.join('.'), message: http.tooDeep(MAX_DEPTH) });
      continue;
    }
    for (const [name, item] of Object.entries(value)) {
      if (name === '__proto__') errors.push({ path: [...path, name].join('.'), message: http.unknownField });
      else open.push({ value: item, path: [...path, name] });
    }
  }
  return errors;
}

function isInexact(value: unknown): boolean {
  if (typeof value !== 'number') return false;
  return Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
}
