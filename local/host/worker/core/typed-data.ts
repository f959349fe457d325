import type { TypedData } from './types.ts';

/** JSON text of a function's result as the extension stores it; null for no value (golden 2.2). */
export function resultText(value: TypedData | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (value.string !== undefined) return JSON.stringify(value.string);
  if (value.json !== undefined) return value.json === 'null' ? null : value.json;
  if (value.int !== undefined) return JSON.stringify(value.int);
  if (value.double !== undefined) return JSON.stringify(value.double);
  if (value.bytes !== undefined) return JSON.stringify(Buffer.from(value.bytes).toString('base64'));
  return null;
}

/** The value of a `json` result; undefined for every other kind. */
export function jsonValue(value: TypedData | null | undefined): unknown {
  return value?.json === undefined ? undefined : (JSON.parse(value.json) as unknown);
}
