import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, spawnHost, type ChildHost } from './support/child-host.ts';

let host: ChildHost;

beforeAll(async () => {
  host = await spawnHost(['--app', join(import.meta.dirname, 'apps', 'mortal')]);
});
afterAll(() => host[Symbol.asyncDispose]());

const ask = async (path: string): Promise<readonly [number, string]> => {
  const answer = await fetch(`${host.origin}/api/${path}`);
  return [answer.status, await answer.text()];
};

async function endOf(orchestration: string, id: string, input: string): Promise<unknown> {
  const base = `${host.origin}/runtime/webhooks/durabletask`;
  await fetch(`${base}/orchestrators/${orchestration}/${id}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  const { runtimeStatus, output } = await eventually(async () => {
    const answer = await fetch(`${base}/instances/${id}`);
    return answer.status === 200
      ? ((await answer.json()) as { runtimeStatus: string; output: unknown })
      : undefined;
  });
  return [runtimeStatus, String(output).split(' \n ')[0]];
}

// By the sources of the Functions host and of its Node worker, which ends with 1 when nobody catches an error.
it.each([
  ['exit', 137],
  ['thrown', 1],
  ['rejected', 1],
])(
  'an app that ends its process (%s) is an empty 500, and the next worker knows nothing',
  async (how, code) => {
    await ask('lives');
    const [, before] = await ask('lives');
    expect(Number(before)).toBeGreaterThan(1);
    expect(await ask(`die/${how}`)).toEqual([500, '']);
    expect(await ask('lives')).toEqual([200, '1']);
    expect(host.stderr()).toContain(`the worker ended with code ${code} and is started again`);
  },
);

it('ends what it was under way with, and no more', async () => {
  await ask('lives');
  expect(await endOf('once', 'once', 'exit')).toEqual([
    'Failed',
    "Orchestrator function 'once' failed: Activity function 'mortal' failed: node exited with code 137 (0x89)",
  ]);
  await ask('lives');
  expect(await endOf('again', 'again', 'exit')).toEqual(['Completed', 'alive']);
  expect(await endOf('dead', 'dead', '')).toEqual([
    'Failed',
    "Orchestrator function 'dead' failed: One or more errors occurred. (node exited with code 137 (0x89))",
  ]);
});
