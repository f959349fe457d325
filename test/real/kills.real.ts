import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RealPlatform } from '../../local/real/platform.ts';
import { ask } from '../e2e/support/app.ts';
import { expectBack, expectCalm, expectImage, expectOnceEach } from '../e2e/support/judge.ts';
import { acceptedUnrecorded, onTheWayBack, untilMoment, type Moment } from '../e2e/support/moments.ts';
import { endOf, rolloutOnce, startRollout } from '../e2e/support/rollouts.ts';
import { eventually } from '../host/support/child-host.ts';
import { acceptedUpgrades, scenario } from './support/scenario.ts';

const NEWEST = '22.04.202611010';
const BAD = '22.04.202612090';
const TO_NEWEST = { change: { image: { version: 'latest' } }, health: { stableSeconds: 1 } };
const PATIENCE_MILLISECONDS = 120_000;
/** What processes on a busy machine may need for a few calls. */
const MACHINE_SECONDS = 15;

const atOnce = (): number => 100;
const UPGRADE = acceptedUnrecorded('manualupgrade', atOnce);
const PATCH = acceptedUnrecorded('patch', atOnce);

// Kills of the same rollout, one after the other: in its first write, in a durable timer, in the PATCH that goes back.
for (const what of ['worker', 'host', 'both'] as const) {
  scenario(
    `SIGKILL: ${what}, in a write, in a timer and in the PATCH that goes back`,
    ['web:3'],
    async (platform) => {
      const { service } = platform;
      await service.publishImage(BAD);
      await service.inject({ kind: 'badImage', version: BAD, updateDomains: [1] });
      const before = await service.log();
      await service.inject({ ...UPGRADE.fault });
      const id = await startRollout(platform, 'killed', {
        change: { image: { version: BAD } },
        health: { stableSeconds: 1, timeoutSeconds: 20 },
        soakSeconds: 10,
      });
      await killAt(UPGRADE, what, platform, before.length);
      await rolloutOnce(platform, id, ({ phase }) => phase === 'soaking');
      await delay(1000);
      await service.inject({ ...PATCH.fault });
      await platform.engine.kill(what);
      await platform.engine.start();
      await killAt(onTheWayBack(PATCH), what, platform, before.length);
      expect(await endOf(platform, id)).toMatchObject({ phase: 'rolledBack' });
      expectBack(await service.log(), before, ['0', '1']);
    },
  );
}

async function killAt(
  moment: Moment,
  what: 'worker' | 'host' | 'both',
  { service, engine }: RealPlatform,
  before: number,
): Promise<void> {
  const lookedAt = await untilMoment(moment, service, { before, since: before });
  await engine.kill(what);
  // Later than that the answer would have been there, and the kill would prove nothing.
  expect(performance.now() - lookedAt).toBeLessThan(moment.windowMilliseconds ?? 0);
  await engine.start();
}

scenario('a worker that dies inside a turn: the workflow is started again', ['web:2'], async (platform) => {
  const { service, url } = platform;
  const id = await startRollout(platform, 'turn', TO_NEWEST);
  await acceptedUpgrades(platform, 1);
  const instance = `${url}/runtime/webhooks/durabletask/instances/${id}`;
  const statusOnce = (wanted: string, meanwhile = async (): Promise<unknown> => undefined): Promise<true> =>
    eventually(
      async () => {
        await meanwhile();
        return (await ask(instance, 'GET')).body.runtimeStatus === wanted ? true : undefined;
      },
      PATIENCE_MILLISECONDS,
      100,
    );
  const dieInATurn = async (): Promise<number> => {
    writeFileSync(platform.deathFile, 'orchestrationTrigger');
    await statusOnce('Failed');
    return performance.now();
  };
  const secondsSince = (time: number): number => Math.round((performance.now() - time) / 100) / 10;

  // Nobody asks for the rollout meanwhile: only the app's timer function can find it, once a minute.
  const untouched = await dieInATurn();
  await statusOnce('Running');
  const byTimer = secondsSince(untouched);
  const asked = await dieInATurn();
  await rolloutOnce(platform, id, ({ waitingFor }) => waitingFor?.kind === 'recovery');
  await statusOnce('Running', () => ask(`${url}/api/rollouts/${id}`, 'GET'));
  const byRequest = secondsSince(asked);
  console.log(`a failed workflow ran again after ${byTimer} s by the timer, ${byRequest} s by a request`);
  expect(byTimer).toBeLessThan(60 + MACHINE_SECONDS);
  // Two starts are at least fifteen seconds apart (docs/RUNBOOK.md, "It seems stuck").
  expect(byRequest).toBeLessThan(15 + MACHINE_SECONDS);

  expect(await endOf(platform, id)).toMatchObject({ phase: 'succeeded' });
  const log = await service.log();
  expectImage(log, NEWEST);
  expectCalm(log, 1);
  expectOnceEach(log, ['0', '1']);
});

scenario('a worker that dies in a request, or in a timer function', ['web:2'], async (platform) => {
  const { service, url } = platform;
  const id = await startRollout(platform, 'request', TO_NEWEST);
  await acceptedUpgrades(platform, 1);
  writeFileSync(platform.deathFile, 'getRollout');
  const died = await ask(`${url}/api/rollouts/${id}`, 'GET');
  expect({ status: died.status, text: died.text }).toEqual({ status: 500, text: '' });
  expect(await ask(`${url}/api/rollouts/${id}`, 'GET')).toMatchObject({ status: 200 });
  writeFileSync(platform.deathFile, 'reviveRollouts');
  expect((await ask(`${url}/admin/functions/reviveRollouts`, 'POST')).status).toBe(202);
  expect(await endOf(platform, id)).toMatchObject({ phase: 'succeeded' });
  const log = await service.log();
  expectImage(log, NEWEST);
  expectCalm(log, 1);
  expectOnceEach(log, ['0', '1']);
});

scenario('SIGTERM, and a start on the same storage', ['web:3'], async (platform) => {
  const { service, engine } = platform;
  const id = await startRollout(platform, 'term', TO_NEWEST);
  await acceptedUpgrades(platform, 1);
  await engine.end();
  await engine.start();
  expect(await endOf(platform, id)).toMatchObject({ phase: 'succeeded' });
  const log = await service.log();
  expectImage(log, NEWEST);
  expectCalm(log, 2);
  expectOnceEach(log, ['0', '1', '2']);
});
