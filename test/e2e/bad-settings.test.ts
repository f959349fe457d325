import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../tools/built.ts';
import { eventually, spawnHost } from '../host/support/child-host.ts';
import { ENCRYPTION_KEYS } from '../lab/cipher.ts';
import { ask } from './support/app.ts';
import { npmRun } from './support/npm.ts';
import { newMark } from './support/processes.ts';
import { stateFolder } from './support/state.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const GOOD = {
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  ROLLOUT_AUTH: 'off',
  ROLLOUT_ARM_ENDPOINT: 'http://127.0.0.1:9',
  ROLLOUT_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
};
const SECRET = 'hunter2';
/** An account elsewhere is looked at only where callers are known. */
const CALLERS = {
  ROLLOUT_AUTH: 'entra',
  ROLLOUT_TENANT: '00000000-0000-4000-8000-000000000002',
  ROLLOUT_AUDIENCE: '00000000-0000-4000-8000-0000000000a9',
};

beforeAll(() => ensureBuilt(ROOT));

/**
 * Of each kind one; what else is wrong is refused by the same code (test/functions/settings.test.ts). The real host stays up with
 * a worker that could not start, and every path is an empty 404 (issue 9).
 */
describe('an app with wrong settings', () => {
  it.concurrent.each<[string, Record<string, string>]>([
    ['AzureWebJobsStorage', { AzureWebJobsStorage: '' }],
    ['AzureWebJobsStorage', { ...CALLERS, AzureWebJobsStorage: `${SECRET};AccountKey=${SECRET}` }],
    [
      'AzureWebJobsStorage',
      {
        ...CALLERS,
        AzureWebJobsStorage: `TableEndpoint=http://${SECRET}.example;SharedAccessSignature=sv=${SECRET}`,
      },
    ],
    ['ROLLOUT_ARM_ENDPOINT', { ROLLOUT_ARM_ENDPOINT: `http://${SECRET}.example` }],
    ['ROLLOUT_CLOUD', { ROLLOUT_CLOUD: SECRET }],
    ['ROLLOUT_ENCRYPTION_KEYS', { ROLLOUT_ENCRYPTION_KEYS: '' }],
    ['ROLLOUT_POLL_SECONDS', { ROLLOUT_POLL_SECONDS: SECRET }],
    ['ROLLOUT_POL_SECONDS', { ROLLOUT_POL_SECONDS: SECRET }],
  ])('answers for itself, and names %s without its value (%j)', async (name, wrong) => {
    await using host = await spawnHost(['--app', ROOT], { ...GOOD, ...wrong });
    const health = await ask(`${host.origin}/api/health`, 'GET');
    expect(health).toMatchObject({
      status: 503,
      body: { code: 'wrongSettings', status: 503, errors: [{ path: name, message: expect.any(String) }] },
    });
    expect(health.body.detail).toContain(`${name}: `);
    expect(health.headers.get('content-type')).toBe('application/problem+json');

    for (const [method, path] of [
      ['GET', 'rollouts'],
      ['POST', 'rollouts'],
      ['POST', 'rollouts/some/approve'],
      ['GET', 'scale-sets'],
    ] as const) {
      const answer = await ask(`${host.origin}/api/${path}`, method);
      expect(answer, path).toMatchObject({ status: 503, body: { code: 'wrongSettings' } });
      expect(answer.body.detail).toContain('GET /api/health');
    }
    // Nothing of it runs: neither its timer nor its workflow is there.
    const revive = await fetch(`${host.origin}/admin/functions/reviveRollouts`, { method: 'POST' });
    expect(revive.status).toBe(404);
    await eventually(async () =>
      host.stderr().includes(`wrong app settings: ${name}: `) ? true : undefined,
    );
    expect(health.text + host.stderr()).not.toContain(SECRET);
  });
});

it('is told from one that has none: npm start ends, and says which setting', async () => {
  using state = stateFolder('bad-settings');
  const mark = newMark();
  const env = { ...mark.env, ROLLOUT_POLL_SECONDS: SECRET };
  await using started = npmRun('start', ['--state', state.path], { ...mark, env });
  const { code, output } = await started.ended;
  expect(code).toBe(1);
  expect(output).toMatch(/cannot run the local platform: wrong app settings: ROLLOUT_POLL_SECONDS: /);
  expect(output).not.toContain(SECRET);
  expect(mark.living()).toEqual([]);
}, 60_000);
