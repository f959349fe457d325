import type { ApiDocument, Content, Described } from '../../src/functions/api/document.ts';
import { fieldsOf } from '../../src/functions/api/fields.ts';
import type { Schema } from '../../src/functions/api/schemas.ts';
import { nameOfType } from '../../src/functions/api/type-names.ts';
import { operationsIn } from './types.ts';

export const BEGIN = '<!-- made by npm run api -- --write from here on -->';

/** The document as the last part of docs/API.md. */
export function referenceOf(document: ApiDocument): string {
  const { paths, tags, components } = document;
  const operations = operationsIn(paths);
  const groups = tags.map(({ name }) => {
    const rows = operations
      .filter(({ one }) => one.tags.includes(name))
      .map(({ method, path, one }) => [
        `\`${method.toUpperCase()} ${path}\``,
        [one.summary, one.description]
          .filter((text) => text !== undefined)
          .join('. ')
          .replace(/([^.])$/, '$1.'),
        takes(one),
        answers(one),
      ]);
    return [`### ${name}`, '', table(['request', 'what', 'takes', 'answers'], rows)].join('\n');
  });
  const schemas = Object.entries(components.schemas).map(([name, schema]) =>
    [`### ${name}`, '', table(['field', 'type', 'what', 'default, else an example'], rowsOf(schema))].join(
      '\n',
    ),
  );
  return [
    BEGIN,
    '',
    '## Every operation',
    '',
    'Made from the schemas that the app reads and answers by, as is `GET /openapi.json`. A `?` marks what may be left out; a default is in bold.',
    '',
    groups.join('\n\n'),
    '',
    '## Every field',
    '',
    schemas.join('\n\n'),
    '',
  ].join('\n');
}

function takes({ parameters, requestBody }: Described): string {
  const named = parameters.map(({ name, in: where }) =>
    where === 'header' ? `\`${name}\` (header)` : `\`${name}\``,
  );
  const body =
    requestBody === undefined ? [] : [`${component(requestBody.content)}${requestBody.required ? '' : '?'}`];
  return [...named, ...body].join(', ');
}

function answers({ responses }: Described): string {
  return Object.entries(responses)
    .map(([status, { content }]) =>
      status.startsWith('2') ? `${status} ${component(content ?? {})}`.trim() : status,
    )
    .join(', ');
}

function component(content: Content): string {
  const [found] = Object.values(content);
  if (found?.schema.$ref === undefined) return '';
  const name = nameOfType(found.schema);
  return `[${name}](#${name.toLowerCase()})`;
}

function rowsOf(schema: Schema): readonly (readonly string[])[] {
  return fieldsOf(schema).map(({ path, field, isRequired }) => {
    const { description = '', default: fallback, examples: [example] = [], 'x-unit': unit } = field;
    const shown =
      fallback !== undefined && typeof fallback !== 'object'
        ? `**\`${JSON.stringify(fallback)}\`**`
        : example === undefined
          ? ''
          : `\`${JSON.stringify(example)}\``;
    const type = `\`${nameOfType(field)}\`${unit === undefined ? '' : `, ${unit}`}`;
    return [`\`${path}\`${isRequired ? '' : '?'}`, type, description, shown];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))].join('\n');
}
