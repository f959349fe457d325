import { describe, expect, it } from 'vitest';
import { recover } from '../../src/operations/recover.ts';
import { readRollout } from '../../src/store/rollouts.ts';
import { expectImages, expectSafe, modelImage } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { meddle } from '../lab/records.ts';

const FLOOR = { floor: 4 };

/** Somebody stops the workflow through the host's management API; the host takes a moment. */
async function stop(lab: Lab, id: string): Promise<void> {
  lab.host.client.terminate(id, 'by accident');
  await lab.host.runUntil(() => lab.host.client.status(id)?.runtimeStatus === 'Terminated');
}

/** No build follows an order of steps that it does not know. */
async function fail(lab: Lab, id: string): Promise<void> {
  await stop(lab, id);
  const input = JSON.stringify({ rollout: id, version: 99 });
  lab.host.client.startWithJson('rollout', { instanceId: id, input });
  await lab.host.runUntil(() => lab.host.client.status(id)?.runtimeStatus === 'Failed');
}

/** Ways in which a workflow is lost while its rollout is not over. */
const LOSSES: readonly (readonly [string, RegExp, (lab: Lab, id: string) => Promise<void>])[] = [
  ['was stopped from outside', /stopped from outside/, stop],
  ['has failed', /workflow failed/, fail],
  [
    'is missing',
    /workflow is missing/,
    async (lab, id) => {
      await stop(lab, id);
      lab.host.client.purge(id);
    },
  ],
];

/** A rollout that waits for the approval of its second batch. */
async function waiting(options: Parameters<typeof startLab>[0] = {}): Promise<{ lab: Lab; id: string }> {
  const lab = await startLab({ count: 5, ...options });
  const id = await lab.start({ approvals: { before: [1] } });
  await lab.until(id, 'waiting');
  return { lab, id };
}

async function recoveries(lab: Lab, id: string): Promise<number> {
  const { body } = await lab.call('GET', `/rollouts/${id}/events`);
  return body.value.filter(({ kind }: Body) => kind === 'recovered').length;
}

/** Counts what is asked of the host from now on. */
function watchHost(lab: Lab): { starts: number; looks: number } {
  const seen = { starts: 0, looks: 0 };
  const { client } = lab.host;
  const startWithJson: typeof client.startWithJson = client.startWithJson.bind(client);
  const status: typeof client.status = client.status.bind(client);
  const counting: Partial<typeof client> = {
    startWithJson(...given) {
      seen.starts += 1;
      return startWithJson(...given);
    },
    status(...given) {
      seen.looks += 1;
      return status(...given);
    },
  };
  Object.assign(client, counting);
  return seen;
}

describe.for(LOSSES)('a workflow that %s', ([, why, lose]) => {
  it('is started again at the next request, which says so', async () => {
    const { id, lab: opened } = await waiting();
    await using lab = opened;
    const before = await lab.get(id);
    await lose(lab, id);
    const shown = await lab.get(id);
    expect(shown).toEqual({
      ...before,
      waitingFor: {
        kind: 'recovery',
        since: new Date(lab.host.clock.now()).toISOString(),
        message: expect.stringMatching(why),
      },
    });
    expect((await lab.call('GET', '/rollouts')).body.value[0]).toEqual(shown);
    expect((await lab.call('GET', `/rollouts/${id}/explanation`)).body.waits).toEqual(shown.waitingFor);
    expect(lab.host.client.status(id)?.runtimeStatus).toMatch(/Pending|Running/);
    await lab.until(id, ({ waitingFor }) => waitingFor.kind === 'approval');
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(await recoveries(lab, id)).toBe(1);
    expectImages(lab, NEW);
    expectSafe(lab, FLOOR);
  });

  it('is started again by a command, which is then carried out', async () => {
    const { id, lab: opened } = await waiting();
    await using lab = opened;
    await lose(lab, id);
    expect(await lab.send(id, 'approve')).toMatchObject({
      status: 202,
      body: { phase: 'waiting', waitingFor: { kind: 'recovery' } },
    });
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab, FLOOR);
  });

  it('is started again within a minute when nobody asks', async () => {
    const { id, lab: opened } = await waiting({ timers: 'onSchedule' });
    await using lab = opened;
    await lose(lab, id);
    await lab.host.advance(60_000);
    expect(lab.host.client.status(id)?.runtimeStatus).toBe('Running');
    expect((await lab.get(id)).waitingFor.kind).toBe('approval');
    expect(await recoveries(lab, id)).toBe(1);
  });
});

it.for(['applyingModel', 'upgrading', 'settling', 'soaking', 'paused', 'rollingBack'] as const)(
  'a rollout whose workflow is lost in %s keeps its phase and goes on',
  async (phase) => {
    await using lab = await startLab({ count: 5, timers: 'onSchedule' });
    const id = await lab.start({ soakSeconds: 120 });
    await lab.until(id, phase === 'paused' || phase === 'rollingBack' ? 'settling' : phase);
    if (phase === 'paused') await lab.send(id, 'pause');
    if (phase === 'rollingBack') await lab.send(id, 'rollback');
    await lab.until(id, phase);
    await stop(lab, id);
    expect(await lab.get(id)).toMatchObject({ phase, waitingFor: { kind: 'recovery' } });
    if (phase === 'paused') await lab.send(id, 'resume');
    const isBack = phase === 'rollingBack';
    expect((await lab.toEnd(id)).phase).toBe(isBack ? 'rolledBack' : 'succeeded');
    expectImages(lab, isBack ? OLD : NEW);
    expect(modelImage(lab)).toBe(isBack ? OLD : NEW);
    expectSafe(lab, { ...FLOOR, mostDisruptions: isBack ? 2 : 1 });
  },
);

it('is started once, however many find it dead at once', async () => {
  const { id, lab: opened } = await waiting();
  await using lab = opened;
  await stop(lab, id);
  const host = watchHost(lab);
  const timer = lab.host.fireTimer('reviveRollouts');
  const shown = await Promise.all([lab.get(id), lab.get(id), lab.send(id, 'approve'), timer]);
  expect(shown[0].waitingFor.kind).toBe('recovery');
  expect(shown[1].waitingFor.kind).toBe('recovery');
  await lab.host.fireTimer('reviveRollouts');
  expect(host.starts).toBe(1);
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expect(await recoveries(lab, id)).toBe(1);
  expectSafe(lab, FLOOR);
});

it('is not started without a break where it is lost again and again', async () => {
  const { id, lab: opened } = await waiting();
  await using lab = opened;
  const host = watchHost(lab);
  for (let second = 0; second < 60; second += 1) {
    if (lab.host.client.status(id)?.runtimeStatus !== 'Terminated') await stop(lab, id);
    await lab.host.advance(1_000);
    expect((await lab.get(id)).waitingFor.kind).toBe('recovery');
  }
  expect(host.starts).toBeGreaterThanOrEqual(3);
  expect(host.starts).toBeLessThanOrEqual(4);
  await lab.host.advance(15_000);
  await lab.until(id, ({ waitingFor }) => waitingFor.kind === 'approval');
});

it('is started by the next who comes when the app dies wherever in a recovery', async () => {
  let deaths = 0;
  for (let call = 1; call <= 30; call += 1) {
    const { id, lab: opened } = await waiting();
    await using lab = opened;
    await stop(lab, id);
    lab.store.fail({ call: lab.store.calls.length + call, when: 'after', forGood: true });
    const reply = await lab.call('GET', `/rollouts/${id}`);
    lab.store.heal();
    if (reply.status === 200 && lab.host.client.status(id)?.runtimeStatus !== 'Terminated') break;
    deaths += 1;
    await lab.host.advance(20_000);
    await lab.host.fireTimer('reviveRollouts');
    await lab.until(id, ({ waitingFor }) => waitingFor.kind === 'approval');
  }
  expect(deaths).toBeGreaterThanOrEqual(4);
});

describe('where nothing is wrong', () => {
  it('looks once at the leases and once at each workflow in a minute, and once for a request', async () => {
    const { id, lab: opened } = await waiting();
    await using lab = opened;
    const host = watchHost(lab);
    const from = lab.store.calls.length;
    await lab.host.fireTimer('reviveRollouts');
    const [looked, campaigns, ...watched] = lab.store.calls.slice(from);
    expect(looked).toBe('list leases/leases');
    expect(campaigns).toBe('list campaigns/live');
    // The rest is for whoever watches: is any of them stuck, or waiting for too long, and who is reminded of it?
    expect(watched).toEqual([
      'get switches/freeze/state',
      `list rollouts/${id}`,
      'get switches/notices/state',
    ]);
    expect(host).toEqual({ starts: 0, looks: 1 });
    const before = lab.store.calls.length;
    await lab.get(id);
    // Who may read it, and the rollout.
    expect(lab.store.calls.slice(before)).toEqual(['get switches/policy/state', `list rollouts/${id}`]);
    expect(host).toEqual({ starts: 0, looks: 2 });
  });

  it('takes no start that is still under way for a loss', async () => {
    await using lab = await startLab({ count: 5, timers: 'onSchedule' });
    const id = await lab.start();
    await lab.host.fireTimer('reviveRollouts');
    expect(await lab.get(id)).not.toHaveProperty('waitingFor.kind', 'recovery');
    await lab.toEnd(id);
    expect(await recoveries(lab, id)).toBe(0);
  });

  it('asks the host nothing about a rollout that has ended', async () => {
    await using lab = await startLab({ count: 5 });
    const { id } = await lab.rollOut();
    const host = watchHost(lab);
    await lab.get(id);
    expect(host.looks).toBe(0);
  });

  it('starts nothing for a rollout that ends while it is looked at', async () => {
    await using lab = await startLab({ count: 5 });
    const id = await lab.start();
    await lab.until(id, 'upgrading');
    const stored = await readRollout(lab.store, id);
    if (stored === undefined) throw new Error('no record');
    let looks = 0;
    const recovered = await recover(stored, lab.ports, {
      async look() {
        looks += 1;
        if (looks > 1) throw new Error('it was looked at again');
        await meddle(lab.store, id, { record: { phase: 'succeeded' } });
        return { kind: 'none', how: 'ended' };
      },
      start: () => Promise.reject(new Error('it was started')),
    });
    expect(recovered.phase).toBe('succeeded');
  });
});

describe('an instance that has ended', () => {
  it('says in its custom status that the rollout goes on where it has failed', async () => {
    const { id, lab: opened } = await waiting();
    await using lab = opened;
    await fail(lab, id);
    expect(lab.host.client.status(id)?.customStatus).toEqual({ waitingFor: 'recovery' });
  });

  it.for([
    ['succeeded', undefined],
    ['cancelled', 'abort'],
    ['rolledBack', 'rollback'],
  ] as const)('says %s in its custom status, and no longer what it did last', async ([phase, command]) => {
    await using lab = await startLab({ count: 5 });
    const id = await lab.start();
    await lab.until(id, 'upgrading');
    if (command !== undefined) await lab.send(id, command);
    expect((await lab.toEnd(id)).phase).toBe(phase);
    const { customStatus, runtimeStatus } = await lab.host.runToEnd(id);
    expect({ customStatus, runtimeStatus }).toEqual({ customStatus: { phase }, runtimeStatus: 'Completed' });
  });
});
