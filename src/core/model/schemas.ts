import { z } from 'zod';
import { CHANGE_CLASSES } from './change-class.ts';
import type { PropertyChange } from './delta.ts';
import type { Json } from './model.ts';

export const text = z.string();
export const texts = z.array(z.string());
export const count = z.int().nonnegative();
export const number = z.number();
/** ISO 8601, as the app writes it. */
export const time = z.string().meta({ format: 'date-time' });

/** May be left out; never there without a value. */
export const maybe = <T extends z.ZodType>(schema: T): z.ZodExactOptional<T> => z.exactOptional(schema);

/** Present only where it is so. */
export const flag = maybe(z.literal(true));

/** An error in the service's own words. */
export const error = z.strictObject({ code: text, message: text });

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/**
 * A schema of just this type. A schema that reads only a part of what the type allows would otherwise pass for one, and
 * refuse one day what the app itself has written.
 */
export function schemaOf<T>() {
  return <S extends z.ZodType<T>>(schema: S & (T extends Frozen<z.output<S>> ? S : never)): S => schema;
}

const json: z.ZodType<Json> = z.json();

/** One property before and after, as it is stored and told. */
export const propertyChange = schemaOf<PropertyChange>()(
  z.strictObject({
    path: text,
    before: json,
    after: json,
    class: z.enum(CHANGE_CLASSES),
    extension: maybe(text),
    isSecret: flag,
  }),
);
