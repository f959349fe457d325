import { inject, expect } from 'vitest';
import type { RealPlatform } from '../../local/real/platform.ts';
import { buildApp } from '../../tools/build.ts';
import { writeBuild } from '../builds/build.ts';
import { STEP_ADDED } from '../builds/changes.ts';
import { ask } from '../e2e/support/app.ts';
import { accepted, expectCalm, expectImage, expectOnceEach } from '../e2e/support/judge.ts';
import { endOf, rolloutOnce, startRollout } from '../e2e/support/rollouts.ts';
import { stateFolder } from '../e2e/support/state.ts';
import { scenario } from './support/scenario.ts';

const NEWEST = '22.04.202611010';
const GATED = { health: { stableSeconds: 1 }, approvals: { before: [1] } };

async function batchesOf({ url }: RealPlatform, id: string, kind: string): Promise<number[]> {
  const { body } = await ask(`${url}/api/rollouts/${id}/events`, 'GET');
  return body.value
    .filter((event: { kind: string }) => event.kind === kind)
    .map(({ batch = -1 }: { batch?: number }) => batch);
}

async function versionOf({ url }: RealPlatform, id: string): Promise<string> {
  const { body } = await ask(`${url}/runtime/webhooks/durabletask/instances/${id}?showHistory=true`, 'GET');
  return body.version ?? body.historyEvents?.[0]?.Version;
}

/** Deploys a build while a rollout waits for the approval of its second batch, and lets it go on. */
async function deployInMidRollout(platform: RealPlatform, id: string, app: string): Promise<void> {
  await rolloutOnce(platform, id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await platform.engine.end();
  await platform.engine.start(app);
  const sent = await ask(`${platform.url}/api/rollouts/${id}/approve`, 'POST', { batch: 1 });
  expect(sent.status, sent.text).toBe(202);
  expect(await endOf(platform, id)).toMatchObject({ phase: 'succeeded' });
}

scenario('a later build in mid-rollout, and the former one in the next', ['web:2'], async (platform) => {
  using folder = stateFolder('builds');
  const later = writeBuild(STEP_ADDED, folder.path);
  await buildApp(later);

  const first = await startRollout(platform, 'first', { change: { image: { version: 'latest' } }, ...GATED });
  await deployInMidRollout(platform, first, later);
  expect(await versionOf(platform, first)).toBe('2');
  expect(await batchesOf(platform, first, 'batchAnnounced')).toEqual([]);
  expect(await batchesOf(platform, first, 'recovered')).toEqual([]);
  const log = await platform.service.log();
  expectImage(log, NEWEST);
  expectCalm(log, 1);
  expectOnceEach(log, ['0', '1']);

  const second = await startRollout(platform, 'second', { change: { force: 'restart' }, ...GATED });
  await deployInMidRollout(platform, second, inject('realApp'));
  expect(await batchesOf(platform, second, 'batchAnnounced')).toEqual([0]);
  expect(await batchesOf(platform, second, 'recovered')).toHaveLength(1);
  expect(await versionOf(platform, second)).toBe('2');
  const restarts = accepted(await platform.service.log()).filter(({ operation }) => operation === 'restart');
  expect(restarts.flatMap(({ body }) => (body as { instanceIds: string[] }).instanceIds)).toEqual(['0', '1']);
});
