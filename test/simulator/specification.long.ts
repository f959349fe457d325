import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { createRouter } from '../../local/simulator/http/router.ts';
import { ROUTES } from '../../local/simulator/http/routes.ts';
import { EXCHANGES_VARIABLE, type RecordedExchange } from './exchanges.ts';
import { isCi } from './shared.ts';
import { createValidator, DEVIATIONS, isSpecified } from './specification.ts';

const DIRECTORY = '../shared/specs/swagger-2024-03-01';
const present = existsSync(DIRECTORY);
if (!present) console.log(`${DIRECTORY} is absent: answers are not held to the specification.`);

const folder = mkdtempSync(join(tmpdir(), 'exchanges-'));
afterAll(() => rmSync(folder, { recursive: true }));

let recorded: Promise<RecordedExchange[]> | undefined;

/** Every exchange of the simulator's fast tests, from a run of its own. */
function recordSuite(): Promise<RecordedExchange[]> {
  recorded ??= runSuite();
  return recorded;
}

async function runSuite(): Promise<RecordedExchange[]> {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'fast*', 'test/simulator/'];
  const env = { ...process.env, [EXCHANGES_VARIABLE]: folder };
  await promisify(execFile)(process.execPath, vitest, { env, maxBuffer: 64 * 1024 * 1024 });
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line): RecordedExchange => JSON.parse(line)),
  );
}

describe('the official Compute specification', () => {
  it.skipIf(!present && !isCi)('finds nothing wrong with any exchange of the simulator tests', async () => {
    const validate = await createValidator(DIRECTORY);
    const exchanges = (await recordSuite()).filter(isSpecified);
    const complaints = new Map<string, number>();
    const used = new Set<string>();
    const operations = new Set<string>();
    for (const exchange of exchanges) {
      const result = await validate(exchange);
      operations.add(result.operation);
      for (const { why } of result.deviations) used.add(why);
      for (const { operation, code, text } of result.complaints) {
        const key = `${exchange.method} ${exchange.status} ${operation} ${code} ${text}`;
        complaints.set(key, (complaints.get(key) ?? 0) + 1);
      }
    }
    console.log(`${exchanges.length} exchanges of ${operations.size} operations`);
    expect(Object.fromEntries(complaints)).toEqual({});
    expect([...used].sort()).toEqual(DEVIATIONS.map(({ why }) => why).sort());
    expect(exchanges.length).toBeGreaterThan(500);
    expect(operations.size).toBeGreaterThan(40);
  });

  it('is asked for every operation of the simulator by the official SDK', async () => {
    const router = createRouter(ROUTES);
    const driven = new Set<string>();
    for (const { method, url, requestHeaders } of await recordSuite()) {
      if (!/azsdk-js-arm-compute/.test(requestHeaders['user-agent'] ?? '')) continue;
      const route = router(method, new URL(url))?.route;
      if (route !== undefined) driven.add(`${route.method} ${route.path}`);
    }
    const missing = ROUTES.map(({ method, path }) => `${method} ${path}`).filter(
      (route) => !driven.has(route),
    );
    // Subscriptions are another SDK's.
    expect(missing).toEqual(['GET /subscriptions']);
  });

  it.skipIf(!present && !isCi)('would find what is wrong', async () => {
    const validate = await createValidator(DIRECTORY);
    const answer = (properties: object): RecordedExchange => ({
      method: 'GET',
      url: 'https://management.azure.com/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web?api-version=2026-04-01',
      requestHeaders: {},
      requestBody: '',
      status: 200,
      responseHeaders: { 'content-type': 'application/json' },
      responseBody: JSON.stringify({ id: '/x', name: 'web', type: 't', location: 'l', properties }),
    });
    const codes = async (properties: object): Promise<string[]> =>
      (await validate(answer(properties))).complaints.map(({ code }) => code);
    expect(await codes({ overprovision: true })).toEqual([]);
    expect(await codes({ overprovision: 'yes' })).toEqual(['INVALID_TYPE']);
    expect(await codes({ invented: 1 })).toEqual(['OBJECT_ADDITIONAL_PROPERTIES']);
    const osProfile = { adminPassword: 'secret' };
    expect(await codes({ virtualMachineProfile: { osProfile } })).toEqual(['SECRET_PROPERTY']);
  });
});
