import { describe, expect, test } from 'vitest';
import { pollAt } from '../../../src/core/run/polling.ts';
import { after, anOperation, NOW } from '../../lab/builders.ts';

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
    expect(seconds).toBeLessThanOrEqual(Math.min(noticed, ran) + 1);
  });
});
