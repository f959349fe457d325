/**
 * Reads a part of an answer; `undefined` where it is absent, null or, in a view that is just being made, of another shape.
 * By hand and not by a schema: a look at a thousand instances reads a hundred thousand parts.
 */
export type Reader<T> = (part: unknown) => T | undefined;

type Readers = Readonly<Record<string, Reader<unknown>>>;

type Parts<R extends Readers> = { readonly [Name in keyof R]: ReturnType<R[Name]> };

/** What a reader reads. */
export type Read<R extends Reader<unknown>> = Exclude<ReturnType<R>, undefined>;

export const text: Reader<string> = (part) => (typeof part === 'string' ? part : undefined);

export const number: Reader<number> = (part) => (typeof part === 'number' ? part : undefined);

export const flag: Reader<boolean> = (part) => (typeof part === 'boolean' ? part : undefined);

/** An object, of which only these parts are read. */
export function objectOf<R extends Readers>(readers: R): Reader<Parts<R>> {
  const named = Object.entries(readers);
  return (part) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return undefined;
    const given = part as Readonly<Record<string, unknown>>;
    const read: Record<string, unknown> = {};
    for (const [name, reader] of named) read[name] = reader(given[name]);
    return read as Parts<R>;
  };
}

/** A list whose items can all be read. */
export function listOf<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (part) => {
    if (!Array.isArray(part)) return undefined;
    const items: T[] = [];
    for (const item of part) {
      const read = reader(item);
      if (read === undefined) return undefined;
      items.push(read);
    }
    return items;
  };
}
