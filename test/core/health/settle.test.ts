import { describe, expect, it, test } from 'vitest';
import type { Instance } from '../../../src/core/instance/instances.ts';
import type { LedgerRow } from '../../../src/core/record/ledger.ts';
import type { Operation } from '../../../src/core/record/operation.ts';
import { adopt, judgeUnanswered, judgeUntracked } from '../../../src/core/health/unanswered.ts';
import { settleRow } from '../../../src/core/health/settle.ts';
import type { Observation } from '../../../src/core/health/observation.ts';
import { after, anInstance, anOperation, aRow, NOW } from '../../lab/builders.ts';
import { NEW, OLD } from '../../lab/names.ts';

/** So many seconds after the write; deadlines and lags as numbers that are easy to tell apart. */
function at(seconds: number, changes: Partial<Observation> = {}): Observation {
  return {
    now: NOW + seconds * 1000,
    seconds,
    image: NEW,
    disruptive: true,
    lostWriteSeconds: 60,
    viewLagSeconds: 30,
    stableSeconds: 40,
    timeoutSeconds: 900,
    ...changes,
  };
}

const SENT = aRow('3', {
  state: 'upgrading',
  touched: true,
  attempts: 1,
  operation: 'upgrade-forward-0000-001',
});

function well(seconds: number, changes: Partial<Instance> = {}): Instance {
  const sign = { state: 'succeeded', at: NOW + seconds * 1000 };
  const health = { state: 'healthy', at: NOW + seconds * 1000 };
  return anInstance('3', { image: NEW, provisioning: sign, agent: sign, health, ...changes });
}

function settled(instance: Instance | undefined, seen: Observation, row = SENT, operation = anOperation()) {
  return settleRow(row, instance, operation, seen);
}

/** Looks again and again, each look going on from where the last one left the row. */
function looks(...seen: readonly (readonly [Instance, number])[]): LedgerRow {
  return seen.reduce((row, [instance, seconds]) => settled(instance, at(seconds), row), SENT);
}

describe('a healthy instance', () => {
  it('is done once it has stayed healthy long enough, not before', () => {
    expect(looks([well(70), 70]).state).toBe('settling');
    expect(looks([well(70), 70], [well(109), 109]).state).toBe('settling');
    expect(looks([well(70), 70], [well(110), 110]).state).toBe('done');
  });

  it('begins anew after one look at which it was not, and then needs twice as long', () => {
    const ill = well(90, { health: { state: 'unhealthy', at: NOW + 90_000 } });
    expect(looks([well(70), 70], [ill, 90], [well(115), 115]).state).toBe('settling');
    expect(looks([well(70), 70], [ill, 90], [well(115), 115], [well(194), 194]).state).toBe('settling');
    expect(looks([well(70), 70], [ill, 90], [well(115), 115], [well(195), 195]).state).toBe('done');
  });

  it('is no news as long as it may be how it was before a write that changes no image', () => {
    const sameImage = (seconds: number) =>
      at(seconds, { image: undefined, stableSeconds: 0, disruptive: false });
    const operation = anOperation({ endedAt: after(60) });
    expect(settled(well(0, { image: OLD }), sameImage(89), SENT, operation).state).toBe('upgrading');
    expect(settled(well(0, { image: OLD }), sameImage(90), SENT, operation).state).toBe('done');
  });
});

describe('an instance that does not get well', () => {
  const ill = (seconds: number) =>
    well(seconds, { health: { state: 'unhealthy', at: NOW + seconds * 1000 } });
  const slow = (seconds: number) => well(seconds, { health: { state: 'initializing', at: NOW } });

  test.each([
    ['unhealthyAfterUpgrade', ill],
    ['unhealthyTimeout', slow],
  ] as const)('fails with %s when its time is over, counted from the first look', (code, make) => {
    expect(looks([make(70), 70], [make(969), 969])).toMatchObject({ state: 'settling' });
    expect(looks([make(70), 70], [make(970), 970])).toMatchObject({ state: 'failed', failure: { code } });
  });

  it('is waited for as long as it takes in a rollback, when its guest only starts slowly', () => {
    const back = { ...SENT, direction: 'rollback' as const };
    const first = settled(slow(70), at(70), back);
    expect(settled(slow(9000), at(9000), first)).toMatchObject({ state: 'settling' });
  });

  it('fails at once when it failed after the write', () => {
    const failed = anInstance('3', {
      provisioning: { state: 'failed/OSProvisioningTimedOut', at: NOW + 5000, message: 'too slow' },
    });
    expect(settled(failed, at(70))).toMatchObject({
      state: 'failed',
      failure: { code: 'OSProvisioningTimedOut' },
    });
  });

  it('is gone when nobody lists it any more', () => {
    expect(settled(undefined, at(70)).state).toBe('gone');
  });
});

it.each([
  ['nothing shows', anInstance('3', { latestModelApplied: false })],
  ['it seems to have failed', anInstance('3', { provisioning: { state: 'failed/x', at: NOW + 5000 } })],
])('is left in peace while its operation runs, when %s', (_, instance) => {
  const { endedAt: _ended, ...running } = anOperation({ status: 'accepted' });
  expect(settled(instance, at(500), SENT, running).state).toBe('upgrading');
});

describe('an instance at which nothing shows', () => {
  const asBefore = anInstance('3', { latestModelApplied: false });

  it('is looked at again while views may lag, then sent again', () => {
    expect(settled(asBefore, at(89)).state).toBe('upgrading');
    expect(settled(asBefore, at(90))).toMatchObject({ state: 'pending', attempts: 1 });
  });

  it('is given up after three attempts', () => {
    const row = { ...SENT, attempts: 3 };
    expect(settled(asBefore, at(90), row)).toMatchObject({
      state: 'failed',
      failure: { code: 'notUpgraded' },
    });
    const preempted = anOperation({ status: 'preempted' });
    expect(settled(asBefore, at(90), row, preempted)).toMatchObject({ failure: { code: 'preempted' } });
  });

  it('does not lose an attempt to a write that never arrived', () => {
    const lost = anOperation({ status: 'lost' });
    expect(settled(asBefore, at(61), { ...SENT, attempts: 3 }, lost)).toMatchObject({
      state: 'pending',
      attempts: 2,
    });
  });

  test.each(['intended', 'unknown'] as const)('waits while its write is %s', (status) => {
    const { acceptedAt: _accepted, endedAt: _ended, ...open } = anOperation({ status });
    expect(settled(asBefore, at(5000), SENT, open)).toMatchObject({ state: 'upgrading', attempts: 1 });
  });
});

it('fails an instance whose operation was given up, unless it is well all the same', () => {
  const overdue = anOperation({ status: 'abandoned', error: { code: 'operationTimeout', message: 'late' } });
  expect(settled(anInstance('3', { provisioningState: 'Updating' }), at(70), SENT, overdue)).toMatchObject({
    state: 'failed',
    failure: { code: 'operationTimeout' },
  });
  expect(settled(well(70), at(70), SENT, overdue).state).toBe('settling');
});

describe('a write without an answer', () => {
  const { acceptedAt: _accepted, endedAt: _ended, ...unanswered } = anOperation({ status: 'unknown' });
  const judged = (instance: Instance, seconds: number, operation: Operation = unanswered) =>
    judgeUnanswered(operation, { rows: [SENT], instances: [instance] }, at(seconds)).status;

  it.each([
    ['is at work', anInstance('3', { latestModelApplied: false, provisioningState: 'Updating' })],
    ['has failed', anInstance('3', { provisioning: { state: 'failed/x', at: NOW + 1000 } })],
  ])('has arrived when its instance %s', (_, instance) => {
    expect(judged(instance, 5)).toBe('abandoned');
  });

  it('has not arrived when nothing shows until it can no longer take effect', () => {
    const asBefore = anInstance('3', { latestModelApplied: false });
    expect(judged(asBefore, 59)).toBe('unknown');
    expect(judged(asBefore, 60)).toBe('lost');
  });

  it('is not judged by an instance that it does not name', () => {
    expect(judged(anInstance('4', { provisioningState: 'Updating', latestModelApplied: false }), 5)).toBe(
      'unknown',
    );
  });

  it.each(['accepted', 'succeeded', 'failed', 'refused', 'lost'] as const)(
    'stays %s once it is',
    (status) => {
      expect(judged(anInstance('3', { latestModelApplied: false }), 500, anOperation({ status }))).toBe(
        status,
      );
    },
  );
});

describe('a write that cannot be followed', () => {
  const untracked = anOperation({
    status: 'accepted',
    untracked: { code: 'NotFound', message: 'no such operation' },
  });
  const judged = (instance: Instance, seconds: number) =>
    judgeUntracked(untracked, { rows: [SENT], instances: [instance] }, at(seconds)).status;

  it('is over only when its instances show it', () => {
    expect(judged(anInstance('3', { latestModelApplied: false }), 600)).toBe('accepted');
    expect(judged(anInstance('3', { provisioningState: 'Updating' }), 600)).toBe('accepted');
    expect(judged(well(590), 600)).toBe('abandoned');
  });

  it('is not over while a view may be from before it', () => {
    expect(judged(well(20), 59)).toBe('accepted');
  });
});

describe('rows of a write that the app died over', () => {
  const open = anOperation({ status: 'intended', instances: ['3'] });

  it('count as sent', () => {
    expect(adopt([aRow('3'), aRow('4')], [open])).toEqual([
      expect.objectContaining({ state: 'upgrading', touched: true, attempts: 1, operation: open.key }),
      aRow('4'),
    ]);
  });

  it.each(['withheld', 'refused', 'lost', 'succeeded'] as const)('do not when it was %s', (status) => {
    expect(adopt([aRow('3')], [{ ...open, status }])).toEqual([aRow('3')]);
  });

  it('count as sent when it slid into their batch', () => {
    expect(adopt([aRow('3', { batch: 1 })], [open])[0]).toMatchObject({ batch: 1, state: 'upgrading' });
  });

  it('do not when it was of another way', () => {
    expect(adopt([aRow('3', { direction: 'rollback' })], [open])).toEqual([
      aRow('3', { direction: 'rollback' }),
    ]);
  });
});
