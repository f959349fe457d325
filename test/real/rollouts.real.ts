import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { ask } from '../e2e/support/app.ts';
import {
  accepted,
  expectBack,
  expectCalm,
  expectImage,
  expectOnceEach,
  writes,
} from '../e2e/support/judge.ts';
import { expectPage } from '../e2e/support/page.ts';
import { endOf, rolloutOnce, startRollout } from '../e2e/support/rollouts.ts';
import { eventually } from '../host/support/child-host.ts';
import { acceptedUpgrades, scenario } from './support/scenario.ts';

const NEWEST = '22.04.202611010';
const BAD = '22.04.202612090';
const TO_NEWEST = { change: { image: { version: 'latest' } }, health: { stableSeconds: 1 } };

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index));

// The longest first: the others run beside it.
scenario(
  'twenty-four batches, over more than one generation of the workflow',
  ['web:24'],
  async (platform) => {
    const { service, url } = platform;
    const id = await startRollout(platform, 'generations', {
      ...TO_NEWEST,
      strategy: { batchBy: 'count', steps: [1] },
      // Each batch waits twice more, so that one generation does not hold all of them.
      soakSeconds: 1,
      approvals: { before: 'batch', timeoutSeconds: 1, onTimeout: 'approve' },
    });
    const { phase, batches } = await endOf(platform, id);
    expect({ phase, batches: batches.length }).toEqual({ phase: 'succeeded', batches: 24 });
    const log = await service.log();
    expectImage(log, NEWEST);
    expectCalm(log, 23);
    expectOnceEach(log, ids(24));
    // A new generation is a new instance with a time of its own (golden 1.11).
    const { body: instance } = await ask(`${url}/runtime/webhooks/durabletask/instances/${id}`, 'GET');
    const { body: rollout } = await ask(`${url}/api/rollouts/${id}`, 'GET');
    expect(Date.parse(instance.createdTime) - Date.parse(rollout.createdAt)).toBeGreaterThan(30_000);
  },
);

scenario(
  'one update domain after the other, on the hub that host.json names',
  ['web:5'],
  async (platform) => {
    await expectPage(platform.url);
    const id = await startRollout(platform, 'plain', TO_NEWEST);
    // Where tables of hub and app have one name the workflow is never begun (docs/REAL.md).
    await acceptedUpgrades(platform, 1);
    expect(await endOf(platform, id)).toMatchObject({ phase: 'succeeded' });
    const log = await platform.service.log();
    expectImage(log, NEWEST);
    expectCalm(log, 4);
    expectOnceEach(log, ids(5));
    expect(accepted(log, 'patch')).toHaveLength(1);
  },
);

// Feature [Schedules] The timer of the real host starts a bump by itself (issue 17)
scenario('a newer image that the timer of a schedule finds', ['web:2'], async (platform) => {
  const { service, url } = platform;
  const headers = { 'if-match': '"schedule-0"' };
  const { id: scaleSet } = await service.scaleSet();
  const schedule = { scaleSets: [scaleSet], rollout: { health: { stableSeconds: 1 } } };
  const set = await ask(`${url}/api/schedules/monthly`, 'PUT', { schedule }, headers);
  expect(set).toMatchObject({ status: 200 });
  // Nobody asks for it: the timer goes once a minute.
  await acceptedUpgrades(platform, 1);
  const { body } = await ask(`${url}/api/rollouts`, 'GET');
  expect(body.value).toMatchObject([{ requestedBy: 'schedule monthly' }]);
  expect(await endOf(platform, body.value[0].id)).toMatchObject({ phase: 'succeeded' });
  const log = await service.log();
  expectImage(log, NEWEST);
  expect(accepted(log, 'patch')).toHaveLength(1);
});

scenario('an approval before each batch', ['web:2'], async (platform) => {
  const { service, url } = platform;
  const id = await startRollout(platform, 'approvals', { ...TO_NEWEST, approvals: { before: 'batch' } });
  for (const batch of [0, 1]) {
    await rolloutOnce(
      platform,
      id,
      ({ waitingFor }) => waitingFor?.kind === 'approval' && waitingFor.batch === batch,
    );
    expect(accepted(await service.log(), 'manualupgrade')).toHaveLength(batch);
    expect((await ask(`${url}/api/rollouts/${id}/approve`, 'POST', { batch })).status).toBe(202);
  }
  expect(await endOf(platform, id)).toMatchObject({ phase: 'succeeded' });
  const log = await service.log();
  expectImage(log, NEWEST);
  expectCalm(log, 1);
  expectOnceEach(log, ids(2));
});

scenario('a pause and a resume', ['web:3'], async (platform) => {
  const { service, url } = platform;
  const id = await startRollout(platform, 'pause', TO_NEWEST);
  await acceptedUpgrades(platform, 1);
  expect((await ask(`${url}/api/rollouts/${id}/pause`, 'POST')).status).toBe(202);
  const atPause = writes(await service.log()).length;
  await rolloutOnce(platform, id, ({ phase }) => phase === 'paused');
  // Longer than a batch takes at this time scale: what runs in Azure ends, and nothing new is sent.
  await delay(15_000);
  expect(writes(await service.log())).toHaveLength(atPause);
  expect((await ask(`${url}/api/rollouts/${id}/resume`, 'POST')).status).toBe(202);
  expect(await endOf(platform, id)).toMatchObject({ phase: 'succeeded' });
  const log = await service.log();
  expectImage(log, NEWEST);
  expectCalm(log, 2);
  expectOnceEach(log, ids(3));
});

scenario('a bad image: back to what was', ['web:3'], async (platform) => {
  const { service } = platform;
  const before = await service.log();
  await service.publishImage(BAD);
  await service.inject({ kind: 'badImage', version: BAD, updateDomains: [1] });
  const id = await startRollout(platform, 'bad', {
    change: { image: { version: BAD } },
    health: { stableSeconds: 1, timeoutSeconds: 20 },
  });
  expect(await endOf(platform, id)).toMatchObject({ phase: 'rolledBack' });
  expectBack(await service.log(), before, ['0', '1']);
});

scenario('a rollback by command', ['web:4'], async (platform) => {
  const { service, url } = platform;
  const before = await service.log();
  const id = await startRollout(platform, 'back', TO_NEWEST);
  await acceptedUpgrades(platform, 2);
  expect((await ask(`${url}/api/rollouts/${id}/rollback`, 'POST')).status).toBe(202);
  expect(await endOf(platform, id)).toMatchObject({ phase: 'rolledBack' });
  expectBack(await service.log(), before, ['0', '1']);
});

scenario('an abort', ['web:4'], async (platform) => {
  const { service, url } = platform;
  const id = await startRollout(platform, 'abort', TO_NEWEST);
  await acceptedUpgrades(platform, 1);
  expect((await ask(`${url}/api/rollouts/${id}/abort`, 'POST')).status).toBe(202);
  const atAbort = writes(await service.log());
  const { phase, left } = await endOf(platform, id);
  expect({ phase, left }).toMatchObject({
    phase: 'cancelled',
    left: { instances: { before: ['1', '2', '3'], after: ['0'] } },
  });
  const log = await service.log();
  expect(writes(log)).toEqual(atAbort);
  expectCalm(log, 3);
  expectOnceEach(log, ['0']);
});

scenario('sliding: a freed place is filled at once', ['web:6'], async (platform) => {
  const id = await startRollout(platform, 'sliding', {
    ...TO_NEWEST,
    strategy: { pacing: 'sliding', maxUnavailable: 2 },
  });
  expect(await endOf(platform, id)).toMatchObject({ phase: 'succeeded' });
  const log = await platform.service.log();
  expectImage(log, NEWEST);
  expectCalm(log, 4);
  expectOnceEach(log, ids(6));
});

const EIGHT = ids(8).map((index) => `set${index}`);

scenario(
  'eight sets at once',
  EIGHT.map((name) => `${name}:2`),
  async (platform) => {
    const { arm, service, url } = platform;
    const state = (await (await fetch(`${arm}/_state`)).json()) as {
      readonly scaleSets: readonly { readonly name: string; readonly model: { readonly id: string } }[];
    };
    expect(state.scaleSets.map(({ name }) => name).toSorted()).toEqual(EIGHT);
    const started = await Promise.all(
      state.scaleSets.map(({ model }) =>
        ask(`${url}/api/rollouts`, 'POST', { scaleSet: model.id, ...TO_NEWEST }),
      ),
    );
    expect(started.map(({ status }) => status)).toEqual(EIGHT.map(() => 202));
    const ended = await Promise.all(started.map(({ body }) => endOf(platform, body.id)));
    expect(ended.map(({ phase }) => phase)).toEqual(EIGHT.map(() => 'succeeded'));
    const whole = await service.log();
    for (const name of EIGHT) {
      const log = whole.filter((entry) => 'scaleSet' in entry && entry.scaleSet === name);
      expectImage(log, NEWEST);
      expectOnceEach(log, ids(2));
      expectCalm(log, 1);
    }
  },
);

/** What the client's `purgeInstanceHistory` sends; a running one is refused since 3.x (docs/HOST.md). */
scenario('a purge of one workflow by its id, once it has ended', ['web:2'], async (platform) => {
  const { url } = platform;
  const workflow = (id: string): string => `${url}/runtime/webhooks/durabletask/instances/${id}`;
  const waiting = await startRollout(platform, 'waits', { ...TO_NEWEST, approvals: { before: 'batch' } });
  await rolloutOnce(platform, waiting, ({ waitingFor }) => waitingFor?.kind === 'approval');
  expect((await ask(workflow(waiting), 'DELETE')).status).toBe(412);
  expect((await ask(`${url}/api/rollouts/${waiting}/reject`, 'POST', {})).status).toBe(202);
  expect((await endOf(platform, waiting)).phase).toBe('rejected');
  await eventually(
    async () => ((await ask(workflow(waiting), 'GET')).status === 200 ? true : undefined),
    60_000,
  );

  expect(await ask(workflow(waiting), 'DELETE')).toMatchObject({
    status: 200,
    body: { instancesDeleted: 1 },
  });
  for (const method of ['GET', 'DELETE'] as const) {
    expect((await ask(workflow(waiting), method)).status).toBe(404);
  }
  // The records are the truth, and nobody starts an ended rollout again.
  expect((await ask(`${url}/api/rollouts/${waiting}`, 'GET')).body.phase).toBe('rejected');
  expect((await ask(workflow(waiting), 'GET')).status).toBe(404);
});
