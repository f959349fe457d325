import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionApp } from '../../local/host/worker/app/function-app.ts';
import { stateFolder } from '../e2e/support/state.ts';
import { theApp } from '../lab/bound-app.ts';
import { expectImages, expectSafe } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { orderOf, replayed } from '../lab/turns.ts';
import type { Turn } from '../lab/turns.ts';
import { readHistories } from '../replay/histories.ts';
import { writeBuild } from './build.ts';
import type { Build } from './build.ts';
import { ORDER_BROKEN, SLEEPS_LONGER, STEP_ADDED } from './changes.ts';
import { deployment, loadBuild } from './load.ts';

const BUILDS = { STEP_ADDED, SLEEPS_LONGER, ORDER_BROKEN };
const apps = new Map<Build, FunctionApp>();
const folder = stateFolder('builds');

beforeAll(async () => {
  for (const build of Object.values(BUILDS)) apps.set(build, await loadBuild(writeBuild(build, folder.path)));
});
afterAll(() => folder[Symbol.dispose]());

function appOf(build: Build): FunctionApp {
  const app = apps.get(build);
  if (app === undefined) throw new Error(`${build.name} is not loaded`);
  return app;
}

interface Deployed extends AsyncDisposable {
  readonly lab: Lab;
  readonly deploy: (app: FunctionApp) => void;
}

/** A lab with today's build, and how another one is deployed in its place: its host stops, and starts with that. */
async function startDeployed({
  first,
  count = 5,
}: { readonly first?: FunctionApp; readonly count?: number } = {}): Promise<Deployed> {
  const place = deployment(first ?? (await theApp()));
  const lab = await startLab({ app: place.app, count });
  return {
    lab,
    deploy(app) {
      place.deploy(app);
      lab.host.restart();
    },
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  };
}

async function eventsOf(lab: Lab, id: string, kind: string): Promise<Body[]> {
  const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
  return value.filter((event: Body) => event.kind === kind);
}

/** Batches that the added step was done for. */
async function announced(lab: Lab, id: string): Promise<number[]> {
  return [...new Set((await eventsOf(lab, id, 'batchAnnounced')).map(({ batch }) => batch as number))];
}

async function atApproval(lab: Lab, batch: number): Promise<string> {
  const id = await lab.start({ approvals: { before: [batch] } });
  await lab.until(id, (rollout) => rollout.waitingFor?.kind === 'approval');
  return id;
}

async function disagreeing(app: FunctionApp, turns: readonly Turn[]): Promise<number> {
  let count = 0;
  for (const turn of turns) {
    const now = await replayed(app, turn).catch(() => undefined);
    if (now === undefined || !isDeepStrictEqual(orderOf(now), orderOf(turn.answer))) count += 1;
  }
  return count;
}

describe.each([
  ['a step is added, and the version raised', STEP_ADDED],
  ['a change leaves the order as it is', SLEEPS_LONGER],
])('a later build, where %s', (_, build) => {
  it.for(readHistories())('goes on with the recorded $name, version $version', async ({ turns }) => {
    expect(await disagreeing(appOf(build), turns)).toBe(0);
  });

  it('ends a rollout that waits for an approval while it is deployed, in the order that it began with', async () => {
    await using place = await startDeployed();
    const { lab, deploy } = place;
    const id = await atApproval(lab, 2);
    deploy(appOf(build));
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
    expect(lab.host.client.status(id)?.version).toBe('2');
    expect(await eventsOf(lab, id, 'recovered')).toEqual([]);
    expect(await announced(lab, id)).toEqual([]);
  });
});

describe('a deployment', () => {
  it('gives the new order to a new rollout', async () => {
    await using place = await startDeployed();
    const { lab, deploy } = place;
    deploy(appOf(STEP_ADDED));
    const { id, phase } = await lab.rollOut();
    expect(phase).toBe('succeeded');
    expect(lab.host.client.status(id)?.version).toBe('3');
    expect(await announced(lab, id)).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives the new order to a rollout in flight from its next generation on', async () => {
    await using place = await startDeployed({ count: 15 });
    const { lab, deploy } = place;
    const id = await lab.start({ strategy: { batchBy: 'count', steps: [1] } });
    await lab.until(id, (rollout) => rollout.batch === 3 && rollout.phase === 'settling');
    deploy(appOf(STEP_ADDED));
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    const batches = await announced(lab, id);
    expect(batches.length).toBeGreaterThan(0);
    expect(batches[0]).toBeGreaterThan(3);
    expect(batches).toEqual(
      Array.from({ length: 15 - (batches[0] ?? 0) }, (__, index) => (batches[0] ?? 0) + index),
    );
    expect(await eventsOf(lab, id, 'recovered')).toEqual([]);
    expectImages(lab, NEW);
    expectSafe(lab);
  });

  it('and a second one leave a rollout in flight as it was', async () => {
    await using place = await startDeployed();
    const { lab, deploy } = place;
    const id = await lab.start({ approvals: { before: [1, 2] } });
    for (const [batch, build] of [
      [1, STEP_ADDED],
      [2, SLEEPS_LONGER],
    ] as const) {
      await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval' && waitingFor.batch === batch);
      deploy(appOf(build));
      await lab.send(id, 'approve', { batch });
    }
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(await eventsOf(lab, id, 'recovered')).toEqual([]);
    expect(await announced(lab, id)).toEqual([]);
    expectSafe(lab, { floor: 4 });
  });

  it('that is taken back starts what the newer build began again from its records', async () => {
    await using place = await startDeployed({ first: appOf(STEP_ADDED) });
    const { lab, deploy } = place;
    const id = await atApproval(lab, 2);
    expect(await announced(lab, id)).toEqual([0, 1]);
    deploy(await theApp());
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(await eventsOf(lab, id, 'recovered')).toHaveLength(1);
    expect(lab.host.client.status(id)?.version).toBe('2');
    expect(await announced(lab, id)).toEqual([0, 1]);
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
  });
});

describe('an order that is changed without a raise of the version', () => {
  it('is found by the recorded histories', async () => {
    const found = [];
    for (const { name, turns } of readHistories())
      if ((await disagreeing(appOf(ORDER_BROKEN), turns)) > 0) found.push(name);
    expect(found).toContain('forward');
    expect(found).not.toContain('refused');
  });

  it('is found by a rollout in flight, which nevertheless ends well from its records', async () => {
    await using place = await startDeployed();
    const { lab, deploy } = place;
    const id = await atApproval(lab, 2);
    deploy(appOf(ORDER_BROKEN));
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(await eventsOf(lab, id, 'recovered')).toHaveLength(1);
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
  });
});
