import { z } from 'zod';
import { auditWords } from '../../core/messages/api/audit.ts';
import { noticeWords } from '../../core/messages/api/notices.ts';
import { campaignWords } from '../../core/messages/api/campaigns.ts';
import { otherWords } from '../../core/messages/api/others.ts';
import { planWords } from '../../core/messages/api/plans.ts';
import { requestWords } from '../../core/messages/api/requests.ts';
import { rolloutWords } from '../../core/messages/api/rollouts.ts';
import type { Words } from '../../core/messages/api/words.ts';
import { ANSWERS, REQUESTS } from './components.ts';

/** JSON Schema 2020-12, as OpenAPI 3.1 takes it; `x-unit` is the unit of a number. */
export interface Schema {
  type?: string | readonly string[];
  description?: string;
  examples?: readonly unknown[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: readonly Schema[];
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  $ref?: string;
  maximum?: number;
  'x-unit'?: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  ...requestWords,
  ...rolloutWords,
  ...planWords,
  ...otherWords,
  ...auditWords,
  ...noticeWords,
  ...campaignWords,
};

/** Every component of the API by its name, made from the schemas that the handlers use. */
export function componentSchemas(): Readonly<Record<string, Schema>> {
  const made = { ...generate(REQUESTS, 'input'), ...generate(ANSWERS, 'output') };
  for (const [name, schema] of Object.entries(made)) describe(schema, WORDS[name] ?? {});
  return made;
}

/** The schema of one field that is no component's. */
export function fieldSchema(schema: z.ZodType, words: Words[string] | undefined): Schema {
  const made = tidy(z.toJSONSchema(schema, { io: 'input' }) as Schema & { $schema?: string });
  return say(made, words, '');
}

function generate(
  components: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
): Readonly<Record<string, Schema>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(components)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  const made = Object.keys(components).map((name) => [name, tidy(schemas[name] as Schema)] as const);
  return Object.fromEntries(made);
}

/** Without what says nothing here: places, JSON of any kind, the end of whole numbers; `null` beside a plain type. */
function tidy(schema: Schema): Schema {
  const { $schema: _schema, $id: _id, ...rest } = schema as Schema & { $schema?: string; $id?: string };
  if (rest.$ref?.startsWith('#/components/schemas/__shared') === true) return {};
  if (rest.maximum === Number.MAX_SAFE_INTEGER) delete rest.maximum;
  if (rest.properties !== undefined)
    rest.properties = Object.fromEntries(
      Object.entries(rest.properties).map(([name, one]) => [name, tidy(one)]),
    );
  if (rest.items !== undefined) rest.items = tidy(rest.items);
  if (typeof rest.additionalProperties === 'object')
    rest.additionalProperties = tidy(rest.additionalProperties);
  if (rest.anyOf !== undefined) return oneOf({ ...rest, anyOf: rest.anyOf.map((one) => tidy(one)) });
  return rest;
}

function oneOf({ anyOf = [], ...rest }: Schema): Schema {
  const [one, none, ...others] = anyOf;
  const isPlain = typeof one?.type === 'string' && one.enum === undefined && one.properties === undefined;
  if (isPlain && none?.type === 'null' && others.length === 0)
    return { ...rest, ...one, type: [String(one.type), 'null'] };
  return { ...rest, anyOf };
}

/** Puts words to every field below; the items of a list and the forms of a choice share the place that they have. */
function describe(schema: Schema, words: Words, path = ''): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`;
    say(field, words[at], name);
    describe(field, words, at);
  }
  if (typeof schema.additionalProperties === 'object') {
    say(schema.additionalProperties, words[`${path}.*`], '');
    describe(schema.additionalProperties, words, `${path}.*`);
  }
  for (const inner of [...(schema.items === undefined ? [] : [schema.items]), ...(schema.anyOf ?? [])])
    describe(inner, words, path);
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/seconds$/i, 'seconds'],
  [/percent$/i, 'percent'],
];

function say(schema: Schema, words: Words[string] | undefined, name: string): Schema {
  if (words !== undefined) {
    const [description, example] = words;
    schema.description = description;
    if (example !== undefined) schema.examples = [example];
  }
  const unit = UNITS.find(([ending]) => ending.test(name))?.[1];
  if (unit !== undefined) schema['x-unit'] = unit;
  return schema;
}
