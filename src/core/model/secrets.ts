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

/** Words as they may be shown: of a signed URL all but the signature. */
export function unsigned(text: string): string {
  return text.replaceAll(/([?&](?:sig|sv|se|sp|sr|st)=)[^&#\s]*/gi, '$1…');
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
