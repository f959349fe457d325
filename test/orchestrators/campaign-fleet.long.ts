import { expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import {
  campaignEnd,
  commandCampaign,
  idsOf,
  setsNamed,
  stageOf,
  startCampaign,
  untilCampaign,
} from '../lab/campaigns.ts';
import { OLD, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const sets = setsNamed('web', 100, 100);
const STAGES = [
  stageOf('canary', idsOf(sets.slice(0, 5)), { concurrency: 5, soakSeconds: 3600 }),
  stageOf('some', idsOf(sets.slice(5, 30)), { concurrency: 25 }),
  stageOf('all', idsOf(sets.slice(30)), { concurrency: 50, minSuccessPercent: 95 }),
];

/** A batch of 20 at a time: fewer rounds than by update domain, and the same floor. */
const ROLLOUT = { strategy: { maxUnavailable: '20%' } };

const throttled = (lab: Lab): readonly LogEntry[] =>
  lab.log.filter((entry) => entry.kind === 'request' && entry.status === 429);

function expectFloors(lab: Lab): void {
  const below = sets.filter(
    ({ name }) =>
      belowFloor(
        lab.log.filter((one) => !('scaleSet' in one) || one.scaleSet === name),
        80,
        name,
      ).length > 0,
  );
  expect(below).toEqual([]);
}

// Feature [Campaigns] A hundred sets of a hundred, paused and rolled back, without throttling themselves (issue 18)
it('of a hundred sets of a hundred keeps its budgets and every floor, is paused, and is rolled back', async () => {
  await using lab = await startLab({ scaleSets: sets });
  const id = await startCampaign(lab, STAGES, { rollout: ROLLOUT });
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.succeeded >= 5);
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.succeeded >= 30);
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.running >= 30);
  await commandCampaign(lab, id, 'pause');
  await lab.host.advance(3_600_000);
  await commandCampaign(lab, id, 'resume');
  await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.succeeded >= 60);
  await commandCampaign(lab, id, 'rollback');
  expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'rolledBack' });
  for (const { name } of sets)
    expect([name, ...new Set(Object.values(imagesNow(lab.log, name)))]).toEqual([name, OLD]);
  expectFloors(lab);
  expect(throttled(lab)).toEqual([]);
}, 3_000_000);
