import { expect, it } from 'vitest';
import { serviceAt } from '../../local/platform/demo/service.ts';
import { packageApp } from '../../tools/package.ts';
import { unpack } from '../../tools/package/unpack.ts';
import { expectCalm, expectImage, expectOnceEach } from '../e2e/support/judge.ts';
import { npmRun } from '../e2e/support/npm.ts';
import { expectPage } from '../e2e/support/page.ts';
import { endOf, startRollout } from '../e2e/support/rollouts.ts';
import { newMark } from '../e2e/support/processes.ts';
import { stateFolder } from '../e2e/support/state.ts';

// Feature [Deployment] One package, the same to the byte in two builds, that a rollout runs from (Deployment)
it('rolls out from the unpacked package, without the checkout', async () => {
  using folder = stateFolder('packaged');
  const app = `${folder.path}/app`;
  unpack((await packageApp()).content, app);
  const mark = newMark();
  const args = [
    '--app',
    app,
    '--state',
    `${folder.path}/state`,
    '--time-scale',
    '60',
    '--scale-set',
    'web:3',
  ];
  await using started = npmRun('start', args, mark);
  const url = await started.ready;
  await expectPage(url);
  const arm = /Azure Resource Manager +(\S+)/.exec(started.output())?.[1] ?? '';
  const service = serviceAt(arm);
  const id = await startRollout({ service, url }, 'packaged', {
    change: { image: { version: 'latest' } },
    health: { stableSeconds: 1 },
  });
  expect(await endOf({ url }, id)).toMatchObject({ phase: 'succeeded' });
  const log = await service.log();
  expectImage(log, '22.04.202611010');
  expectCalm(log, 2);
  expectOnceEach(log, ['0', '1', '2']);
});
