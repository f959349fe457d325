import { z } from 'zod';

export const bool = z.boolean();
/** JSON as somebody has written it, or Azure shows it. */
export const json = z.unknown();

/** Always there, `null` where there is none. */
export const orNull = <T extends z.ZodType>(schema: T): z.ZodNullable<T> => z.nullable(schema);

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** What a handler answers with: no more and no less than its schema says. */
export type Answer<S extends z.ZodType> = Frozen<z.output<S>>;
