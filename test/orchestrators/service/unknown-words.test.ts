import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { imagesNow } from '../../../local/simulator/log/judge.ts';
import { expectImages, expectSafe, writes } from '../../lab/judge.ts';
import { NEW, startLab } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';

const always = 'always' as const;

/** What the events say of words that the app does not know. */
async function named(lab: Lab, id: string): Promise<readonly string[]> {
  const { body } = await lab.call('GET', `/rollouts/${id}/events`);
  return body.value
    .filter(({ kind }: Body) => kind === 'unknownWord')
    .map(({ message }: Body) => message as string);
}

async function ended(lab: Lab): Promise<{ readonly rollout: Body; readonly words: readonly string[] }> {
  const id = await lab.start();
  const rollout = await lab.toEnd(id);
  return { rollout, words: await named(lab, id) };
}

describe('a status of an operation that nobody knows', () => {
  // Feature [Service behaviour that is expected] Unknown words of operations, sets, instances and refusals: named in an event, neither success nor failure (arm-vmss.md 1.7, 3.1, 3.4)
  //   shown by: a status of an operation that nobody knows > is named, and is neither success nor failure: FailingOver
  it.each(['PartiallySucceeded', 'FailingOver', 'Failed partly', 'Degraded'])(
    'is named, and is neither success nor failure: %s',
    async (status) => {
      await using lab = await startLab({ faults: [{ kind: 'operationShows', status, nth: 2, count: 3 }] });
      const { rollout, words } = await ended(lab);
      expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
      expect(words).toEqual([expect.stringContaining(`"${status}"`)]);
      expectImages(lab, NEW);
      expectSafe(lab);
    },
  );

  it('for ever: what the instances show counts', async () => {
    const faults: FaultInput[] = [
      { kind: 'operationShows', status: 'SucceededWithWarnings', count: always, whenEnded: true },
    ];
    await using lab = await startLab({ count: 5, faults });
    const { rollout, words } = await ended(lab);
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expect(words).toEqual([expect.stringContaining('"SucceededWithWarnings"')]);
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
  });
});

describe('a word of an instance that nobody knows', () => {
  // Feature [Service behaviour that is expected] Unknown words of instances are waited for with a bound, and named (issue 11, kind 3)
  //   shown by: a word of an instance that nobody knows > that stays, as its power: named once, and a person is asked
  it.each([
    ['provisioning', 'Rehydrating'],
    ['power', 'suspended'],
    ['health', 'degraded'],
  ] as const)('that stays, as its %s: named once, and a person is asked', async (part, word) => {
    const shows: FaultInput = {
      kind: 'instanceShows',
      instances: ['0'],
      afterOperation: 'manualupgrade',
      [part]: word,
    };
    await using lab = await startLab({ faults: [shows] });
    const id = await lab.start();
    await lab.until(id, (r) => r.waitingFor?.message.toLowerCase().includes(word.toLowerCase()));
    const { failure } = await lab.until(id, 'paused');
    expect(failure).toMatchObject({ code: 'healthInconclusive', instances: ['0'] });
    expect(failure.message.toLowerCase()).toContain(`"${word.toLowerCase()}"`);
    expect((await named(lab, id)).map((one) => one.toLowerCase())).toEqual([
      expect.stringContaining(`"${word.toLowerCase()}"`),
    ]);
    const images = imagesNow(lab.log);
    expect(Object.keys(images).filter((instance) => images[instance] === NEW)).toEqual(['0', '5', '10']);
    expectSafe(lab);
  });
});

// Each state in the letters of another API version.
it.each(['succeeded', 'SUCCEEDED'])(
  'reads the state %s of an instance as Succeeded',
  async (provisioning) => {
    const shows: FaultInput = { kind: 'instanceShows', instances: ['0', '1'], provisioning };
    await using lab = await startLab({ count: 5, faults: [shows] });
    const { rollout, words } = await ended(lab);
    expect([rollout.phase, rollout.failure, words]).toEqual(['succeeded', undefined, []]);
  },
);

it.each(['Finalizing', 'Cancelled', 'succeeded'])(
  'names the state %s of the set if nobody knows it',
  async (state) => {
    await using lab = await startLab({
      faults: [{ kind: 'setShows', state, fromSeconds: 60, untilSeconds: 400 }],
    });
    const { rollout, words } = await ended(lab);
    expect(rollout.phase).toBe('succeeded');
    expect(words).toEqual(state === 'Finalizing' ? [expect.stringContaining('"Finalizing"')] : []);
    expectSafe(lab);
  },
);

describe('a 409 whose code nobody knows', () => {
  const busy = (more: Partial<FaultInput & { kind: 'refused' }>): FaultInput => ({
    kind: 'refused',
    operation: 'manualupgrade',
    code: 'ResourceBeingReconciled',
    message: 'no',
    ...more,
  });

  it.each(['patch', 'manualupgrade'] as const)('is named and waited out: %s', async (operation) => {
    await using lab = await startLab({ count: 5, faults: [busy({ operation, count: 3 })] });
    const { rollout, words } = await ended(lab);
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expect(words).toEqual([expect.stringContaining('"ResourceBeingReconciled"')]);
    expectSafe(lab, { floor: 4 });
  });

  it('has a bound: then it is taken for a refusal', async () => {
    await using lab = await startLab({ count: 5, faults: [busy({ operation: 'patch', count: always })] });
    const { rollout } = await ended(lab);
    expect([rollout.phase, rollout.failure.code]).toEqual(['refused', 'refusedByAzure']);
    expect(rollout.failure.message).toContain('ResourceBeingReconciled');
    expect(Date.parse(rollout.endedAt) - Date.parse(rollout.createdAt)).toBeLessThan(20 * 60_000);
    expect(writes(lab.log).filter(({ operation }) => operation === 'patch').length).toBeGreaterThan(3);
  });
});
