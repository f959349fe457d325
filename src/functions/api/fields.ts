import type { Schema } from './schemas.ts';

interface Field {
  readonly path: string;
  readonly field: Schema;
  readonly isRequired: boolean;
}

/** All fields of a schema that are described in it, in order. */
export function fieldsOf(schema: Schema, above = ''): readonly Field[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${above}${name}`;
    const isRequired = schema.required?.includes(name) === true;
    return [{ path, field, isRequired }, ...fieldsOf(field, `${path}.`)];
  });
  const inner = [...(schema.items === undefined ? [] : [schema.items]), ...(schema.anyOf ?? [])];
  const all = [...own, ...inner.flatMap((one) => fieldsOf(one, above))];
  return all.filter(({ path }, index) => all.findIndex((one) => one.path === path) === index);
}
