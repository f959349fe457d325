import type { Schema } from './schemas.ts';

/** A schema in a few letters, as TypeScript would write it; an object without a name of its own is `object`. */
export function nameOfType(schema: Schema): string {
  const { $ref, anyOf, type, items } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (anyOf !== undefined) return [...new Set(anyOf.map((one) => nameOfType(one)))].join(' | ');
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (type === undefined) return 'any';
  if (Array.isArray(type)) return type.join(' | ');
  if (type === 'array') return items === undefined ? 'any[]' : inList(nameOfType(items));
  return String(type);
}

function inList(name: string): string {
  return name.includes(' | ') ? `(${name})[]` : `${name}[]`;
}
