import { apiWords, groupWords, operationWords } from '../../core/messages/api/operations.ts';
import { parameterWords, queryWords } from '../../core/messages/api/requests.ts';
import { OPERATIONS } from './operations.ts';
import type { Operation } from './operation.ts';
import { componentSchemas, fieldSchema } from './schemas.ts';
import type { Schema } from './schemas.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
}

export interface Content {
  readonly [type: string]: { readonly schema: Schema };
}

export interface Reply {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
  readonly content?: Content;
}

export interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Reply>>;
}

/** OpenAPI 3.1. */
export interface ApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly unknown[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

/** The whole API as a document, made from the table that its functions are registered by. */
export function apiDocument(version: string): ApiDocument {
  const { title, about: description, security } = apiWords;
  const paths: Record<string, Record<string, Described>> = {};
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const path = (paths[templateOf(operation)] ??= {});
    path[operation.method.toLowerCase()] = described(name, operation);
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description },
    servers: [{ url: '/api' }],
    security: [{ entra: [] }],
    tags: Object.values(groupWords).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        entra: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: security },
      },
      schemas: componentSchemas(),
    },
  };
}

/** The host takes all that is left as `{*path}`, which OpenAPI has no word for. */
function templateOf({ path }: Operation): string {
  return `/${path.replace('{*', '{')}`;
}

function described(name: string, operation: Operation): Described {
  const [summary = name, more] = operationWords[name] ?? [];
  const { body, mayBeEmpty } = operation;
  return {
    operationId: name,
    summary,
    ...(more !== undefined && { description: more }),
    tags: [groupWords[operation.group]],
    ...(operation.right === 'none' && { security: [] }),
    parameters: parametersOf(operation),
    ...(body !== undefined && {
      requestBody: { required: mayBeEmpty !== true, content: contentOf('application/json', body) },
    }),
    responses: responsesOf(operation),
  };
}

function parametersOf({ path, query, header }: Operation): readonly Parameter[] {
  const inPath = [...path.matchAll(/\{\*?(\w+)\}/g)].map(([, name = '']) => parameter('path', name));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    ...parameter('query', name),
    description: queryWords[name]?.[0] ?? '',
    schema: fieldSchema(schema as Parameters<typeof fieldSchema>[0], queryWords[name]),
  }));
  return [...inPath, ...inQuery, ...(header === undefined ? [] : [parameter('header', header)])];
}

function parameter(where: Parameter['in'], name: string): Parameter {
  const [description = '', example] = parameterWords[name] ?? [];
  const schema = { type: 'string', ...(example !== undefined && { examples: [example] }) };
  return { name, in: where, required: where === 'path', description, schema };
}

/** What any operation may say, whatever it is asked. */
const OF_ALL = [400, 503];

function responsesOf(operation: Operation): Readonly<Record<string, Reply>> {
  const { right, status, answer, media, header, method, problems = [] } = operation;
  const ofCallers = right === 'none' ? [403] : [401, 403];
  const ofBodies = method !== 'GET' ? [411, 413, 415, 429] : [];
  const statuses = [...new Set([...OF_ALL, ...ofCallers, ...ofBodies, ...problems])].sort((a, b) => a - b);
  return {
    [status]: {
      description: status === 202 ? apiWords.accepted : apiWords.done,
      ...headersOf(operation),
      ...(answer !== undefined && { content: contentOf('application/json', answer) }),
      ...(media !== undefined && { content: { [media]: { schema: {} } } }),
    },
    ...(header === 'If-None-Match' && { 304: { description: apiWords.unchanged } }),
    ...Object.fromEntries(
      statuses.map((one) => [
        one,
        { description: apiWords.problem, content: contentOf('application/problem+json', 'Problem') },
      ]),
    ),
  };
}

function headersOf({ status, header }: Operation): Pick<Reply, 'headers'> {
  const text = { type: 'string' };
  const headers = {
    ...(header === 'If-None-Match' && { ETag: { description: apiWords.etag, schema: text } }),
    ...(status === 202 && {
      Location: { description: apiWords.location, schema: text },
      'Retry-After': { description: apiWords.retryAfter, schema: { type: 'integer', 'x-unit': 'seconds' } },
    }),
  };
  return Object.keys(headers).length === 0 ? {} : { headers };
}

function contentOf(type: string, component: string): Content {
  return { [type]: { schema: { $ref: `#/components/schemas/${component}` } } };
}
