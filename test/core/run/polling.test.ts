import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/core/record/operation.ts';
import { pollAt, secondsUntilPoll } from '../../../src/core/run/polling.ts';
import { after, anOperation, NOW } from '../../lab/builders.ts';

const running = anOperation({ key: 'upgrade-forward-0001-001', batch: 1, status: 'accepted' });
const pace = { pollSeconds: 10, disruptive: true, history: [] };
const at = (seconds: number): number => NOW + seconds * 1000;
/** By the service's own word, whenever it was noticed. */
const took = (seconds: number, changes = {}) =>
  anOperation({
    acceptedAt: after(-500),
    endedAt: after(seconds + 20 - 500),
    ranSeconds: seconds,
    ...changes,
  });

describe('the next look at a running operation', () => {
  it('never comes before the time that the service named', () => {
    const later = { ...running, pollNotBefore: after(300) };
    expect(pollAt(later, { ...pace, history: [took(60)] })).toBe(at(300));
  });

  it('comes when it has probably ended: a little later than the last one like it took', () => {
    const look = pollAt(running, { ...pace, history: [took(200)] });
    expect(look).toBeGreaterThan(at(200));
    expect(look).toBeLessThanOrEqual(at(250));
  });

  it('comes the later the more instances are worked on, and never as many times later', () => {
    const many = Array.from({ length: 100 }, (_, id) => String(id));
    const history = [took(100)];
    const [one, hundred] = [running, { ...running, instances: many }].map(
      (each) => (pollAt(each, { ...pace, history }) - NOW) / 1000,
    );
    expect(hundred).toBeGreaterThan(1.2 * (one ?? 0));
    expect(hundred).toBeLessThan(2 * (one ?? 0));
  });

  it('falls slowly after a quick one, whatever operations are called and in which order they are kept', () => {
    const back = { direction: 'rollback' } as const;
    const slow = took(300, {
      key: 'upgrade-back-0002-001',
      ...back,
      acceptedAt: after(-900),
      endedAt: after(-590),
    });
    const quick = took(100, { key: 'upgrade-back-0001-001', ...back });
    const [next, kept, before] = [[slow, quick], [quick, slow], [slow]].map((history) =>
      pollAt({ ...running, ...back }, { ...pace, history }),
    );
    expect(next).toBe(kept);
    expect(next).toBeLessThan(before ?? 0);
    expect(next).toBeGreaterThan(at(200));
  });

  it('comes no later for looks that were late: a host was down, or its timers lag', () => {
    const history: Operation[] = [];
    const delays = Array.from({ length: 10 }, (_, batch) => {
      const start = 1000 * batch;
      const operation = { ...running, key: `upgrade-forward-${batch}`, acceptedAt: after(start) };
      const delay = (pollAt(operation, { ...pace, history }) - at(start)) / 1000;
      history.push({ ...operation, status: 'succeeded', endedAt: after(start + delay + 12) });
      return delay;
    });
    expect(delays).toEqual(delays.toSorted((one, other) => other - one));
  });

  it.each([
    { of: 'another action', other: { action: 'reimage' as const } },
    { of: 'the other way', other: { direction: 'rollback' as const } },
    { of: 'one that was cut short', other: { status: 'preempted' as const } },
  ])('learns nothing from $of', ({ other }) => {
    expect(pollAt(running, { ...pace, history: [took(400, other)] })).toBe(pollAt(running, pace));
  });

  it('comes the later the more instances are worked on, while nobody knows how long it takes', () => {
    const many = Array.from({ length: 100 }, (_, id) => String(id));
    const [one, hundred] = [running, { ...running, instances: many }].map((each) => pollAt(each, pace));
    expect(one).toBeGreaterThanOrEqual(at(30));
    expect(hundred).toBeGreaterThan(one ?? 0);
    expect(hundred).toBeLessThanOrEqual(at(150));
  });

  it('is repeated the less often the longer it has been running', () => {
    const polled = (seconds: number) => pollAt({ ...running, polledAt: after(seconds) }, pace) - at(seconds);
    expect(polled(60)).toBeLessThan(polled(600));
    expect(polled(600)).toBeLessThanOrEqual(300_000);
  });

  it('waits for nothing but the service where instances stay up', () => {
    const soon = { ...running, pollNotBefore: after(10) };
    expect(pollAt(soon, { ...pace, disruptive: false })).toBe(at(10));
  });

  it('waits until all that run side by side may be looked at', () => {
    const [first, second] = [
      { ...running, pollNotBefore: after(100) },
      { ...running, pollNotBefore: after(140) },
    ];
    expect(secondsUntilPoll([first, second], at(20), pace)).toBe(120);
  });
});
