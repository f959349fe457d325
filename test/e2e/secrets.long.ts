import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { eventually } from '../host/support/child-host.ts';
import { ask } from './support/app.ts';
import { accepted } from './support/judge.ts';
import { startKillable, type Killable } from './support/killable.ts';

/** An operation's address is a bearer token: whoever has it may read the operation (arm-vmss.md 1.7). */
const SIGNED_URL = /\/operations\/[0-9a-f-]{36}(\?|%3F)/i;
const STORAGE_KEY = /AccountKey|SharedAccessSignature/i;

/** Failures on the way, because what is said and logged about them is where secrets escape. */
const TROUBLE = [
  { kind: 'serverError', operation: 'poll', nth: 1, status: 503 },
  { kind: 'lostAnswer', operation: 'poll', nth: 2 },
  { kind: 'throttle', operation: 'poll', nth: 4, retryAfterSeconds: 1 },
  { kind: 'lostAnswer', operation: 'manualupgrade', nth: 1 },
];

it('tells no operation address and no key: not in answers, logs or the history', async () => {
  await using platform = await startKillable({ scaleSet: 'web:2', timeScale: 60, seed: 2 });
  const { service, state } = platform;
  for (const fault of TROUBLE) await service.inject(fault);
  const upgraded = await rollOut(platform, '22.04.202611010');
  expect(upgraded.phase).toBe('succeeded');
  const code = 'VMExtensionProvisioningError';
  await service.inject({ kind: 'operationFails', instances: ['1'], code, count: 'always' });
  const failed = await rollOut(platform, '22.04.202609100');
  expect(failed.phase).toBe('halted');

  const told = new Map(await allAnswers(platform.url, [upgraded.id, failed.id]));
  const { certificate, address } = await anOperation(platform);
  await platform.kill();
  for (const [name, text] of [...logs(state), ...history(state)]) told.set(name, text);
  expect([...told.keys()]).toEqual(expect.arrayContaining(['host.log', 'hub.sqlite history']));

  // What is looked for is what such an address looks like, and it was there to be told.
  expect(address).toMatch(SIGNED_URL);
  expect(accepted(await service.log(), 'manualupgrade').length).toBeGreaterThan(3);
  for (const [name, text] of told) {
    expect(text, name).not.toBe('');
    expect(SIGNED_URL.exec(text), name).toBeNull();
    expect(STORAGE_KEY.exec(text), name).toBeNull();
    expect(text.includes(certificate), name).toBe(false);
  }
}, 180_000);

async function rollOut(
  { url, service }: Killable,
  version: string,
): Promise<{ readonly id: string; readonly phase: string }> {
  const { id: scaleSet } = await service.scaleSet();
  const spec = {
    scaleSet,
    change: { image: { version } },
    health: { stableSeconds: 1 },
    onFailure: 'halt',
  };
  const started = await ask(`${url}/api/rollouts`, 'POST', spec);
  expect(started.status, started.text).toBe(202);
  return eventually(async () => {
    const { body } = await ask(`${url}/api/rollouts/${started.body.id}`, 'GET');
    return body.endedAt === null ? undefined : body;
  }, 90_000);
}

/** Every answer that the app and its host give about these rollouts. */
async function allAnswers(
  url: string,
  ids: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const paths = ids.flatMap((id) => [
    ...['', '/plan', '/instances', '/events'].map((part) => `/api/rollouts/${id}${part}`),
    `/runtime/webhooks/durabletask/instances/${id}?showHistory=true&showHistoryOutput=true&showInput=true`,
  ]);
  return Promise.all(
    ['/api/rollouts', '/api/health', ...paths].map(async (path) => {
      // The workflow ends a moment after the rollout that it has brought to its end; until then its status is 202.
      const answer = await eventually(async () => {
        const asked = await ask(`${url}${path}`, 'GET');
        return asked.status === 202 ? undefined : asked;
      });
      expect(answer.status, path).toBe(200);
      return [path, answer.text + JSON.stringify([...answer.headers])] as const;
    }),
  );
}

function logs(state: string): readonly (readonly [string, string])[] {
  return readdirSync(state)
    .filter((name) => name.endsWith('.log') && !name.includes('azurite'))
    .map((name) => [name, readFileSync(join(state, name), 'utf8')] as const)
    .filter(([, text]) => text !== '');
}

/** Every row of every table of the task hub, as text. */
function history(state: string): readonly (readonly [string, string])[] {
  const db = new DatabaseSync(join(state, 'host', 'hub.sqlite'), { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const texts = tables.map(({ name }) => {
    const rows = db.prepare(`SELECT * FROM "${String(name)}"`).all();
    return [`hub.sqlite ${String(name)}`, JSON.stringify(rows)] as const;
  });
  db.close();
  return texts;
}

/** What an operation's address looks like, from a write of this test's own. */
async function anOperation({
  service,
  arm,
}: Killable): Promise<{ readonly address: string; readonly certificate: string }> {
  const { id } = await service.scaleSet();
  const answer = await fetch(`${arm}${id}/manualupgrade?api-version=2025-04-01`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ instanceIds: ['0'] }),
  });
  const address = answer.headers.get('azure-asyncoperation') ?? '';
  const certificate = new URL(address).searchParams.get('c') ?? '';
  expect(certificate.length).toBeGreaterThan(100);
  return { address, certificate: certificate.slice(0, 100) };
}
