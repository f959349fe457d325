import { expect, it } from 'vitest';
import { EventType } from '../../local/host/durable/wire/event.ts';
import { campaignEnd, setsNamed, startCampaign } from '../lab/campaigns.ts';
import { startLab, SUBSCRIPTION } from '../lab/lab.ts';

interface Shown {
  readonly instanceId: string;
  readonly history: readonly { readonly EventType: number }[];
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

// Feature [Campaigns] Five hundred sets stay inside the bounds of a workflow's history (issue 18)
it('of five hundred sets stays below a thousand events in a generation, and 45 tasks in a turn', async () => {
  const sets = setsNamed('web', 500, 1);
  let [longest, generations, most] = [0, 0, 0];
  await using lab = await startLab({
    scaleSets: sets,
    onTurn({ trigger }) {
      const { instanceId, history } = trigger as Shown;
      if (!instanceId.startsWith('c-')) return;
      if (history.length <= 5) generations += 1;
      longest = Math.max(longest, history.length);
      most = Math.max(most, mostTasks(history));
    },
  });
  // Nothing to do for any of them: each rollout ends as soon as it has looked, so that the campaign has most to do.
  const resourceGroups = [`/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout`];
  const stages = [
    { name: 'all', concurrency: 50, groups: [{ name: 'all', resourceGroups, concurrency: 50 }] },
  ];
  const spec = { change: {}, rollout: { strategy: { maxUnavailable: '100%' } } };
  const id = await startCampaign(lab, stages, spec);
  expect(await campaignEnd(lab, id)).toMatchObject({
    phase: 'succeeded',
    scaleSets: { total: 500, succeeded: 500 },
  });
  console.log(
    `500 sets: at most ${longest} events in a generation, ${most} tasks in a turn, ${generations} generations`,
  );
  expect(longest).toBeLessThan(1000);
  expect(most).toBeLessThanOrEqual(45);
  expect(generations).toBeGreaterThan(2);
}, 1_200_000);
