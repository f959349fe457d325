import { expect, it } from 'vitest';
import { seededScheduler } from '../../local/host/drivers/ids.ts';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { dieAt, endWithTimer } from '../lab/campaign-kills.ts';
import {
  commandCampaign,
  idsOf,
  setsNamed,
  stageOf,
  startCampaign,
  untilCampaign,
} from '../lab/campaigns.ts';
import { DRAW_SEED, IS_NIGHT } from '../lab/drawn.ts';
import { OLD, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

/** A hundred sets of a hundred at night, and a tenth of that by day. */
const SETS = IS_NIGHT ? 100 : 20;
const INSTANCES = IS_NIGHT ? 100 : 50;
const sets = setsNamed('web', SETS, INSTANCES);
const [FEW, MORE, MOST] = [0.05, 0.3, 0.6].map((share) => share * SETS) as [number, number, number];
const STAGES = [
  stageOf('canary', idsOf(sets.slice(0, FEW)), { concurrency: FEW, soakSeconds: 3600 }),
  stageOf('some', idsOf(sets.slice(FEW, MORE)), { concurrency: MORE - FEW }),
  stageOf('all', idsOf(sets.slice(MORE)), { concurrency: SETS / 2, minSuccessPercent: 95 }),
];

/** A fifth at a time: fewer rounds than by update domain, and the same floor. */
const ROLLOUT = { strategy: { maxUnavailable: '20%' } };

const throttled = (lab: Lab): readonly LogEntry[] =>
  lab.log.filter((entry) => entry.kind === 'request' && entry.status === 429);

function expectFloors(lab: Lab): void {
  const below = sets.filter(
    ({ name }) =>
      belowFloor(
        lab.log.filter((one) => !('scaleSet' in one) || one.scaleSet === name),
        0.8 * INSTANCES,
        name,
      ).length > 0,
  );
  expect(below).toEqual([]);
}

/** The process dies at some of the next calls to the store, and a new one goes on each time. */
async function dies(lab: Lab, times: number): Promise<void> {
  const pick = seededScheduler(DRAW_SEED + lab.store.calls.length);
  for (let deaths = 0; deaths < times; deaths += 1) {
    await dieAt(lab, lab.store.calls.length + 1 + pick.pick(200), pick.pick(2) === 0 ? 'before' : 'after');
    await lab.host.fireTimer('reviveRollouts');
  }
}

// Feature [Campaigns] A hundred sets of a hundred, paused, killed at twenty commits and rolled back, without throttling themselves (issue 18)
it('of many large sets keeps its budgets and every floor, is paused and killed, and is rolled back', async () => {
  await using lab = await startLab({ scaleSets: sets });
  const id = await startCampaign(lab, STAGES, { rollout: ROLLOUT });
  await dies(lab, 5);
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.succeeded >= MORE);
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.running >= MORE);
  await dies(lab, 5);
  await commandCampaign(lab, id, 'pause');
  await lab.host.advance(3_600_000);
  await commandCampaign(lab, id, 'resume');
  await dies(lab, 5);
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.succeeded >= MOST);
  await commandCampaign(lab, id, 'rollback');
  await dies(lab, 5);
  expect(await endWithTimer(lab, id)).toMatchObject({ phase: 'rolledBack' });
  for (const { name } of sets)
    expect([name, ...new Set(Object.values(imagesNow(lab.log, name)))]).toEqual([name, OLD]);
  expectFloors(lab);
  expect(throttled(lab)).toEqual([]);
}, 3_000_000);
