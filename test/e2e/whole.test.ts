import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { serviceAt } from '../../local/platform/demo/service.ts';
import { freePort } from '../../local/platform/ports.ts';
import { eventually } from '../host/support/child-host.ts';
import { ask } from './support/app.ts';
import { cli } from './support/cli.ts';
import { accepted, expectCalm, expectImage, expectOnceEach, writes } from './support/judge.ts';
import { npmRun } from './support/npm.ts';
import { expectPage } from './support/page.ts';
import { CAN_SEE_PROCESSES, newMark } from './support/processes.ts';
import { stateFolder } from './support/state.ts';

/** The contract says 5; the rest is for a machine that is busy with other tests. */
const LONGEST_END_MILLISECONDS = 5000 + 3000;
const PATIENCE_MILLISECONDS = 60_000;
const NEWEST = '22.04.202611010';

// Feature [For a bad night] A rehearsal of the same code against the simulator (new 20)
it('rolls out over approval, pause, resume and a restart of npm start', async () => {
  const mark = newMark();
  using folder = stateFolder('whole');
  const state = folder.path;
  await using simulator = npmRun(
    'simulator',
    ['--port', '0', '--time-scale', '60', '--scale-set', 'web:4', '--seed', '4'],
    mark,
  );
  const arm = await simulator.ready;
  const service = serviceAt(arm);
  const { id: scaleSet } = await service.scaleSet();
  const started = ['--arm', arm, '--time-scale', '60', '--state', state];
  started.push('--port', String(await freePort(0)));
  await using first = npmRun('start', started, mark);
  const url = await first.ready;
  expect(first.output()).toContain(`${url}/api/dashboard\n`);
  await expectPage(url);

  const followed = cli(
    url,
    ['start', '--scale-set', scaleSet, '--image-version', 'latest', '--stable-seconds', '1'].concat([
      '--approve-before',
      'rollout',
      '--reason',
      'test',
      '--wait',
    ]),
    mark,
  );
  const { id } = await eventually(async () => rolloutIn(url, 'waiting'), PATIENCE_MILLISECONDS);
  expect(writes(await service.log())).toEqual([]);

  const second = await npmRun('start', ['--arm', arm, '--state', state], mark).ended;
  expect(second).toMatchObject({
    code: 1,
    output: expect.stringContaining(`the state in ${state} is in use`),
  });

  expect(await cli(url, ['approve', id, '--reason', 'looks good'], mark)).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^✓ /),
  });
  await upgradesAccepted(1);
  expect(await cli(url, ['pause', id], mark)).toMatchObject({ code: 0, err: expect.stringMatching(/^✓ /) });
  const atPause = writes(await service.log()).length;
  // Longer than a batch takes at this time scale: what runs in Azure ends, and nothing new is sent.
  await delay(7000);
  expect((await ask(`${url}/api/rollouts/${id}`, 'GET')).body).toMatchObject({ phase: 'paused' });
  expect(writes(await service.log())).toHaveLength(atPause);

  expect(await cli(url, ['resume', id], mark)).toMatchObject({ code: 0, err: expect.stringMatching(/^✓ /) });
  await upgradesAccepted(2);
  const ended = await first.end('SIGTERM');
  expect(ended.milliseconds).toBeLessThan(LONGEST_END_MILLISECONDS);
  if (CAN_SEE_PROCESSES) {
    // npm and its simulator, and the CLI that waits for the app to come back, are all that is left.
    expect(mark.living().filter((line) => !/simulator|vmss-rollout/.test(line))).toEqual([]);
  }

  await using again = npmRun('start', started, mark);
  expect(await again.ready).toBe(url);
  const told = await followed;
  expect(told, told.err).toMatchObject({ code: 0 });
  expect(told.err).toContain('reconnected');

  const log = await service.log();
  expectImage(log, NEWEST);
  expectCalm(log, 3);
  expectOnceEach(log, ['0', '1', '2', '3']);
  expect(accepted(log, 'patch')).toHaveLength(1);

  expect((await again.end('SIGTERM')).milliseconds).toBeLessThan(LONGEST_END_MILLISECONDS);
  expect((await simulator.end('SIGTERM')).milliseconds).toBeLessThan(LONGEST_END_MILLISECONDS);
  if (CAN_SEE_PROCESSES) expect(mark.living()).toEqual([]);
  else console.log(`whether a process is left cannot be seen on ${process.platform}`);

  async function upgradesAccepted(count: number): Promise<void> {
    await eventually(
      async () => (accepted(await service.log(), 'manualupgrade').length >= count ? true : undefined),
      PATIENCE_MILLISECONDS,
    );
  }
}, 180_000);

async function rolloutIn(url: string, phase: string): Promise<{ readonly id: string } | undefined> {
  const { body } = await ask(`${url}/api/rollouts?phase=${phase}`, 'GET');
  return body.value[0];
}
