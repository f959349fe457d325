import { describe, expect, it, test } from 'vitest';
import {
  firstLookAt,
  learntSettle,
  lookDueBy,
  settledWithin,
  wellAt,
} from '../../../src/core/health/first-look.ts';
import { pollAt } from '../../../src/core/run/polling.ts';
import { after, anInstance, anOperation, aRow, NOW } from '../../lab/builders.ts';

const before = (noticed: number, ranSeconds?: number) =>
  anOperation({
    key: 'upgrade-forward-0000-001',
    action: 'upgrade',
    acceptedAt: after(0),
    endedAt: after(noticed),
    ...(ranSeconds !== undefined && { ranSeconds }),
  });

describe('the next look at an operation', () => {
  const { endedAt: _e, ...running } = anOperation({
    key: 'upgrade-forward-0001-001',
    action: 'upgrade',
    acceptedAt: after(1000),
    intendedAt: after(1000),
    status: 'accepted',
  });
  // Feature [Service behaviour that is expected] Polls are planned from how long operations ran, not from when we noticed (reported: waits of 52, 49 and 45 s after a stall of 60 s)
  //   shown by: the next look at an operation > after a stall of a minute
  test.for([
    { name: 'after one that was noticed at once', noticed: 6, ran: 5 },
    { name: 'after a stall of a minute', noticed: 65, ran: 5 },
    { name: 'after an outage of half an hour', noticed: 1800, ran: 5 },
    { name: 'after one of a minute and a stall', noticed: 300, ran: 60 },
    { name: 'where the service counts in other seconds', noticed: 5, ran: 300 },
  ])('$name', ({ noticed, ran }) => {
    const history = [before(noticed, ran), running];
    const seconds = (pollAt(running, { pollSeconds: 10, disruptive: true, history }) - NOW) / 1000 - 1000;
    expect(seconds).toBeLessThanOrEqual(1.2 * Math.min(noticed, ran) + 1);
  });
});

describe('the next first look at guests', () => {
  const done = (wellAfter?: number) =>
    aRow('3', {
      state: 'done',
      operation: 'upgrade-forward-0000-001',
      healthySince: after(1800),
      ...(wellAfter !== undefined && { wellAt: after(wellAfter) }),
    });

  it("is learnt from the operation's own end to the sign's own time, whenever we noticed either", () => {
    expect(settledWithin([done(100)], [before(1700, 60)])).toBe(40);
    expect(settledWithin([done(100)], [before(61, 60)])).toBe(40);
  });

  it('is learnt from no batch of which one was seen well after a stall only', () => {
    expect(settledWithin([done(100), done()], [before(61, 60)])).toBeUndefined();
  });

  it("comes as long after the operation's own end, so at once where that was noticed late", () => {
    const rows = [aRow('3', { state: 'upgrading', operation: 'upgrade-forward-0000-001' })];
    const given = { settleSeconds: 40, viewLagSeconds: 30, timeoutSeconds: 900, disruptive: true };
    const seconds = (firstLookAt(rows, [before(1800, 60)], given) - NOW) / 1000;
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThanOrEqual(100);
  });

  // A first look that finds everybody well may have come long after they were: nobody would notice otherwise.
  it('comes sooner after one that found everybody well, and hardly later after a slow guest', () => {
    const given = { settleSeconds: 80, viewLagSeconds: 30, timeoutSeconds: 900, disruptive: true };
    const operation = before(1700, 60);
    const learnt = (well: number) => learntSettle([done(well)], [operation], given) ?? Number.NaN;
    // The first look comes less than 80 seconds after the end, at 60.
    expect(learnt(60 + 50)).toBeLessThan((80 + 50) / 2);
    expect(learnt(60 + 120)).toBeGreaterThan(80);
    expect(learnt(60 + 120)).toBeLessThan((80 + 120) / 2);
  });

  it('is no sooner than guests may start where they have little time after it', () => {
    const rows = [aRow('3', { state: 'upgrading', operation: 'upgrade-forward-0000-001' })];
    const given = { settleSeconds: 20, viewLagSeconds: 30, timeoutSeconds: 20, disruptive: true };
    expect((firstLookAt(rows, [before(62, 60)], given) - NOW) / 1000).toBe(60 + 100);
  });

  const at = (seconds: number): number => NOW + seconds * 1000;
  test.for([
    { name: 'a report just before a look in time', sign: 98, look: 100, learnt: 98 },
    { name: 'a change just before a look in time', sign: 70, look: 100, learnt: 70 },
    { name: 'a report just before a look after a stall', sign: 1798, look: 1800, learnt: undefined },
    { name: 'a change long before a look after a stall', sign: 70, look: 1800, learnt: 70 },
    { name: 'a clock that is ahead of ours', sign: 140, look: 100, learnt: 100 },
  ])('$name', ({ sign, look, learnt }) => {
    const instance = anInstance('3', { health: { state: 'healthy', at: at(sign) } });
    const dueBy = lookDueBy([aRow('3', { state: 'upgrading' })], at(95));
    const well = wellAt(instance, { now: at(look), dueBy });
    expect(well).toBe(learnt === undefined ? undefined : at(learnt));
  });
});
