import { ANSWERS } from '../../src/functions/api/components.ts';
import { apiDocument } from '../../src/functions/api/document.ts';
import type { Described } from '../../src/functions/api/document.ts';

export const DOCUMENT = apiDocument('test');

/** The operation that a path below `/api` asks for; what has a name of its own comes before what takes any. */
const OPERATIONS = Object.entries(DOCUMENT.paths)
  .map(([template, methods]) => ({
    pattern: new RegExp(
      `^${template
        .replaceAll('.', '\\.')
        .replace('{path}', '.*')
        .replaceAll(/\{\w+\}/g, '[^/]+')}$`,
    ),
    methods,
    places: template.split('{').length,
  }))
  .sort((a, b) => a.places - b.places);

export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

/** What is wrong with an answer by the API's own description; nothing where it is as described. */
export function undescribed(
  method: string,
  path: string,
  { status, type, body }: Answered,
): string | undefined {
  const operation = operationOf(method, path);
  // What no function answers is the host's own answer, of no type.
  if (status >= 400 && type === '' && body === undefined) return undefined;
  if (operation === undefined) return status === 404 || status === 405 ? undefined : 'no such operation';
  const reply = operation.responses[status];
  if (reply === undefined) return `${operation.operationId} knows no ${status}`;
  const [described] = Object.entries(reply.content ?? {});
  if (described === undefined) return body === undefined ? undefined : 'has a body';
  const [contentType, { schema }] = described;
  if (contentType !== '*/*' && type.split(';')[0] !== contentType)
    return `${operation.operationId} answers ${status} as ${type}, not ${contentType}`;
  return schema.$ref === undefined
    ? undefined
    : misfit(schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1), body);
}

/** By the schema that the description is made from; that both say the same is shown in test/functions/api.test.ts. */
function misfit(component: string, body: unknown): string | undefined {
  const schema = Object.entries(ANSWERS).find(([name]) => name === component)?.[1];
  if (schema === undefined) return `${component} is not described`;
  const read = schema.safeParse(body);
  if (read.success) return undefined;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return `${component}: ${wrong.join('; ')}`;
}

export function operationOf(method: string, path: string): Described | undefined {
  const [bare = ''] = path.split('?');
  return OPERATIONS.find(
    ({ pattern, methods }) => pattern.test(bare) && methods[method.toLowerCase()] !== undefined,
  )?.methods[method.toLowerCase()];
}
