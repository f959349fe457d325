import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { acceptedUpgradesPerInstance } from '../../../local/simulator/log/judge.ts';
import { expectImages, expectSafe } from '../../lab/judge.ts';
import { NEW, OLD, startLab } from '../../lab/lab.ts';

const always = 'always' as const;
const LATER = 'The operation could not be completed just now. Please retry later.';

describe('a refusal that means later', () => {
  // Feature [Service behaviour that is expected] 409 codes that mean later are waited out (arm-vmss.md 3.4)
  //   shown by: a refusal that means later > is waited out: RetryableError of an upgrade
  it.each<[string, FaultInput]>([
    ['RetryableError of an upgrade', { kind: 'refused', operation: 'manualupgrade', count: 3 }],
    ['RetryableError of the model write', { kind: 'refused', operation: 'patch', count: 3 }],
    [
      'another operation',
      { kind: 'refused', operation: 'manualupgrade', code: 'AnotherOperationInProgress', message: 'busy' },
    ],
    [
      'a code in other letters',
      { kind: 'refused', operation: 'manualupgrade', code: 'conflict', message: 'busy' },
    ],
    [
      'a code that nobody knows, whose words say so',
      { kind: 'refused', operation: 'manualupgrade', code: 'Hmm', message: LATER },
    ],
  ])('is waited out: %s', async (_, fault) => {
    await using lab = await startLab({ faults: [fault] });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expectImages(lab, NEW);
    expectSafe(lab);
  });

  it('and one that means never ends the rollout', async () => {
    const fault: FaultInput = {
      kind: 'refused',
      operation: 'patch',
      code: 'PropertyChangeNotAllowed',
      message: 'no',
      count: always,
    };
    await using lab = await startLab({ faults: [fault] });
    expect((await lab.rollOut()).phase).toBe('refused');
  });
});

describe('a word that an operation shows', () => {
  // Feature [Service behaviour that is expected] Terminal and unknown words of operations: nothing is guessed to have succeeded (arm-vmss.md 1.7)
  //   shown by: a word that an operation shows > is no success: PartiallySucceeded
  it.each(['PartiallySucceeded', 'Cancelling', 'Unheard of', 'Completed'])(
    'is no success: %s',
    async (status) => {
      const shows: FaultInput = { kind: 'operationShows', status, count: 2 };
      await using lab = await startLab({ faults: [shows] });
      expect((await lab.rollOut()).phase).toBe('succeeded');
      expectImages(lab, NEW);
      expectSafe(lab);
    },
  );

  it.each(['Canceled', 'Cancelled', 'canceled'])('ends it without a verdict: %s', async (status) => {
    const canceled: FaultInput = { kind: 'operationCanceled', nth: 2, status, work: 'stops' };
    await using lab = await startLab({ faults: [canceled] });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expect(Math.max(...Object.values(acceptedUpgradesPerInstance(lab.log)))).toBeLessThanOrEqual(2);
  });
});

// Feature [Service behaviour that is expected] `latest` in any letters in a spec (case 04)
//   shown by: takes latest for the newest version
it.each(['latest', 'Latest', 'LATEST'])('takes %s for the newest version', async (version) => {
  await using lab = await startLab();
  const rollout = await lab.rollOut({ change: { image: { version } } });
  expect(rollout.phase).toBe('succeeded');
  expectImages(lab, NEW);
  expect(NEW).not.toBe(OLD);
});
