import { describe, expect, it, test } from 'vitest';
import type { Instance } from '../../../src/core/instance/instances.ts';
import { lastLookAt } from '../../../src/core/health/last-look.ts';
import type { LedgerRow } from '../../../src/core/record/ledger.ts';
import { instancesNamed } from '../../../src/core/messages/named.ts';
import { anInstance, anOperation, aRow, NOW } from '../../lab/builders.ts';
import { NEW, OLD } from '../../lab/names.ts';

const SENT = aRow('3', {
  state: 'settling',
  touched: true,
  attempts: 1,
  operation: 'upgrade-forward-0000-001',
});
const young = { state: 'succeeded', at: NOW + 80_000 };
const WELL = { provisioning: young, agent: young, health: { state: 'healthy', at: NOW + 80_000 } };

describe('an instance that nobody lists', () => {
  const OBSERVED = {
    seconds: 0,
    image: NEW,
    disruptive: true,
    lostWriteSeconds: 60,
    viewLagSeconds: 30,
    stableSeconds: 30,
    timeoutSeconds: 900,
  };
  const at = (seconds: number, instance: 'missing' | undefined): string =>
    lastLookAt(SENT, instance, anOperation(), { ...OBSERVED, now: NOW + seconds * 1000 }).state;

  it('is not gone while a view may still miss it', () => {
    expect([at(61, 'missing'), at(89, 'missing'), at(90, 'missing')]).toEqual([
      'settling',
      'settling',
      'gone',
    ]);
  });

  it('is never gone because a list lacks it', () => {
    expect([at(61, undefined), at(90_000, undefined)]).toEqual(['settling', 'settling']);
  });
});

/** The operation has ended a minute after it was accepted. */
function look(changes: Partial<Instance>, seconds: number, row: Partial<LedgerRow> = {}): LedgerRow {
  return lastLookAt({ ...SENT, ...row }, anInstance('3', changes), anOperation(), {
    now: NOW + seconds * 1000,
    seconds,
    image: NEW,
    disruptive: true,
    lostWriteSeconds: 60,
    viewLagSeconds: 30,
    stableSeconds: 30,
    timeoutSeconds: 900,
  });
}

describe('an instance of a rollout that has stopped', () => {
  test.each<[string, Partial<Instance>, number, Partial<LedgerRow>]>([
    ['has the change and is well', { image: NEW, ...WELL }, 90, { state: 'done', ended: 'after' }],
    ['shows nothing of it long after', { image: OLD }, 90, { state: 'pending', ended: 'before' }],
  ])('is named when it %s', (_, changes, seconds, expected) => {
    expect(look(changes, seconds)).toMatchObject(expected);
  });

  test.each<[string, Partial<Instance>, number]>([
    ['shows nothing of it, perhaps not yet', { image: OLD }, 70],
    ['has the change and is not well', { image: NEW, ...WELL, health: { state: 'unhealthy' } }, 90],
    ['is still at work', { image: OLD, provisioningState: 'Updating' }, 90],
  ])('is not named when it %s', (_, changes, seconds) => {
    expect(look(changes, seconds).ended).toBeUndefined();
  });

  it('is on neither side between two actions', () => {
    const between = { state: 'pending', actionsDone: 1, actions: ['upgrade', 'reimage'] } as const;
    expect(look({ image: NEW, ...WELL }, 90, between).ended).toBe('unknown');
  });
});

it('speaks of one instance and of several', () => {
  expect([instancesNamed(['3']), instancesNamed(['3', '8'])]).toEqual(['instance 3', 'instances 3, 8']);
});
