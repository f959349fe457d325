import type { z } from 'zod';

/**
 * Version of all that is stored. A change that an older app cannot read raises it, and comes with a reader of before.
 * Since 2 what may hold secrets is encrypted.
 */
const FORMAT = 2;

/** What was stored is not what this app writes: a newer one has written it, or it is damaged. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

/** Data as they are stored: with the version of their format. */
export function seal<T extends object>(data: T): T & { readonly version: number } {
  return { version: FORMAT, ...data };
}

/**
 * Reads what was stored, named by `what`, after `reveal` has brought to light what of it is hidden; throws a FormatError
 * that says what is wrong with it, and where.
 */
export function unseal<T>(
  stored: unknown,
  schema: z.ZodType<T>,
  what: string,
  reveal: (data: Readonly<Record<string, unknown>>) => unknown = asItIs,
): T {
  if (!isSealed(stored)) throw new FormatError(`${what} names no version of its format`);
  const { version, ...data } = stored;
  // fence I24: what a newer app has written is not read
  if (version > FORMAT) {
    throw new FormatError(`${what} is stored in format ${version}, and this app reads 1 to ${FORMAT}`);
  }
  const read = schema.safeParse(reveal(data));
  if (read.success) return read.data;
  const problems = read.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new FormatError(`${what} cannot be read: ${problems.join('; ')}`);
}

function asItIs(data: unknown): unknown {
  return data;
}

/** The same of a text; what stands in it is in no error, since it may be a secret. */
export function unsealText<T>(text: string, schema: z.ZodType<T>, what: string): T {
  return unseal(parsed(text, what), schema, what);
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError(`${what} is no JSON`);
  }
}

/** By hand: a schema would copy all of it. */
function isSealed(stored: unknown): stored is { readonly version: number } {
  if (typeof stored !== 'object' || stored === null || !('version' in stored)) return false;
  return typeof stored.version === 'number' && Number.isSafeInteger(stored.version) && stored.version > 0;
}
