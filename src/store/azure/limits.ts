import type { DocumentRow } from '../port.ts';

/** Letters, digits, `-`, `_`, `.` and `:`: what neither a table's keys nor a query's literals need to escape. */
const KEY = /^[\w.:-]{1,255}$/;
const BLOB_NAME = /^[\w.:-]+(?:\/[\w.:-]+)*$/;

/** A document's JSON text in characters, which a table counts at two bytes each; an entity holds 1 MiB. */
const MAX_TEXT = 400_000;

export function checkKey(part: string): string {
  if (!KEY.test(part)) throw new RangeError(`"${part}" cannot be a document key`);
  return part;
}

export function checkBlobName(name: string): string {
  if (!BLOB_NAME.test(name) || name.length > 512) throw new RangeError(`"${name}" cannot be a blob's name`);
  return name;
}

/**
 * A value as the JSON text that is stored: in ASCII, so that it may be cut anywhere, and because Azurite breaks other
 * characters that fall between two chunks of a request.
 */
export function toText(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError('a document must be JSON data');
  const text = json.replaceAll(
    /[\u0080-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (text.length > MAX_TEXT) {
    throw new RangeError(`a document of ${text.length} characters is larger than the ${MAX_TEXT} allowed`);
  }
  return text;
}

/** Rows as they are stored; a row given twice counts once, with its last value. */
export function toTexts(rows: readonly DocumentRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ row, value }) => [checkKey(row), toText(value)]));
}
