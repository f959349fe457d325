import { Ajv2020 } from 'ajv/dist/2020.js';
import { apiDocument } from '../../src/functions/api/document.ts';
import type { Described } from '../../src/functions/api/document.ts';

export const DOCUMENT = apiDocument('test');

const ajv = new Ajv2020({ strict: true, allErrors: true, validateFormats: false, allowUnionTypes: true });
for (const name of ['x-unit', 'components']) ajv.addKeyword(name);
ajv.addSchema({ $id: '/api', components: DOCUMENT.components });

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
  if (described === undefined)
    return body === undefined || type.startsWith('text/') ? undefined : 'has a body';
  const [contentType, { schema }] = described;
  if (contentType !== '*/*' && type.split(';')[0] !== contentType)
    return `${operation.operationId} answers ${status} as ${type}, not ${contentType}`;
  if (schema.$ref === undefined) return undefined;
  const validate = ajv.getSchema(`/api${schema.$ref}`);
  if (validate === undefined) return `${schema.$ref} is not described`;
  return validate(body) === true ? undefined : `${schema.$ref}: ${ajv.errorsText(validate.errors)}`;
}

function operationOf(method: string, path: string): Described | undefined {
  const [bare = ''] = path.split('?');
  return OPERATIONS.find(
    ({ pattern, methods }) => pattern.test(bare) && methods[method.toLowerCase()] !== undefined,
  )?.methods[method.toLowerCase()];
}
