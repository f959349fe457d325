import { expect, it } from 'vitest';
import type { FaultHooks } from '../../local/host/hub/faults.ts';
import { theApp } from '../lab/bound-app.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

const isTurn = (trigger: string): boolean => trigger.toLowerCase() === 'orchestrationtrigger';

/** Of each of a rollout's first eight turns, whether it went on from the one before or played all its history. */
async function firstTurns(
  options: Pick<LabOptions, 'hooks' | 'checkReplay'>,
  disturb: (lab: Lab, id: string, turns: readonly string[]) => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const app = await theApp();
  const turns: string[] = [];
  const seeing: typeof app = {
    ...app,
    invoke(fn, invocation) {
      const { session } = (invocation.value ?? {}) as { session?: { worker: unknown } };
      if (isTurn(fn.trigger.type)) turns.push(session?.worker === undefined ? 'replays' : 'goes on');
      return app.invoke(fn, invocation);
    },
  };
  await using lab = await startLab({ count: 5, ...options, app: seeing });
  const id = await lab.start();
  await disturb(lab, id, turns);
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded' });
  // The workflow has its last turn after the rollout's end.
  await lab.host.runUntilIdle();
  expect(lab.host.diagnostics).toEqual([]);
  // A rollout that nothing disturbs is replayed now and then all the same, and once at its end.
  expect(turns.slice(8)).toContain('replays');
  return turns.slice(0, 8);
}

const ON = 'goes on';
const ALL = 'replays';

/** The nth time, and no other. */
function nth<T>(which: number, answer: T): () => T | undefined {
  let asked = 0;
  return () => {
    asked += 1;
    return asked === which ? answer : undefined;
  };
}

it('goes on from the turn before', async () => {
  expect(await firstTurns({})).toEqual([ALL, ON, ON, ON, ON, ON, ON, ON]);
});

it('plays the whole history again in a turn whose commit was lost', async () => {
  const hooks: FaultHooks = { beforeTurnCommit: nth(5, 'crash') };
  expect(await firstTurns({ hooks })).toEqual([ALL, ON, ON, ON, ON, ALL, ON, ON]);
});

it('plays the whole history again in the turn after the worker ended in an activity', async () => {
  const exit = nth(3, 137);
  const hooks: FaultHooks = { inWorker: ({ trigger }) => (isActivity(trigger.type) ? exit() : undefined) };
  expect(await firstTurns({ hooks })).toEqual([ALL, ON, ON, ON, ON, ALL, ON, ON]);
});

const isActivity = (trigger: string): boolean => trigger.toLowerCase() === 'activitytrigger';

it('plays the whole history again in the first turn after a restart', async () => {
  const restarted = firstTurns({}, async (lab, id, turns) => {
    await lab.host.runUntil(() => turns.length === 4);
    lab.host.restart();
  });
  expect(await restarted).toEqual([ALL, ON, ON, ON, ALL, ON, ON, ON]);
});
