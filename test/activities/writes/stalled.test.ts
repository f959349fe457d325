import { describe, expect, it } from 'vitest';
import { acceptedUpgradesPerInstance } from '../../../local/simulator/log/judge.ts';
import type { StepDefinition } from '../../../src/activities/define-step.ts';
import type { StepInput } from '../../../src/activities/frame/input.ts';
import { applyModel } from '../../../src/activities/steps/apply-model.ts';
import { drainOperations } from '../../../src/activities/steps/drain-operations.ts';
import { restoreGuards } from '../../../src/activities/steps/restore-guards.ts';
import { holdGuards } from '../../../src/activities/steps/hold-guards.ts';
import { openGate } from '../../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../../src/activities/steps/plan-rollout.ts';
import { settleBatch } from '../../../src/activities/steps/settle-batch.ts';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import type { ComputeWrites } from '../../../src/azure/port.ts';
import { openDesk } from '../../lab/desk.ts';
import type { Desk } from '../../lab/desk.ts';
import { interceptWrites } from '../../lab/intercept.ts';
import { kept } from '../../lab/kept.ts';
import { atCommit, isIntent } from '../../lab/records.ts';
import { allUpgraded, askedForQuarantine, REPAIRING } from '../support/scenes.ts';
import { onceIntended } from '../support/interference.ts';
import { modelApplied, WRITERS } from '../support/writers.ts';

interface Kind {
  readonly name: string;
  readonly step: StepDefinition;
  readonly direction: StepInput['direction'];
  readonly ready: () => Promise<Desk>;
}

async function beforeFirstWrite(spec: object = {}, set: object = {}): Promise<Desk> {
  const desk = await openDesk({ ...spec }, set);
  await desk.until(planRollout, 0, 'forward');
  await desk.until(openGate, 0, 'forward');
  return desk;
}

const EXTENSION = {
  name: 'app',
  properties: { publisher: 'p', type: 'CustomScript', typeHandlerVersion: '2.1', settings: { n: 1 } },
};

const OTHERS: readonly Kind[] = [
  {
    name: 'applyModel, of an extension,',
    step: applyModel,
    direction: 'forward',
    ready: () =>
      beforeFirstWrite(
        { change: { extensions: [{ name: 'app', settings: { n: 2 } }] } },
        { extensions: [EXTENSION] },
      ),
  },
  {
    name: 'holdGuards',
    step: holdGuards,
    direction: 'forward',
    ready: () => beforeFirstWrite({}, REPAIRING),
  },
  {
    name: 'restoreGuards, of repairs,',
    step: restoreGuards,
    direction: 'stop',
    ready: async () => {
      const desk = await beforeFirstWrite({}, REPAIRING);
      await desk.until(holdGuards, 0, 'forward');
      return desk;
    },
  },
  {
    name: 'restoreGuards, of the policy,',
    step: restoreGuards,
    direction: 'forward',
    ready: () => allUpgraded(),
  },
  {
    name: 'settleBatch, which protects an instance,',
    step: settleBatch,
    direction: 'forward',
    ready: () => askedForQuarantine(),
  },
];

/** Every kind of write that the app knows. */
const KINDS: readonly Kind[] = [...WRITERS, ...OTHERS];

const TWELVE_MINUTES = 720;

/** The first write stands still between the last look and its request, and something happens meanwhile. */
function stall(desk: Desk, meanwhile: () => Promise<void>): () => boolean {
  let isFirst = true;
  const standStill = async (): Promise<void> => {
    if (!isFirst) return;
    isFirst = false;
    desk.pass(TWELVE_MINUTES);
    await meanwhile();
  };
  interceptWrites(desk.ports.compute, (port) => {
    const late = (name: keyof ComputeWrites) => {
      const send = port[name] as (...given: readonly unknown[]) => Promise<unknown>;
      return [name, async (...given: readonly unknown[]) => standStill().then(() => send(...given))] as const;
    };
    return Object.fromEntries((Object.keys(port) as (keyof ComputeWrites)[]).map((name) => late(name)));
  });
  return () => !isFirst;
}

/** Another run of the workflow's steps, until it has sent the write itself. */
async function goOn(desk: Desk, { step, direction }: Kind): Promise<void> {
  const before = desk.writes();
  for (let round = 0; round < 20 && desk.writes() === before; round += 1) {
    await desk.run(step, 0, direction);
    if (desk.writes() > before) return;
    if (step.name === 'upgradeBatch') await desk.run(settleBatch, 0, direction);
    if (step.name === 'restoreModel') await desk.run(drainOperations, 0, direction);
    desk.pass(10);
  }
}

describe.each(KINDS)('$name that stands still for twelve minutes', (kind) => {
  const { step, direction, ready } = kind;

  it('sends nothing, and leaves all to the next run', async () => {
    const desk = await ready();
    const before = desk.writes();
    const hasStalled = stall(desk, async () => undefined);
    const answer = await desk.run(step, 0, direction);
    expect(hasStalled()).toBe(true);
    expect(desk.writes()).toBe(before);
    expect(['wait', 'again']).toContain(answer.kind);
    await goOn(desk, kind);
    expect(desk.writes()).toBe(before + 1);
  });

  it('sends nothing when it stood still for eleven seconds between its intent and its last look', async () => {
    const desk = await ready();
    const before = desk.writes();
    let isDue = true;
    const free = atCommit(desk.store, async (change, commit) => {
      const done = await commit(change);
      if (isDue && isIntent(change)) {
        isDue = false;
        desk.pass(11);
      }
      return done;
    });
    await desk.run(step, 0, direction);
    expect([isDue, desk.writes()]).toEqual([false, before]);
    free();
    await goOn(desk, kind);
    expect(desk.writes()).toBe(before + 1);
  });

  it('sends nothing and moves no row where another run went on', async () => {
    const desk = await ready();
    const before = desk.writes();
    let left: ReadonlyMap<string, unknown> | undefined;
    const hasStalled = stall(desk, async () => {
      await goOn(desk, kind);
      expect(desk.writes()).toBe(before + 1);
      left = await kept(desk.store);
    });
    await expect(desk.run(step, 0, direction)).rejects.toThrow(/somebody else|has moved/);
    expect(hasStalled()).toBe(true);
    expect(desk.writes()).toBe(before + 1);
    expect(await kept(desk.store)).toEqual(left);
  });
});

it('undoes nothing of a run that took over while it stood still', async () => {
  const desk = await modelApplied();
  const before = desk.writes();
  onceIntended(desk, async () => {
    desk.pass(120);
    expect(await desk.until(settleBatch, 0, 'forward')).toEqual({ kind: 'again' });
    expect(await desk.until(upgradeBatch, 0, 'forward')).toEqual({ kind: 'done' });
    expect(desk.writes()).toBe(before + 1);
  });
  await expect(desk.run(upgradeBatch, 0, 'forward')).rejects.toThrow(/somebody else/);
  for (let round = 0; round < 3; round += 1) {
    if ((await desk.until(settleBatch, 0, 'forward')).kind === 'done') break;
    await desk.until(upgradeBatch, 0, 'forward');
  }
  expect(acceptedUpgradesPerInstance(desk.sim.log)).toEqual({ '0': 1, '5': 1, '10': 1 });
});
