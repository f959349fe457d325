import { expect, it } from 'vitest';
import { EventType } from '../../local/host/durable/wire/event.ts';
import { images } from '../lab/campaign-sets.ts';
import { campaignEnd, setsNamed, startCampaign } from '../lab/campaigns.ts';
import { IS_NIGHT } from '../lab/drawn.ts';
import { NEW, startLab, SUBSCRIPTION } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

interface Shown {
  readonly instanceId: string;
  readonly history: readonly { readonly EventType: number }[];
}

/** What the workflows of one run have come to, by what the host has written for them. */
interface Measured {
  longest: number;
  generations: number;
  tasks: number;
  payload: number;
  rollout: number;
}

/** The most tasks that one turn of this history has asked for. */
function mostTasks(history: Shown['history']): number {
  let [most, tasks] = [0, 0];
  for (const { EventType: type } of history) {
    if (type === EventType.OrchestratorStarted) tasks = 0;
    else if (type === EventType.TaskScheduled) tasks += 1;
    most = Math.max(most, tasks);
  }
  return most;
}

/** Takes in one turn of any workflow; of a history only its newest events are measured, as the others were before. */
function measure(measured: Measured, trigger: unknown): void {
  const { instanceId, history } = trigger as Shown;
  if (!instanceId.startsWith('c-')) {
    measured.rollout = Math.max(measured.rollout, history.length);
    return;
  }
  if (history.length <= 5) measured.generations += 1;
  measured.longest = Math.max(measured.longest, history.length);
  measured.tasks = Math.max(measured.tasks, mostTasks(history));
  const sizes = history.slice(-MOST_NEW).map((event) => JSON.stringify(event).length);
  measured.payload = Math.max(measured.payload, ...sizes);
}

/** More events than one turn brings. */
const MOST_NEW = 200;

const sizeOf = (rows: readonly { readonly value: unknown }[]): number =>
  rows.reduce((sum, { value }) => sum + JSON.stringify(value).length, 0);

/** Runs a campaign over so many sets to its end, and measures its workflow. */
async function run(howMany: number, spec: object, check: (lab: Lab) => void): Promise<Measured> {
  const sets = setsNamed('web', howMany, 2);
  const measured: Measured = { longest: 0, generations: 0, tasks: 0, payload: 0, rollout: 0 };
  await using lab = await startLab({
    scaleSets: sets,
    onTurn: ({ trigger }) => measure(measured, trigger),
  });
  const resourceGroups = [`/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout`];
  const groups = [{ name: 'all', resourceGroups, concurrency: 50 }];
  const id = await startCampaign(lab, [{ name: 'all', concurrency: 50, groups }], spec);
  const counts = { total: howMany, succeeded: howMany };
  expect(await campaignEnd(lab, id)).toMatchObject({ phase: 'succeeded', scaleSets: counts });
  const rows = await lab.store.documents.list('campaigns', id);
  const { longest, generations, tasks, payload, rollout } = measured;
  console.log(
    `${howMany} sets: at most ${longest} events in a generation, ${generations} generations, ${tasks} tasks in a turn, ${payload} characters in an event, ${rollout} events of a rollout; ${rows.length} rows of ${sizeOf(rows)} characters, the largest of ${Math.max(...rows.map((row) => sizeOf([row])))}`,
  );
  check(lab);
  return measured;
}

function expectBounds({ longest, tasks, payload, rollout }: Measured): void {
  expect(longest).toBeLessThan(1000);
  expect(rollout).toBeLessThan(1000);
  expect(tasks).toBeLessThanOrEqual(45);
  expect(payload).toBeLessThan(45_000);
}

// Feature [Campaigns] Five hundred sets stay inside the bounds of a workflow's history (issue 18)
it('of five hundred sets stays below a thousand events in a generation, and 45 tasks in a turn', async () => {
  // Nothing to do for any of them: each rollout ends as soon as it has looked, so that the campaign has most to do.
  const spec = { change: {}, rollout: { strategy: { maxUnavailable: '100%' } } };
  const measured = await run(500, spec, () => undefined);
  expectBounds(measured);
  expect(measured.generations).toBeGreaterThan(2);
}, 1_200_000);

/** All of it takes minutes, so by day it is a tenth. */
const CHANGED = IS_NIGHT ? 500 : 50;

// Feature [Campaigns] Five hundred sets that are upgraded stay inside the bounds of every workflow's history (issue 18)
it('of sets that are all upgraded stays inside the same bounds, and so do their rollouts', async () => {
  const check = (lab: Lab): void => {
    for (const { name } of setsNamed('web', CHANGED, 2))
      expect([name, images(lab, name)]).toEqual([name, [NEW]]);
  };
  expectBounds(await run(CHANGED, {}, check));
}, 1_200_000);
