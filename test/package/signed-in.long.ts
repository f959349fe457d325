import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { serviceAt } from '../../local/platform/demo/service.ts';
import { packageApp } from '../../tools/package.ts';
import { unpack } from '../../tools/package/unpack.ts';
import { eventually } from '../host/support/child-host.ts';
import { ask, type Answer } from '../e2e/support/app.ts';
import { cli } from '../e2e/support/cli.ts';
import { accepted, expectBack, writes } from '../e2e/support/judge.ts';
import { npmRun } from '../e2e/support/npm.ts';
import { newMark, type Mark } from '../e2e/support/processes.ts';
import { stateFolder } from '../e2e/support/state.ts';
import { tied } from '../e2e/support/tied.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PATIENCE_MILLISECONDS = 120_000;

// Feature [Deployment] A rollout with approval, pause and rollback under signed tokens (Deployment)
it('rolls out and back from the package, each command under the token of whoever gave it', async () => {
  using folder = stateFolder('signed-in');
  const app = `${folder.path}/app`;
  unpack((await packageApp()).content, app);
  const mark = newMark();
  const args = ['--auth', '--app', app, '--state', `${folder.path}/state`];
  await using started = npmRun('start', [...args, '--time-scale', '60', '--scale-set', 'web:3'], mark);
  const url = await started.ready;
  const told = (what: string): string =>
    new RegExp(`^${what} +(\\S+)`, 'm').exec(started.output())?.[1] ?? '';
  const service = serviceAt(told('Azure Resource Manager'));
  const before = await service.log();
  const { id: scaleSet } = await service.scaleSet();
  const token = async (user: string): Promise<string> => {
    const asked = ['run', '-s', 'issuer', '--', 'token', '--url', told('issuer'), '--user', user];
    const child = tied(
      spawn('npm', asked, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], detached: true }),
    );
    return (await text(child.stdout)).trim();
  };
  const as = async (user: string): Promise<Mark> => ({
    ...mark,
    env: { ...mark.env, VMSS_ROLLOUT_TOKEN: await token(user) },
  });
  const [ada, grace] = [await as('ada'), await as('grace')];
  const rollout = async (looks: (found: Answer['body']) => boolean): Promise<Answer['body']> =>
    eventually(
      async () => {
        const authorization = `Bearer ${ada.env['VMSS_ROLLOUT_TOKEN']}`;
        const { body } = await ask(`${url}/api/rollouts`, 'GET', undefined, { authorization });
        const [first] = body.value;
        return first !== undefined && looks(first) ? first : undefined;
      },
      PATIENCE_MILLISECONDS,
      250,
    );

  expect(await cli(url, ['list'], mark)).toMatchObject({
    code: 1,
    err: expect.stringContaining('not signed in'),
  });
  expect(writes(await service.log())).toEqual([]);

  const spec = ['--scale-set', scaleSet, '--image-version', 'latest', '--stable-seconds', '1'];
  expect(await cli(url, ['start', ...spec, '--approve-before', 'rollout'], ada)).toMatchObject({ code: 0 });
  const { id, requestedBy } = await rollout(({ phase }) => phase === 'waiting');
  expect(requestedBy).toMatch(/^ada@local\.example \([0-9a-f-]{36}\)$/);
  expect(await cli(url, ['approve', id], grace)).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^✓ /),
  });
  await eventually(
    async () => (accepted(await service.log(), 'manualupgrade').length >= 1 ? true : undefined),
    PATIENCE_MILLISECONDS,
  );
  expect(await cli(url, ['pause', id], grace)).toMatchObject({ code: 0, err: expect.stringMatching(/^✓ /) });
  await rollout(({ phase }) => phase === 'paused');
  expect(await cli(url, ['rollback', id, '--yes', '--wait'], ada)).toMatchObject({ code: 4 });

  const touched = Object.keys(await upgraded());
  expect(touched.length).toBeGreaterThan(0);
  expectBack(await service.log(), before, touched);
  const headers = { authorization: `Bearer ${ada.env['VMSS_ROLLOUT_TOKEN']}` };
  const { body: events } = await ask(`${url}/api/rollouts/${id}/events`, 'GET', undefined, headers);
  const said = events.value.map(({ kind, by = '' }: Answer['body']) => `${kind} by ${by.split('@')[0]}`);
  expect(said).toEqual(expect.arrayContaining(['approve by grace', 'pause by grace', 'rollback by ada']));
  expect(started.output()).not.toContain(ada.env['VMSS_ROLLOUT_TOKEN'] ?? '');

  async function upgraded(): Promise<Record<string, true>> {
    const named = accepted(await service.log(), 'manualupgrade').flatMap(({ instances }) => instances ?? []);
    return Object.fromEntries(named.map((instance) => [instance, true]));
  }
}, 300_000);
