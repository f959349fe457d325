import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { otherWords } from '../../src/core/messages/api/others.ts';
import { operationWords } from '../../src/core/messages/api/operations.ts';
import { planWords } from '../../src/core/messages/api/plans.ts';
import { requestWords } from '../../src/core/messages/api/requests.ts';
import { rolloutWords } from '../../src/core/messages/api/rollouts.ts';
import type { Schema } from '../../src/functions/api/schemas.ts';
import { theApp } from '../lab/bound-app.ts';
import { DOCUMENT, operationOf } from '../lab/described.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';

interface Field {
  readonly path: string;
  readonly field: Schema;
  readonly isRequired: boolean;
}

/** Every field of a component, found by another way than the page finds them. */
function fieldsIn(schema: Schema, above = ''): readonly Field[] {
  const { properties = {}, required = [], additionalProperties: others, items, anyOf = [] } = schema;
  const own = Object.entries(properties).flatMap(([name, field]) => [
    { path: `${above}${name}`, field, isRequired: required.includes(name) },
    ...fieldsIn(field, `${above}${name}.`),
  ]);
  const more =
    typeof others === 'object'
      ? [{ path: `${above}*`, field: others, isRequired: true }, ...fieldsIn(others, `${above}*.`)]
      : [];
  return [...own, ...more, ...[...(items ? [items] : []), ...anyOf].flatMap((one) => fieldsIn(one, above))];
}

const COMPONENTS = Object.entries(DOCUMENT.components.schemas);

describe('the description of the API', () => {
  // Feature [API] OpenAPI 3.1, made from the schemas that the handlers use (The API)
  it('is valid OpenAPI 3.1', async () => {
    expect(DOCUMENT.openapi).toBe('3.1.0');
    const result = await new Validator().validate(JSON.parse(JSON.stringify(DOCUMENT)));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('has every function that the app answers with, and no other', async () => {
    const registered = (await theApp()).functions('httpTrigger').map(({ name, trigger }) => {
      const { route, methods } = trigger as unknown as {
        readonly route: string;
        readonly methods: readonly string[];
      };
      return `${name}: ${methods.join()} /${route.replace('{*', '{')}`;
    });
    const described = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${operationId}: ${method.toUpperCase()} ${path}`,
      ),
    );
    expect(described.sort()).toEqual(registered.sort());
    expect(new Set(Object.keys(operationWords))).toEqual(new Set(described.map((one) => one.split(':')[0])));
  });

  it.each(COMPONENTS)('says of every field of %s what it is, and how it may look', (_, component) => {
    for (const { path, field } of fieldsIn(component)) {
      expect(field.description ?? '', path).toMatch(/\S/);
      const holdsOthers =
        fieldsIn(field).length > 0 ||
        field.$ref !== undefined ||
        field.items?.$ref !== undefined ||
        field.anyOf?.some(({ $ref }) => $ref !== undefined) === true;
      if (!holdsOthers && !path.endsWith('*')) expect(field.examples ?? [], path).toHaveLength(1);
      const ending = /(?:seconds|percent)$/i.exec(path)?.[0].toLowerCase();
      expect(field['x-unit'], path).toBe(ending);
    }
  });

  it('says nothing of fields that there are not', () => {
    const known = new Set(
      COMPONENTS.flatMap(([name, schema]) => fieldsIn(schema).map(({ path }) => `${name}.${path}`)),
    );
    const words = { ...requestWords, ...rolloutWords, ...planWords, ...otherWords };
    const said = Object.entries(words).flatMap(([name, fields]) =>
      Object.keys(fields).map((path) => `${name}.${path}`),
    );
    expect(said.filter((one) => !known.has(one))).toEqual([]);
  });

  it('names the default of whatever a spec may leave out that has one', () => {
    const spec = DOCUMENT.components.schemas['RolloutSpec'];
    const found = fieldsIn(spec ?? {}).filter(({ field }) => field.default !== undefined);
    expect(Object.fromEntries(found.map(({ path, field }) => [path, field.default]))).toMatchObject({
      // As the table of the contract has them.
      soakSeconds: 0,
      onFailure: 'rollback',
      'strategy.batchBy': 'updateDomain',
      'strategy.pacing': 'barrier',
      'health.stableSeconds': 30,
      'health.timeoutSeconds': 900,
      'approvals.before': 'none',
      'approvals.quorum': 1,
    });
    expect(found.filter(({ isRequired }) => isRequired)).toEqual([]);
    expect(spec?.required).toEqual(['scaleSet']);
  });
});

describe('the app', () => {
  it('serves its description', async () => {
    await using lab = await startLab({ count: 1 });
    const { status, headers, body } = await lab.call('GET', '/openapi.json');
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(DOCUMENT)));
    const known = { 'if-none-match': headers.get('etag') ?? '' };
    expect((await lab.call('GET', '/openapi.json', undefined, known)).status).toBe(304);
  });

  // Feature [API] The description as a page that loads and runs nothing (The API)
  it('serves a page of it that loads nothing and runs nothing', async () => {
    await using lab = await startLab({ count: 1 });
    const response = await lab.host.request(new Request('http://app/api/docs'));
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\b(?:src|href)="(?!#)/);
    for (const methods of Object.values(DOCUMENT.paths)) {
      for (const { operationId, summary } of Object.values(methods)) {
        expect(page.includes(`<h3 id="${operationId}">${summary}</h3>`), operationId).toBe(true);
      }
    }
    for (const [, id = ''] of page.matchAll(/href="#(\w+)"/g))
      expect(page.includes(`id="${id}"`), id).toBe(true);
  });

  // Every other test holds each answer against the schemas that the description is made from (test/lab/described.ts).
  it('answers as its description says, read by another validator', async () => {
    await using lab = await startLab({ count: 2 });
    const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
    for (const name of ['x-unit', 'components']) ajv.addKeyword(name);
    ajv.addSchema({ $id: '/api', components: DOCUMENT.components });
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    const set = WEB.replace(/^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/.*\/([^/]+)$/, '$1/$2/$3');
    const asked: readonly (readonly [string, string, unknown?])[] = [
      ['POST', '/plans', { scaleSet: WEB, change: { image: { version: NEW } } }],
      ['POST', '/plans', {}],
      ['POST', `/rollouts/${id}/pause`, { reason: 'lunch' }],
      ...['', '/plan', '/instances', '/events', '/explanation', '/rollback-plan'].map(
        (part) => ['GET', `/rollouts/${id}${part}`] as const,
      ),
      ...['/rollouts', '/leases', '/freeze', '/scale-sets', '/health', '/rollouts/nobody'].map(
        (path) => ['GET', path] as const,
      ),
      ...['', '/instances', '/instances/0'].map((part) => ['GET', `/scale-sets/${set}${part}`] as const),
    ];
    for (const [method, path, body] of asked) {
      const answer = await lab.call(method, path, body);
      const [content] = Object.values(operationOf(method, path)?.responses[answer.status]?.content ?? {});
      const validate = ajv.getSchema(`/api${content?.schema.$ref}`);
      expect(validate?.(answer.body), `${method} ${path}: ${ajv.errorsText(validate?.errors)}`).toBe(true);
      // Everything that it says is described: with a field more it is not.
      expect(validate?.({ ...answer.body, more: 1 })).toBe(false);
    }
  });

  it('takes the examples of the description', async () => {
    await using lab = await startLab({ count: 2 });
    const examples = fieldsIn(DOCUMENT.components.schemas['RolloutSpec'] ?? {});
    const example = (path: string): unknown => examples.find((one) => one.path === path)?.field.examples?.[0];
    expect(example('change.image.version')).toBe(NEW);
    const spec = {
      scaleSet: WEB,
      change: { image: { version: example('change.image.version') } },
      soakSeconds: example('soakSeconds'),
      labels: example('labels'),
      reason: example('reason'),
      strategy: { maxUnavailable: example('strategy.maxUnavailable') },
    };
    expect((await lab.call('POST', '/plans', spec)).status).toBe(200);
  });
});
