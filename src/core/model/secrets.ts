import type { Json } from './model.ts';
import { isList, isObject } from './paths.ts';

/** Fields that ARM takes and never shows again, and other places where keys are kept; names in lower case. */
const SECRET_NAMES = new Set([
  'adminpassword',
  'customdata',
  'protectedsettings',
  'protectedsettingsfromkeyvault',
  'userdata',
  'password',
  'secret',
  'certificates',
  'unattendcontent',
  'additionalunattendcontent',
]);

/**
 * The first name in a path or a value that carries a secret, as it was written; such a change could neither be kept
 * in the records nor undone, because nobody can read what was there before.
 */
export function secretIn(path: string, value: Json): string | undefined {
  const named = path.split(/[.[\]=]+/).find((name) => isSecretName(name));
  return named ?? secretInside(value);
}

/** Under each spelling that ARM or az would take for it. */
function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name.replaceAll('_', '').toLowerCase());
}

/** The one among them that Azure shows to whoever asks for it. */
export function isUserData(name: string): boolean {
  return name.replaceAll('_', '').toLowerCase() === 'userdata';
}

function secretInside(value: Json): string | undefined {
  if (isList(value)) return firstOf(value.map((item) => secretInside(item)));
  if (!isObject(value)) return undefined;
  const named = Object.keys(value).find((name) => isSecretName(name));
  return named ?? firstOf(Object.values(value).map((item) => secretInside(item)));
}

function firstOf(found: readonly (string | undefined)[]): string | undefined {
  return found.find((name) => name !== undefined);
}

/** What opens something is known by its look: of signed URLs and connection strings the values, and whole tokens. */
const OPENING: readonly (readonly [RegExp, string])[] = [
  [/((?:[?&]|&amp;|\\u0026)(?:sig|sv|se|sp|sr|st)=)(?:(?!&amp;|\\u0026)[^&#\s"])*/gi, '$1…'],
  [/\b((?:AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd)=)[^;\s"']+/gi, '$1…'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '…'],
];

/** Words as they may be shown: without what opens something. */
export function unsigned(text: string): string {
  // Most words have no sign of it, and many are read.
  if (!text.includes('=') && !text.includes('eyJ')) return text;
  return OPENING.reduce((words, [pattern, instead]) => words.replaceAll(pattern, instead), text);
}

const SIGNATURE = /[?&]sig=([^&#\s]+)/gi;

/** Texts inside of a value that are not shown: keys by their names, and signatures of URLs. */
export function hiddenTexts(value: Json): readonly string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(SIGNATURE)].flatMap(([, signature = '']) => [signature, decoded(signature)]);
  }
  if (isList(value)) return value.flatMap((item) => hiddenTexts(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    if (typeof item === 'string' && (OPENS.test(name) || isSecretName(name))) return [item];
    return hiddenTexts(item ?? null);
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names of what opens something, as people write them into an extension's settings; no public key does. */
const OPENS = /(?<!public_?)(?:key|password|passwd|pwd|secret|token|credentials?|connection_?string)$/i;

/** Stands where something is not shown. */
const HIDDEN = '(hidden)';

/** A value as it may be shown: without keys, and without the signature of a signed URL. */
export function shown(value: Json): Json {
  if (typeof value === 'string') return unsigned(value);
  if (isList(value)) return value.map((item) => shown(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shownAs(name, item ?? null)]));
}

function shownAs(name: string, value: Json): Json {
  const isHidden = isSecretName(name) || (typeof value === 'string' && value !== '' && OPENS.test(name));
  return isHidden ? HIDDEN : shown(value);
}

/** Words in which what runs in an instance, or failed there, may repeat what it was given; nobody can tell by then. */
const SAID_BY: ReadonlySet<string> = new Set(['extensions', 'extensionHandlers']);

/** A view of Azure as it may be shown: without what extensions and errors say. */
export function shownView(view: Json, isSaid = false): Json {
  if (isList(view)) return view.map((item) => shownView(item, isSaid));
  if (!isObject(view)) return shown(view);
  const isError = isSaid || view['level'] === 'Error';
  return Object.fromEntries(
    Object.entries(view).map(([name, item]) => {
      if (name === 'message' && typeof item === 'string' && isError) return [name, HIDDEN];
      const shownItem = isObject(item ?? null) || isList(item ?? null);
      return [
        name,
        shownItem ? shownView(item ?? null, isSaid || SAID_BY.has(name)) : shownAs(name, item ?? null),
      ];
    }),
  );
}
