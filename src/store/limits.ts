import type { Change, DocumentRow } from './port.ts';

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
 * A value as JSON text in ASCII, so that it may be cut anywhere, and because Azurite breaks other characters that fall
 * between two chunks of a request.
 */
export function toAscii(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError('a document must be JSON data');
  return json.replaceAll(
    /[\u0080-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value as the text that is stored. */
export function toText(value: unknown): string {
  const text = toAscii(value);
  if (text.length > MAX_TEXT) {
    throw new RangeError(`a document of ${text.length} characters is larger than the ${MAX_TEXT} allowed`);
  }
  return text;
}

/** Rows as they are stored; a row given twice counts once, with its last value. */
export function toTexts(rows: readonly DocumentRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ row, value }) => [checkKey(row), toText(value)]));
}

/** What the service takes in one transaction: so many documents, and a body of 4 MiB. */
export const MOST_DOCUMENTS = 100;
export const MOST_BYTES = 3_500_000;

/** Each document adds headers and keys of its own to the body. */
const DOCUMENT_OVERHEAD_BYTES = 2_000;

/** What a document of this text adds to a transaction's body: its quotes and backslashes count twice there. */
export function bytesOf(text: string): number {
  return JSON.stringify(text).length + DOCUMENT_OVERHEAD_BYTES;
}

/** No document of this text adds more: it is ASCII without control characters, as `toText` makes it. */
function mostBytesOf(text: string): number {
  return 2 + 2 * text.length + DOCUMENT_OVERHEAD_BYTES;
}

interface Transaction {
  readonly head: string;
  /** By their rows. */
  readonly puts: ReadonlyMap<string, string>;
  readonly documents: number;
  /** Of its body; where that is far from the limit, a bound of them. */
  readonly bytes: number;
}

const measured = new WeakMap<Change, Transaction>();

/** The texts of a change's documents, and what they come to in a transaction; made once, whoever asks first. */
function measure(change: Change): Transaction {
  const known = measured.get(change) ?? measureNew(change);
  measured.set(change, known);
  return known;
}

function measureNew({ head, puts, removes }: Change): Transaction {
  const text = toText(head.value);
  const texts = toTexts(puts);
  const all = [text, ...texts.values()];
  const sumOf = (of: (one: string) => number): number =>
    all.reduce((sum, one) => sum + of(one), removes.length * DOCUMENT_OVERHEAD_BYTES);
  // Most are far from the limit, which a look at their lengths shows.
  const most = sumOf(mostBytesOf);
  const bytes = most <= MOST_BYTES ? most : sumOf(bytesOf);
  return { head: text, puts: texts, documents: 1 + puts.length + removes.length, bytes };
}

/** Whether a change can be one transaction. */
export function isWithinLimits(change: Change): boolean {
  const { documents, bytes } = measure(change);
  return documents <= MOST_DOCUMENTS && bytes <= MOST_BYTES;
}

/** The texts of a change's documents; throws a RangeError for one that cannot be one transaction. */
export function toTransaction(change: Change): Transaction {
  checkKey(change.partition);
  checkKey(change.head.row);
  for (const row of change.removes) checkKey(row);
  const transaction = measure(change);
  const { documents, bytes } = transaction;
  const rows = [change.head.row, ...change.puts.map(({ row }) => row), ...change.removes];
  if (new Set(rows).size < rows.length) throw new RangeError('a transaction names each document once');
  if (documents > MOST_DOCUMENTS) {
    throw new RangeError(
      `a transaction of ${documents} documents is larger than the ${MOST_DOCUMENTS} allowed`,
    );
  }
  if (bytes > MOST_BYTES) {
    throw new RangeError(`a transaction of ${bytes} bytes is larger than the ${MOST_BYTES} allowed`);
  }
  return transaction;
}
