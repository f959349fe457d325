import type { Json } from '../model/model.ts';
import { isList, isObject } from '../model/paths.ts';

/** Short ones are no secrets, and would be found in every word. */
const SHORTEST = 4;

/** Every text inside of a value. */
export function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) return value.flatMap((item) => textsIn(item));
  return isObject(value) ? Object.values(value).flatMap((item) => textsIn(item ?? null)) : [];
}

/** Takes secrets out of words, in whatever spelling a service may repeat them. */
export type Blot = (words: string) => string;

const MARK = '…';

export function blotOf(secrets: readonly string[]): Blot {
  const spelled = secrets.filter(({ length }) => length >= SHORTEST).flatMap((secret) => spellingsOf(secret));
  // What holds another one goes first, or its rest would stay.
  const all = [...new Set(spelled)].sort((a, b) => b.length - a.length);
  return (words) =>
    withoutCut(
      all.reduce((rest, secret) => rest.replaceAll(secret, MARK), words),
      all,
    );
}

/** As it is, in JSON, in a URL and in a form, in Base64; and each of these in JSON, once more and in ASCII. */
function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const inUrl = encodeURIComponent(secret);
  const plain = [
    secret,
    inUrl,
    encodeURIComponent(inUrl),
    inUrl.replaceAll('%20', '+'),
    new URLSearchParams([['', secret]]).toString().slice(1),
    bytes.toString('base64'),
    bytes.toString('base64').replaceAll('=', ''),
    bytes.toString('base64url'),
  ];
  const once = plain.flatMap((text) => inJson(text));
  return [...plain, ...once, ...once.flatMap((text) => inJson(text))];
}

function inJson(text: string): readonly string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = (pattern: RegExp): string => escaped.replaceAll(pattern, (unit) => escapeOf(unit));
  // .NET escapes these letters of ASCII as well.
  return [escaped, ascii(/[\u0080-\uFFFF]/g), ascii(/[\u0080-\uFFFF&+<>']/g)];
}

function escapeOf(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Words that were cut, which shows, may end in the middle of a secret there. */
function withoutCut(words: string, secrets: readonly string[]): string {
  const parts = words.split(MARK);
  const last = parts.length - 1;
  return parts.map((part, index) => (index === last ? part : withoutEnd(part, secrets))).join(MARK);
}

function withoutEnd(words: string, secrets: readonly string[]): string {
  const longest = Math.max(0, ...secrets.map((secret) => endingLength(words, secret)));
  return words.slice(0, words.length - longest);
}

/** How much of the end is the beginning of the secret. */
function endingLength(words: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, words.length); length >= SHORTEST; length -= 1) {
    if (words.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}

const WORDS: ReadonlySet<string> = new Set(['message', 'remedy', 'detail', 'silence']);

/** The same of all that is to be written down: whatever Azure says stands in messages and remedies. */
export function blottedWithin<T>(value: T, blot: Blot): T {
  return within(value, '', blot) as T;
}

/** What holds nothing of the kind stays the very same, so that nobody takes it for changed. */
function within(value: unknown, name: string, blot: Blot): unknown {
  if (typeof value === 'string') return WORDS.has(name) ? blot(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => within(item, name, blot));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const before = Object.entries(value);
  const after = before.map(([key, item]) => [key, within(item, key, blot)] as const);
  return after.every(([, item], index) => item === before[index]?.[1]) ? value : Object.fromEntries(after);
}
