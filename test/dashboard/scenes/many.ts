import type { Page } from 'playwright-core';
import { idsOf, setsNamed, stageOf, startCampaign, untilCampaign } from '../../lab/campaigns.ts';
import { NEW, scaleSetId, SUBSCRIPTION } from '../../lab/lab.ts';
import { noticePorts, setNotices } from '../../lab/notices.ts';
import { turn } from '../../lab/queue-sweep.ts';
import { startReceiver } from '../../lab/receiver.ts';
import { startPageLab } from '../support/page-lab.ts';
import { MINUTE } from './scene.ts';
import type { Take } from './scene.ts';

/** A campaign in the middle of its second stage of three, and one that has spent its budget. */
export async function campaigns(shoot: Take): Promise<void> {
  const [canary, shop, rest] = [setsNamed('canary', 2, 2), setsNamed('shop', 9, 2), setsNamed('rest', 24, 1)];
  await using place = await startPageLab({
    scaleSets: [...canary, ...shop, ...rest],
    faults: [{ kind: 'badImage', version: NEW, scaleSet: 'shop1' }],
  });
  const { lab } = place;
  const stages = [
    stageOf('canary', idsOf(canary), { soakSeconds: 1800 }),
    stageOf('shop', idsOf(shop), { concurrency: 2, minSuccessPercent: 80, soakSeconds: 3600 }),
    stageOf('everything else', idsOf(rest), { concurrency: 6, approval: { quorum: 2 } }),
  ];
  const more = { reason: 'CVE-2026-1234', exclude: [scaleSetId('rest7')] };
  const id = await startCampaign(lab, stages, more);
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.failed === 1 && scaleSets.running === 2);
  await shoot(place, { name: 'campaign', path: `/campaigns/${id}`, height: 900 });
  await shoot(place, {
    name: 'campaign-rollback',
    path: `/campaigns/${id}`,
    before: async (page) => {
      await page.getByRole('button', { name: 'Roll back…' }).click();
      await page.getByText(/if it takes as long/).waitFor();
    },
  });
  await shoot(place, {
    name: 'campaign-skip',
    path: `/campaigns/${id}`,
    before: (page) => page.getByRole('button', { name: 'Skip scale sets…' }).click(),
  });
  await untilCampaign(lab, id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  const tight = [stageOf('shop', idsOf(shop).slice(0, 3), { concurrency: 3 })];
  const other = await startCampaign(lab, tight, { name: 'Hot fix', reason: 'a leak' });
  await untilCampaign(lab, other, ({ phase, scaleSets }) => phase === 'paused' && scaleSets.running === 0);
  await shoot(place, { name: 'campaign-waits', path: `/campaigns/${id}`, height: 900 });
  await shoot(place, { name: 'campaign-failed', path: `/campaigns/${other}`, height: 760 });
  await shoot(place, { name: 'campaigns', path: '/campaigns', height: 420 });
  await shoot(place, { name: 'campaigns-on-call', path: '/on-call', height: 900 });
  const planned = async (page: Page): Promise<void> => {
    await page.getByLabel(/^Name(?! of)/).fill('October image');
    await page.getByLabel('Resource ids').nth(0).fill(idsOf(canary).join('\n'));
    await page.getByLabel('Resource ids').nth(1).fill(idsOf(rest).slice(0, 9).join('\n'));
    await page.getByLabel('Resource ids').nth(1).blur();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: 'Start this campaign' }).waitFor();
  };
  await shoot(place, {
    name: 'new-campaign',
    path: '/campaigns/new',
    height: 1240,
    before: planned,
  });
}

const CAREFUL = {
  strategy: { batchBy: 'count', steps: [1], maxUnavailable: 1 },
  approvals: { before: 'rollout', quorum: 2 },
  soakSeconds: 600,
  onFailure: 'halt',
};

/** Who is told, what could not be delivered, strategies, what was waited for, and a queue. */
export async function told(shoot: Take): Promise<void> {
  await using receiver = await startReceiver();
  await using place = await startPageLab({
    scaleSets: [
      { name: 'web', count: 5 },
      { name: 'api', count: 4 },
    ],
    ports: noticePorts(),
  });
  const { lab } = place;
  await shoot(place, { name: 'notices-none', path: '/notices', height: 500 });
  await shoot(place, { name: 'strategies-none', path: '/strategies', height: 420 });
  await shoot(place, { name: 'waits-none', path: '/waits', height: 420 });
  const hook = { kind: 'webhook', url: `${receiver.origin}/hook`, secret: 'ROLLOUT_NOTICE_HOOK' };
  const routes = [
    { targets: ['pager'] },
    {
      targets: ['shop'],
      kinds: ['failed', 'ended'],
      labels: { team: 'shop' },
      scopes: [`/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout`],
    },
  ];
  const targets = [
    { ...hook, name: 'pager' },
    { ...hook, name: 'shop' },
  ];
  await setNotices(lab, { targets, routes });
  receiver.answer = (_request, response) => response.writeHead(503).end();
  for (const name of ['careful', 'quick']) {
    const strategy = name === 'careful' ? CAREFUL : { strategy: { maxUnavailable: '50%' } };
    await lab.call(
      'PUT',
      `/strategies/${name}`,
      { strategy, reason: 'reviewed' },
      { 'if-match': '"strategy-0"' },
    );
  }
  for (const minutes of [3, 12, 40]) {
    const id = await lab.start(
      turn(`after ${minutes}`, { approvals: { before: 'rollout' }, labels: { pipeline: 'shop' } }),
    );
    await lab.until(id, 'waiting');
    await lab.host.advance(minutes * MINUTE);
    await lab.send(id, 'approve', {}, 'grace');
    await lab.toEnd(id);
  }
  await lab.rollOut({ scaleSet: scaleSetId('api'), reason: 'October image' });
  await lab.host.fireTimer('deliverNotices');
  await setNotices(lab, { targets: targets.slice(0, 1), routes: routes.slice(0, 1) }, '"notices-1"');
  await lab.host.advance(2 * MINUTE);
  await setNotices(lab, {}, '"notices-2"');
  await lab.host.fireTimer('deliverNotices');
  await setNotices(lab, { targets, routes }, '"notices-3"');
  const first = await lab.start({ approvals: { before: 'rollout' }, reason: 'October image' });
  await lab.until(first, 'waiting');
  for (const name of ['two', 'three']) await lab.start(turn(name, { reason: `change ${name}` }));
  await shoot(place, { name: 'notices', path: '/notices', height: 1000 });
  await shoot(place, { name: 'strategies', path: '/strategies', height: 420 });
  await shoot(place, { name: 'strategy', path: '/strategies/careful', height: 560 });
  await shoot(place, { name: 'waits', path: '/waits', height: 640 });
  const set = `/scale-sets/${SUBSCRIPTION}/rollout/web`;
  await shoot(place, { name: 'queue', path: set, height: 860 });
  await shoot(place, { name: 'queue-on-call', path: '/on-call', height: 1200 });
}
