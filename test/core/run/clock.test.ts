import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readClock, setClock, startClock } from '../../../src/core/record/active-clock.ts';
import { redirectionOf } from '../../../src/core/run/direction.ts';
import { standingOf } from '../../../src/core/run/standing.ts';
import { after, aRecord, commandLog, NOW } from '../../lab/builders.ts';

const at = (seconds: number): number => NOW + seconds * 1000;

it('counts while it runs', () => {
  const asleep = setClock(readClock(startClock(after(0)), at(0)), true, 300);
  expect(readClock(asleep, at(300)).seconds).toBe(300);
});

it('stands still while it does not', () => {
  const waiting = setClock({ ...startClock(after(0)), seconds: 70 }, false, 300);
  expect(readClock(waiting, at(86_400)).seconds).toBe(70);
});

it('does not count an outage of the app itself', () => {
  const asleep = setClock(startClock(after(0)), true, 10);
  const back = readClock(asleep, at(6 * 3600));
  expect(back.seconds).toBeGreaterThanOrEqual(10);
  expect(back.seconds).toBeLessThanOrEqual(10 + 60);
});

it('never runs backwards, nor faster than the time', () => {
  const steps = fc.array(
    fc.record({ passed: fc.integer({ min: -50, max: 5000 }), sleep: fc.nat(300), running: fc.boolean() }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(steps, (drawn) => {
      let clock = startClock(after(0));
      let now = 0;
      let forward = 0;
      for (const { passed, sleep, running } of drawn) {
        now += passed;
        forward += Math.max(0, passed);
        const read = readClock(clock, at(now));
        expect(read.seconds).toBeGreaterThanOrEqual(clock.seconds);
        clock = setClock(read, running, sleep);
      }
      expect(clock.seconds).toBeLessThanOrEqual(forward);
    }),
  );
});

describe('the deadline', () => {
  const redirectedAfter = (seconds: number, changes: object = {}) =>
    redirectionOf(
      aRecord({
        spec: { timeoutSeconds: 3600 },
        clock: { ...startClock(after(0)), seconds },
        ...changes,
      }),
      standingOf(aRecord(), []),
    );

  it('halts a rollout, which never rolls back by itself then', () => {
    expect(redirectedAfter(3599)).toBeUndefined();
    expect(redirectedAfter(3600)).toMatchObject({
      direction: 'stop',
      endsAs: 'halted',
      failure: { code: 'deadlineExceeded' },
    });
  });

  it('gives a rollback a day of its own, then an operator must act', () => {
    const rollback = { direction: 'rollback', rollbackFromSeconds: 3000 };
    expect(redirectedAfter(3000 + 86_399, rollback)).toBeUndefined();
    expect(redirectedAfter(3000 + 86_400, rollback)).toMatchObject({ direction: 'stop', endsAs: 'failed' });
  });

  it('means nothing to a rollout that stops already', () => {
    expect(redirectedAfter(999_999, { direction: 'stop', endsAs: 'cancelled' })).toBeUndefined();
  });
});

test.each([
  ['abort', 'forward', { direction: 'stop', endsAs: 'cancelled' }],
  ['abort', 'rollback', { direction: 'stop', endsAs: 'cancelled' }],
  ['rollback', 'forward', { direction: 'rollback' }],
  ['rollback', 'rollback', undefined],
  ['pause', 'forward', undefined],
] as const)('%s redirects %s to %j', (command, direction, redirected) => {
  const record = aRecord({ direction });
  const redirection = redirectionOf(record, standingOf(record, commandLog(command)));
  if (redirected === undefined) expect(redirection).toBeUndefined();
  else expect(redirection).toMatchObject(redirected);
});
