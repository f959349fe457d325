import { expect, it } from 'vitest';
import { seededScheduler } from '../../local/host/drivers/ids.ts';
import {
  campaignDies,
  commitsOfCampaign,
  dieAt,
  endWithTimer,
  expectRight,
  SIX,
} from '../lab/campaign-kills.ts';
import { idsOf, stageOf, startCampaign } from '../lab/campaigns.ts';
import { drawn, DRAW_SEED, told } from '../lab/drawn.ts';
import { startLab } from '../lab/lab.ts';

// Feature [Campaigns] A campaign that is killed at any commit goes on, and begins nothing twice (issue 18)
it('of six sets ends right wherever its process dies, at every tenth commit', async () => {
  const commits = await commitsOfCampaign();
  const tenths = commits.filter((_, index) => index % 10 === 0);
  expect(tenths.length).toBeGreaterThan(20);
  for (const [index, call] of [...told('campaign kills', drawn('campaign kills', tenths))].entries())
    await campaignDies(call, index % 2 === 0 ? 'before' : 'after');
});

it('ends right although its process dies at twenty seeded commits of one run', async () => {
  const pick = seededScheduler(DRAW_SEED);
  await using lab = await startLab({ scaleSets: SIX });
  const id = await startCampaign(lab, [
    stageOf('first', idsOf(SIX.slice(0, 2))),
    stageOf('rest', idsOf(SIX.slice(2)), { concurrency: 4 }),
  ]);
  let deaths = 0;
  for (; deaths < 20; deaths += 1) {
    await dieAt(lab, lab.store.calls.length + 1 + pick.pick(60), pick.pick(2) === 0 ? 'before' : 'after');
    await lab.host.fireTimer('reviveRollouts');
  }
  expect(deaths).toBe(20);
  expect(await endWithTimer(lab, id)).toMatchObject({ phase: 'succeeded', scaleSets: { succeeded: 6 } });
  expectRight(lab, SIX);
});
