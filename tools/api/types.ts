import type { ApiDocument, Content, Described } from '../../src/functions/api/document.ts';
import type { Schema } from '../../src/functions/api/schemas.ts';

const MADE = '// Made by npm run api -- --write from the schemas of the app; not to be edited by hand.';

/** The components and operations of the API as TypeScript. */
export function typesOf({ components, paths }: ApiDocument): string {
  const requests = new Set(operationsIn(paths).map(({ one }) => contentType(one.requestBody?.content ?? {})));
  const types = Object.entries(components.schemas).map(([name, schema]) => {
    return `export type ${name} = ${typeOf(schema, { indent: '', isSent: requests.has(name) })};`;
  });
  const operations = operationsIn(paths).map(
    ({ one }) =>
      `  readonly ${one.operationId}: { readonly given: ${givenOf(one)}; readonly answer: ${answerOf(one)} };`,
  );
  return [MADE, '', types.join('\n\n'), '', 'export interface Operations {', ...operations, '}', ''].join(
    '\n',
  );
}

/** Where each operation is found. */
export function operationsOf({ paths }: ApiDocument): string {
  const lines = operationsIn(paths).map(
    ({ method, path, one }) =>
      `  ${one.operationId}: { method: '${method.toUpperCase()}', path: '${path}' },`,
  );
  return [
    MADE,
    "import type { Operations } from './types.ts';",
    '',
    `export type Method = ${[...new Set(operationsIn(paths).map(({ method }) => `'${method.toUpperCase()}'`))].join(' | ')};`,
    '',
    'export const OPERATIONS: Readonly<',
    '  Record<keyof Operations, { readonly method: Method; readonly path: string }>',
    '> = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}

interface Found {
  readonly method: string;
  readonly path: string;
  readonly one: Described;
}

export function operationsIn(paths: ApiDocument['paths']): readonly Found[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ method, path, one })),
  );
}

function givenOf({ parameters, requestBody }: Described): string {
  const parts = (['path', 'query'] as const).flatMap((where) => {
    const found = parameters.filter((one) => one.in === where);
    if (found.length === 0) return [];
    const fields = found.map(({ name, required, schema }) => {
      const type = typeOf(schema, SENT);
      return required ? `readonly ${name}: ${type}` : `readonly ${name}?: ${type} | undefined`;
    });
    return [`readonly ${where}${where === 'path' ? '' : '?'}: { ${fields.join('; ')} }`];
  });
  if (requestBody !== undefined)
    parts.push(`readonly body${requestBody.required ? '' : '?'}: ${contentType(requestBody.content)}`);
  return parts.length === 0 ? 'Readonly<Record<never, never>>' : `{ ${parts.join('; ')} }`;
}

function answerOf({ responses }: Described): string {
  const [reply] = Object.entries(responses).flatMap(([status, one]) => (status.startsWith('2') ? [one] : []));
  return contentType(reply?.content ?? {});
}

function contentType(content: Content): string {
  const [found] = Object.values(content);
  return found === undefined ? 'unknown' : typeOf(found.schema, SENT);
}

interface Place {
  readonly indent: string;
  /** What is sent may hold undefined, which JSON leaves out, and lists of whoever sends it. */
  readonly isSent: boolean;
}

const SENT: Place = { indent: '', isSent: true };

function typeOf(schema: Schema, place: Place): string {
  const { $ref, anyOf, enum: values, type, items, properties, additionalProperties: others } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (values !== undefined) return values.map((one) => literal(one)).join(' | ');
  if (schema.const !== undefined) return literal(schema.const);
  if (anyOf !== undefined) return [...new Set(anyOf.map((one) => typeOf(one, place)))].join(' | ');
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one }, place)).join(' | ');
  if (properties !== undefined) return objectOf(schema, place);
  if (type === 'object')
    return `Readonly<Record<string, ${typeof others === 'object' ? typeOf(others, place) : 'unknown'}>>`;
  if (type === 'array') return listOf(items === undefined ? 'unknown' : typeOf(items, place), place);
  if (type === undefined) return 'unknown';
  return type === 'integer' ? 'number' : String(type);
}

function objectOf({ properties = {}, required = [] }: Schema, { indent, isSent }: Place): string {
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, field]) => {
    const { description, default: fallback, 'x-unit': unit } = field;
    const notes = [
      ...(unit === undefined ? [] : [`In ${unit}.`]),
      ...(fallback === undefined || typeof fallback === 'object'
        ? []
        : [`Default \`${JSON.stringify(fallback)}\`.`]),
    ];
    const says = [description ?? '', ...notes].join(' ').trim();
    const type = typeOf(field, { indent: inner, isSent });
    const declared = required.includes(name)
      ? `${name}: ${type}`
      : `${name}?: ${isSent ? `${type} | undefined` : type}`;
    return `${inner}/** ${says} */\n${inner}readonly ${declared};`;
  });
  return `{\n${fields.join('\n')}\n${indent}}`;
}

function listOf(type: string, { isSent }: Place): string {
  const list = type.includes(' | ') ? `(${type})[]` : `${type}[]`;
  return isSent ? `readonly ${list}` : list;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
