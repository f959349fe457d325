import { z } from 'zod';
import { ACTION_NAMES } from '../../core/actions/table.ts';

export const text = z.string();
export const texts = z.array(z.string());
export const count = z.int().nonnegative();
export const number = z.number();
export const flag = z.boolean();
export const time = z.string().meta({ format: 'date-time' });
/** JSON as somebody has written it, or Azure shows it. */
export const json = z.unknown();

/** May be left out; never there without a value. */
export const maybe = <T extends z.ZodType>(schema: T): z.ZodExactOptional<T> => z.exactOptional(schema);

/** Always there, `null` where there is none. */
export const orNull = <T extends z.ZodType>(schema: T): z.ZodNullable<T> => z.nullable(schema);

export const action = z.enum(ACTION_NAMES);

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** What a handler answers with: no more and no less than its schema says. */
export type Answer<S extends z.ZodType> = Frozen<z.output<S>>;
