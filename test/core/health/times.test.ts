import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { judgeUnanswered } from '../../../src/core/health/unanswered.ts';
import { isProven } from '../../../src/core/health/expectation.ts';
import { INTENT_SECONDS, lostWriteSeconds, PASS_SECONDS, timesHold } from '../../../src/core/record/times.ts';
import { lastKnownAt } from '../../../src/core/record/operation.ts';
import { readSettings } from '../../../src/functions/settings.ts';
import { after, anInstance, anOperation, aRow, NOW } from '../../lab/builders.ts';
import { ENCRYPTION_KEYS } from '../../lab/cipher.ts';
import { NEW, OLD } from '../../lab/names.ts';

const observed = (seconds: number) => ({
  now: NOW + seconds * 1000,
  seconds,
  image: NEW,
  disruptive: true,
  lostWriteSeconds: lostWriteSeconds({ requestTimeoutSeconds: 30, viewLagSeconds: 30 }),
  viewLagSeconds: 30,
  stableSeconds: 30,
  timeoutSeconds: 900,
});

describe('a write whose answer is lost', () => {
  it('is never given up while it may still reach the service, or be unseen', () => {
    const times = fc.record({
      requestTimeoutSeconds: fc.integer({ min: 1, max: 142 }),
      viewLagSeconds: fc.integer({ min: 1, max: 3600 }),
    });
    // Worst: the last look begins as late as it may, the request leaves as late as the pass lets it, and arrives just
    // before its time-out.
    fc.assert(
      fc.property(times, (given) => {
        const arrives = INTENT_SECONDS + PASS_SECONDS + given.requestTimeoutSeconds;
        expect(lostWriteSeconds(given)).toBeGreaterThanOrEqual(arrives + given.viewLagSeconds);
      }),
    );
  });

  const {
    acceptedAt: _a,
    endedAt: _e,
    ...unanswered
  } = anOperation({ status: 'unknown', answeredAt: after(44) });
  test.for([
    { name: 'shows nothing for a minute', image: OLD, seconds: 61, status: 'unknown' },
    { name: 'shows nothing until no view can lag', image: OLD, seconds: 75, status: 'lost' },
    {
      name: 'shows the image that was there before',
      image: NEW,
      before: NEW,
      seconds: 61,
      status: 'unknown',
    },
    { name: 'shows an image that was not there before', image: NEW, seconds: 61, status: 'abandoned' },
    { name: 'shows the target when no view can lag', image: NEW, seconds: 75, status: 'abandoned' },
    { name: 'shows work at once', image: OLD, busy: true, seconds: 3, status: 'abandoned' },
  ])('$name: $status', ({ image, before = OLD, busy = false, seconds, status }) => {
    const instance = anInstance('3', {
      image,
      latestModelApplied: image === NEW,
      ...(busy && { provisioningState: 'Updating' }),
      agent: { state: 'succeeded', at: NOW + 50_000 },
      health: { state: 'healthy', at: NOW + 50_000 },
    });
    const rows = [aRow('3', { imageBefore: before, state: 'upgrading', operation: unanswered.key })];
    expect(judgeUnanswered(unanswered, { rows, instances: [instance] }, observed(seconds)).status).toBe(
      status,
    );
  });
});

describe('an answer that comes late', () => {
  const late = anOperation({
    intendedAt: after(0),
    acceptedAt: after(40),
    answeredAt: after(40),
    status: 'accepted',
  });
  const { endedAt: _ended, ...running } = late;

  it('is what views are counted from', () => {
    expect(lastKnownAt(running)).toBe(NOW + 40_000);
    const row = aRow('3', { imageBefore: NEW });
    const proven = (seconds: number) => isProven(row, { ...running, action: 'upgrade' }, observed(seconds));
    expect([proven(41), proven(69), proven(70)]).toEqual([false, false, true]);
  });
});

describe('settings', () => {
  const STORAGE = {
    AzureWebJobsStorage__accountName: 'rollouts',
    ROLLOUT_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
    ROLLOUT_TENANT: '00000000-0000-4000-8000-000000000002',
    ROLLOUT_AUDIENCE: '00000000-0000-4000-8000-0000000000a9',
  };
  test.for([
    { seconds: 1, holds: true },
    { seconds: 30, holds: true },
    { seconds: 142, holds: true },
    { seconds: 143, holds: false },
    { seconds: 3600, holds: false },
  ])('with a request time-out of $seconds seconds hold: $holds', ({ seconds, holds }) => {
    const read = () => readSettings({ ...STORAGE, ROLLOUT_REQUEST_TIMEOUT_SECONDS: String(seconds) });
    if (holds) expect(read().ROLLOUT_REQUEST_TIMEOUT_SECONDS).toBe(seconds);
    else expect(read).toThrow('ROLLOUT_REQUEST_TIMEOUT_SECONDS: must be at most 142');
    // Two requests, the look between intent and pass, within five minutes.
    expect(timesHold({ requestTimeoutSeconds: seconds })).toBe(2 * seconds + 15 <= 300);
  });
});
