import { expect, it } from 'vitest';
import { serviceAt } from '../../local/platform/demo/service.ts';
import { freePort } from '../../local/platform/ports.ts';
import { eventually } from '../host/support/child-host.ts';
import { ask } from './support/app.ts';
import { accepted, expectCalm, expectImage, expectOnceEach } from './support/judge.ts';
import { npmRun } from './support/npm.ts';
import { newMark } from './support/processes.ts';
import { stateFolder } from './support/state.ts';

const NEWEST = '22.04.202611010';
const PATIENCE_MILLISECONDS = 60_000;

it('goes on with a rollout after all of npm start was ended, storage and simulator too', async () => {
  const mark = newMark();
  using folder = stateFolder('restart');
  const port = String(await freePort(0));
  const args = ['--port', port, '--state', folder.path, '--time-scale', '60', '--scale-set', 'web:3'];
  await using first = npmRun('start', args, mark);
  const url = await first.ready;
  const service = serviceAt(await armOf(first.output));
  const { id: scaleSet } = await service.scaleSet();
  const spec = { scaleSet, change: { image: { version: 'latest' } }, health: { stableSeconds: 1 } };
  const started = await ask(`${url}/api/rollouts`, 'POST', spec);
  expect(started.status, started.text).toBe(202);
  await eventually(
    async () => (accepted(await service.log(), 'manualupgrade').length > 0 ? true : undefined),
    PATIENCE_MILLISECONDS,
  );
  const before = await service.log();
  const { code, output } = await first.end('SIGTERM');
  expect(code).toBe(0);
  expect(output).toContain('goes on with every rollout');

  await using again = npmRun('start', args, mark);
  await again.ready;
  const ended = await eventually(async () => {
    const { body } = await ask(`${url}/api/rollouts/${started.body.id}`, 'GET');
    return body.endedAt === null ? undefined : body;
  }, PATIENCE_MILLISECONDS);
  expect(ended).toMatchObject({ phase: 'succeeded' });

  const log = await serviceAt(await armOf(again.output)).log();
  expect(log.slice(0, before.length)).toEqual(before);
  expectImage(log, NEWEST);
  expectCalm(log, 2);
  expectOnceEach(log, ['0', '1', '2']);
  await again.end('SIGTERM');
}, 180_000);

/** Where the simulator answers, as npm start says. */
async function armOf(output: () => string): Promise<string> {
  return eventually(async () => /Azure Resource Manager +(http:\S+)/.exec(output())?.[1]);
}
