import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { belowFloor } from '../../../local/simulator/log/serving.ts';
import { BAD, expectRight } from '../../lab/inputs.ts';
import type { Input } from '../../lab/inputs.ts';
import { acceptedUpgrades, expectImages, modelOf } from '../../lab/judge.ts';
import { NEW, OLD, startLab } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';

const RULE = 'scaleInPolicy';
const beside = (count: 1 | 'always' = 1): FaultInput => ({
  kind: 'sideEffect',
  patch: { properties: { scaleInPolicy: { rules: ['NewestVM'] } } },
  count,
});
const SET = { properties: { scaleInPolicy: { rules: ['OldestVM'] } } };
const rulesOf = (lab: Lab): unknown => modelOf(lab).properties.scaleInPolicy.rules;

async function told(lab: Lab, id: string): Promise<readonly string[]> {
  const { body } = await lab.call('GET', `/rollouts/${id}/events`);
  return body.value
    .filter(({ kind }: Body) => kind === 'sideEffect')
    .map(({ message }: Body) => message as string);
}

describe('what Azure changes beside our own write', () => {
  // Feature [Service behaviour that is expected] What comes with our own write is ours although the version moves on at once: the answer shows it (case 02, arm-vmss.md 3.5)
  //   shown by: what Azure changes beside our own write > is ours, of what was there
  it.each<Input>([
    {
      name: 'is ours, of what was there',
      options: { ...SET, profile: { etagMovesAgainShare: 1 }, faults: [beside()] },
    },
    {
      name: 'is ours, of what was not there',
      options: { profile: { etagMovesAgainShare: 1 }, faults: [beside()] },
    },
    {
      name: 'is ours on the way back, too',
      options: { ...SET, profile: { etagMovesAgainShare: 1 }, faults: [beside('always'), BAD] },
      phase: 'rolledBack',
      code: 'unhealthyAfterUpgrade',
    },
  ])('$name', expectRight);

  it.each([0, 1])('is named once, and put back by a rollback (versions that move on: %i)', async (share) => {
    await using lab = await startLab({
      ...SET,
      profile: { etagMovesAgainShare: share },
      faults: [beside(), BAD],
    });
    const rollout = await lab.rollOut();
    expect(rollout.phase).toBe('rolledBack');
    expect(await told(lab, rollout.id)).toEqual([expect.stringContaining(RULE)]);
    expect(rulesOf(lab)).toEqual(['OldestVM']);
  });

  // Feature [Service behaviour that is expected] Undone after the end: what Azure changed beside our write is put back, or told where Azure keeps it (issue 11, kind 1)
  //   shown by: what Azure changes beside our own write > is put back by an undo after the end
  it('is put back by an undo after the end', async () => {
    await using lab = await startLab({ ...SET, faults: [beside()] });
    const { id, phase } = await lab.rollOut();
    expect([phase, rulesOf(lab)]).toEqual(['succeeded', ['NewestVM']]);
    const undone = await lab.rollOut({ rollbackOf: id, change: undefined });
    expect([undone.phase, undone.failure]).toEqual(['succeeded', undefined]);
    expect(rulesOf(lab)).toEqual(['OldestVM']);
    expectImages(lab, OLD);
  });

  it('is told again where Azure keeps it in a rollback', async () => {
    await using lab = await startLab({ ...SET, faults: [beside('always'), BAD] });
    const rollout = await lab.rollOut();
    expect(rollout.phase).toBe('rolledBack');
    expect(await told(lab, rollout.id)).toEqual([
      expect.stringContaining(RULE),
      expect.stringContaining(RULE),
    ]);
    expect(rulesOf(lab)).toEqual(['NewestVM']);
  });
});

describe('beside an instance that never heals', () => {
  // Feature [Service behaviour that is expected] Beside an instance that never heals the floor holds forward, and all others are upgraded (issue 11, kind 6)
  //   shown by: beside an instance that never heals > the floor holds, and all others are upgraded: maxUnavailable 3
  it.each([2, 3, 5])(
    'the floor holds, and all others are upgraded: maxUnavailable %i',
    async (maxUnavailable) => {
      const never: FaultInput = { kind: 'sickInstance', instances: ['7'] };
      await using lab = await startLab({ faults: [never] });
      await lab.host.advance(120_000);
      const rollout = await lab.rollOut({ health: { timeoutSeconds: 120 }, strategy: { maxUnavailable } });
      expect(rollout).toMatchObject({ phase: 'halted', failure: { instances: ['7'] } });
      expect(rollout.left.instances.after).toHaveLength(14);
      expectImages(lab, NEW);
      expect(belowFloor(lab.log, 15 - maxUnavailable)).toEqual([]);
      const [first, ...others] = acceptedUpgrades(lab.log);
      expect(first).toEqual(['7']);
      // It is down all the time, and leaves one place less.
      expect(Math.max(...others.map(({ length }) => length))).toBe(Math.min(3, maxUnavailable - 1));
    },
  );
});
