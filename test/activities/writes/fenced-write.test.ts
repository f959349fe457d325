import { describe, expect, it } from 'vitest';
import type { Desk } from '../../lab/desk.ts';
import { kept as keptOf } from '../../lab/kept.ts';
import { atCommit, isIntent } from '../../lab/records.ts';
import { interceptWrites } from '../../lab/intercept.ts';
import { changeRecord, command, LATE, loseLease, onceIntended, renewLease } from '../support/interference.ts';
import { changeModel, tooFewServing, WRITERS } from '../support/writers.ts';

it.each(WRITERS)('$name sends once nothing forbids it', async ({ step, direction, ready }) => {
  const desk = await ready();
  const before = desk.writes();
  await desk.run(step, 0, direction);
  expect(desk.writes()).toBe(before + 1);
});

describe.each(WRITERS)('$name sends nothing', ({ step, direction, operation, ready, isHarmless }) => {
  const HINDRANCES: Readonly<Record<string, (desk: Desk) => Promise<void> | void>> = {
    'while the rollout is paused': (desk) => command(desk, 'pause'),
    'after an abort': (desk) => command(desk, 'abort'),
    'when the lease is lost': loseLease,
    'when its lease has a newer token': renewLease,
    'when the plan is gone from the record': (desk) => changeRecord(desk, { planHash: undefined }),
    ...(direction === 'forward' && {
      'when the approval is spent': (desk) => changeRecord(desk, { openBatch: 7 }),
    }),
    ...(direction === 'forward' && { 'after a rollback was asked for': (desk) => command(desk, 'rollback') }),
    // Putting the old model or disks back takes nothing down, and must not wait for the instances that it is to heal.
    ...(isHarmless !== true && { 'when too few instances serve': tooFewServing }),
  };

  it.each(Object.entries(HINDRANCES))('%s', async (_, hinder) => {
    const desk = await ready();
    await hinder(desk);
    const before = desk.writes();
    await desk.run(step, 0, direction);
    expect(desk.writes()).toBe(before);
  });

  it('when somebody else has changed the model', async () => {
    const desk = await ready();
    await changeModel(desk);
    desk.pass(60);
    const before = desk.writes();
    expect(await desk.run(step, 0, direction)).toEqual({ kind: 'redirected', direction: 'stop' });
    expect(desk.writes()).toBe(before);
  });

  it.each(Object.entries(LATE))('when %s comes in the last moment', async (_, hinder) => {
    const desk = await ready();
    const isLate = onceIntended(desk, () => hinder(desk));
    const before = desk.writes();
    await desk.run(step, 0, direction).catch(() => undefined);
    expect(isLate()).toBe(true);
    expect(desk.writes()).toBe(before);
  });

  it('a second time when it is delivered twice at once', async () => {
    const desk = await ready();
    const before = desk.writes();
    await Promise.allSettled([desk.run(step, 0, direction), desk.run(step, 0, direction)]);
    expect(desk.writes()).toBe(before + 1);
  });

  it('a second time when it is delivered again while its request is on its way', async () => {
    const desk = await ready();
    const before = desk.writes();
    const second = meetInFlight(desk, () => desk.run(step, 0, direction));
    await desk.run(step, 0, direction).catch(() => undefined);
    await second();
    expect(desk.writes()).toBe(before + 1);
  });

  it('when its intent and its event cannot be written down', async () => {
    const desk = await ready();
    atCommit(desk.store, async (change, commit) => {
      if (isIntent(change)) throw new Error('the store is down');
      return commit(change);
    });
    const before = desk.writes();
    await expect(desk.run(step, 0, direction)).rejects.toThrow('the store is down');
    expect(desk.writes()).toBe(before);
  });

  it('and moves nothing when it wakes after another run has done its work', async () => {
    const desk = await ready();
    let kept: ReadonlyMap<string, unknown> | undefined;
    const awake = atCommit(desk.store, async (change, commit) => {
      awake();
      desk.pass(12 * 60);
      await desk.run(step, 0, direction);
      kept = await keptOf(desk.store);
      return commit(change);
    });
    const before = desk.writes();
    await expect(desk.run(step, 0, direction)).rejects.toThrow(/has moved/);
    expect(desk.writes()).toBe(before + 1);
    expect(await keptOf(desk.store)).toEqual(kept);
  });

  it('while an earlier write has no answer', async () => {
    const desk = await ready();
    Object.assign(desk.ports.pace, { maxInstanceIds: 1 });
    desk.sim.inject({ kind: 'serverError', operation, status: 500 });
    await desk.run(step, 0, direction);
    desk.pass(20);
    const before = desk.writes();
    await desk.run(step, 0, direction);
    expect(desk.writes()).toBe(before);
  });

  it('before the time that Azure asked to wait for', async () => {
    const desk = await ready();
    desk.sim.inject({ kind: 'throttle', operation, retryAfterSeconds: 200 });
    await desk.run(step, 0, direction);
    const before = desk.writes();
    desk.pass(199);
    await desk.run(step, 0, direction);
    expect(desk.writes()).toBe(before);
    desk.pass(1);
    await desk.run(step, 0, direction);
    expect(desk.writes()).toBe(before + 1);
  });
});

/**
 * Has the same step delivered a second time, so that it has read everything before the first one writes its intent
 * down, and goes on while the first one's request is on its way. Answers with how to wait for it.
 */
function meetInFlight(desk: Desk, again: () => Promise<unknown>): () => Promise<void> {
  const { compute } = desk.ports;
  const hasRead = Promise.withResolvers<void>();
  const isSending = Promise.withResolvers<void>();
  let second: Promise<unknown> | undefined;
  atCommit(desk.store, async (change, commit) => {
    if (second === undefined && isIntent(change)) {
      second = again().catch(() => undefined);
      await Promise.race([hasRead.promise, second]);
    } else if (second !== undefined) {
      hasRead.resolve();
      await isSending.promise;
    }
    return commit(change);
  });
  let isFirst = true;
  const meet = async (): Promise<void> => {
    isSending.resolve();
    if (isFirst) {
      isFirst = false;
      await second;
    }
  };
  interceptWrites(compute, (writes) => ({
    act: async (...given) => {
      await meet();
      return writes.act(...given);
    },
    patchModel: async (...given) => {
      await meet();
      return writes.patchModel(...given);
    },
    changeDisks: async (...given) => {
      await meet();
      return writes.changeDisks(...given);
    },
  }));
  return async () => {
    await second;
  };
}
