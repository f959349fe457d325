export type Fields = Readonly<Record<string, unknown>>;

/** The value, if it is one object. */
export function fieldsOf(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined;
}

/** Without the fields nobody gave; nothing at all when none was given. */
export function defined(fields: Fields): Fields | undefined {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** The upper fields laid over the lower ones, object by object. */
export function overlay(below: Fields, above: Fields): Fields {
  const merged = Object.entries(above).map(([key, value]) => {
    const under = below[key];
    return [key, isFields(under) && isFields(value) ? overlay(under, value) : value];
  });
  return { ...below, ...Object.fromEntries(merged) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
