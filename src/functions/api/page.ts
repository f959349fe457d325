import { apiWords } from '../../core/messages/api/operations.ts';
import type { ApiDocument, Content, Described, Parameter } from './document.ts';
import { fieldsOf } from './fields.ts';
import { nameOfType } from './type-names.ts';
import type { Schema } from './schemas.ts';

export const PAGE_TYPE = 'text/html; charset=utf-8';

export const PAGE_STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
code{font:.9em ui-monospace,monospace}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
td,th{border-bottom:1px solid #8884;padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
h3{margin-top:2rem;border-top:1px solid #8884;padding-top:1rem}
nav ul{columns:18rem;padding-left:1rem}
:target{background:#fe82}`;

/** Text as HTML shows it. */
function safe(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": '#39',
  };
  return text.replaceAll(/[&<>"']/g, (sign) => `&${names[sign] ?? ''};`);
}

/** Words, with what stands between backticks as code. */
function prose(text: string): string {
  return safe(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

/** The document as a page of its own, without a script or anything from elsewhere. */
export function apiPage(document: ApiDocument): string {
  const { info, paths, tags, components } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ method: method.toUpperCase(), path, ...one })),
  );
  const groups = tags.map(({ name }) => ({
    name,
    found: operations.filter((one) => one.tags.includes(name)),
  }));
  return [
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${safe(info.title)}</title><style>${PAGE_STYLE}</style>`,
    `<h1>${safe(info.title)} ${safe(info.version)}</h1><p>${prose(info.description)}</p>`,
    `<nav><ul>${operations.map((one) => `<li><a href="#${one.operationId}">${safe(one.summary)}</a>`).join('')}</ul></nav>`,
    ...groups.flatMap(({ name, found }) => [`<h2>${safe(name)}</h2>`, ...found.map((one) => section(one))]),
    `<h2>${apiWords.page}</h2>`,
    ...Object.entries(components.schemas).map(
      ([name, schema]) => `<h3 id="${name}">${name}</h3>${fieldsTable(schema)}`,
    ),
    '</html>',
  ].join('\n');
}

function section(one: Described & { readonly method: string; readonly path: string }): string {
  const { operationId, summary, description = '', parameters, requestBody, responses } = one;
  const replies = Object.entries(responses).map(([status, reply]) => [
    status,
    `${prose(reply.description)} ${typeIn(reply.content)}`,
  ]);
  return [
    `<h3 id="${operationId}">${safe(summary)}</h3>`,
    `<p><code>${one.method} /api${safe(one.path)}</code></p><p>${prose(description)}</p>`,
    parameters.length === 0 ? '' : table(parameters.map((parameter) => parameterRow(parameter))),
    requestBody === undefined ? '' : `<p>${typeIn(requestBody.content)}</p>`,
    table(replies),
  ].join('');
}

function parameterRow({ name, in: where, description, schema }: Parameter): readonly string[] {
  return [`<code>${name}</code>`, where, linked(schema), prose(description), value(schema)];
}

function typeIn(content: Content | undefined): string {
  const [found] = Object.values(content ?? {});
  return found === undefined ? '' : linked(found.schema);
}

/** A row for each field, those of inner objects by their path. */
function fieldsTable(schema: Schema): string {
  return table(
    fieldsOf(schema).map(({ path, field, isRequired }) => [
      `<code>${safe(path)}</code>${isRequired ? '' : '?'}`,
      linked(field),
      prose(field.description ?? ''),
      value(field),
    ]),
  );
}

function linked(schema: Schema): string {
  const unit = schema['x-unit'] === undefined ? '' : `, ${schema['x-unit']}`;
  const name = safe(nameOfType(schema)).replaceAll(
    /(?<!&quot;)\b[A-Z]\w+/g,
    (component) => `<a href="#${component}">${component}</a>`,
  );
  return `<code>${name}</code>${unit}`;
}

/** Its default, else how it may look. */
function value({ default: fallback, examples: [example] = [] }: Schema): string {
  if (fallback !== undefined && typeof fallback !== 'object')
    return `<code>${safe(JSON.stringify(fallback))}</code> *`;
  return example === undefined ? '' : `<code>${safe(JSON.stringify(example))}</code>`;
}

function table(rows: readonly (readonly string[])[]): string {
  return `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}`).join('')}`).join('')}</table>`;
}
