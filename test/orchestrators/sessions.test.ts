import { expect, it } from 'vitest';
import type { FaultHooks } from '../../local/host/hub/faults.ts';
import { theApp } from '../lab/bound-app.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const isTurn = (trigger: string): boolean => trigger.toLowerCase() === 'orchestrationtrigger';

/** How many turns of a rollout played their whole history, the first and the check at the end not counted. */
async function replays(
  hooks: FaultHooks,
  disturb: (lab: Lab, id: string) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const app = await theApp();
  let whole = 0;
  const seeing: typeof app = {
    ...app,
    invoke(fn, invocation) {
      const { session } = (invocation.value ?? {}) as { session?: { worker: unknown } };
      if (isTurn(fn.trigger.type) && session?.worker === undefined) whole += 1;
      return app.invoke(fn, invocation);
    },
  };
  await using lab = await startLab({ count: 5, app: seeing, hooks, checkReplay: 'atEnd' });
  const id = await lab.start();
  await disturb(lab, id);
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded' });
  // The workflow has its last turn after the rollout's end.
  await lab.host.runUntilIdle();
  expect(lab.host.diagnostics).toEqual([]);
  return whole - 2;
}

/** Says yes to the fifth question only. */
function atFifth<T>(answer: T): () => T | undefined {
  let asked = 0;
  return () => {
    asked += 1;
    return asked === 5 ? answer : undefined;
  };
}

it('plays no history twice in a rollout that nothing disturbs', async () => {
  expect(await replays({})).toBe(0);
});

it('plays the whole history again in a turn whose commit was lost', async () => {
  expect(await replays({ beforeTurnCommit: atFifth('crash') })).toBe(1);
});

it('plays the whole history again in the first turn after the worker ended in an activity', async () => {
  const exit = atFifth(137);
  expect(await replays({ inWorker: (fn) => (isTurn(fn.trigger.type) ? undefined : exit()) })).toBe(1);
});

it('plays the whole history again in the first turn after a restart', async () => {
  const restarted = replays({}, async (lab, id) => {
    await lab.until(id, ({ batch }) => batch === 1);
    lab.host.restart();
  });
  expect(await restarted).toBe(1);
});
