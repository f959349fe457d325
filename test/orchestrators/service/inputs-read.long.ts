import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { imagesNow } from '../../../local/simulator/log/judge.ts';
import { BAD, expectRight, SLIDING } from '../../lab/inputs.ts';
import type { Input } from '../../lab/inputs.ts';
import { expectSafe, modelOf } from '../../lab/judge.ts';
import { NEW, startLab } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';

const always = 'always' as const;

const tagsOf = (lab: Lab): Body => modelOf(lab).tags;
const besides = (patch: Body, count: 1 | 'always' = 1): FaultInput => ({ kind: 'sideEffect', patch, count });
const RISING = { upgradePolicy: { rollingUpgradePolicy: { maxBatchInstancePercent: 20, maxSurge: false } } };

describe('reads are no bytes to compare', () => {
  // Feature [Service behaviour that is expected] Reads in other letters, with tags of a policy, defaults and fields that come and go beside our own write (arm-vmss.md 2.3, corrections)
  //   shown by: reads are no bytes to compare > every read in other letters
  it.each<Input>([
    { name: 'every read in other letters', options: { profile: { otherLettersShare: 1 } } },
    {
      name: 'every read in other letters, rolled back',
      options: { profile: { otherLettersShare: 1 }, faults: [BAD] },
      phase: 'rolledBack',
      code: 'unhealthyAfterUpgrade',
    },
    { name: 'half of the reads, sliding', options: { profile: { otherLettersShare: 0.5 } }, spec: SLIDING },
    {
      name: 'a policy that adds a tag to every write',
      options: { faults: [besides({ tags: { costCenter: '42' } }, always)] },
      check: (lab) => expect(tagsOf(lab)).toMatchObject({ costCenter: '42' }),
    },
    {
      name: 'defaults of a rolling upgrade that appear at our write',
      options: { faults: [besides({ properties: RISING })] },
    },
    {
      name: 'a field of the network that vanishes at each write, rolled back',
      options: { faults: [{ kind: 'dropsField', field: 'enableIPForwarding', count: always }, BAD] },
      phase: 'rolledBack',
      code: 'unhealthyAfterUpgrade',
    },
    {
      name: 'an etag that moves twice at each write',
      options: { profile: { etagMovesAgainShare: 1 } },
    },
    {
      name: 'a capacity that autoscaling moves in between',
      options: { faults: [{ kind: 'autoscale', atSeconds: 200, change: 2 }] },
      check: (lab) => expect(Object.keys(imagesNow(lab.log))).toHaveLength(17),
    },
  ])('$name', expectRight);
});

const shown = (more: Partial<FaultInput & { kind: 'shortList' }>): FaultInput => ({
  kind: 'shortList',
  ...more,
});
const whole = (_: Lab, { instances }: Body): void =>
  expect(instances).toMatchObject({ upgraded: 15, gone: 0 });

describe('absence is no fact', () => {
  // Feature [Service behaviour that is expected] Lists that are short for minutes, views that lack parts, beside slow views and pages (cloud-provider-azure#2156, autoscaler#7432)
  //   shown by: absence is no fact > five empty lists after an upgrade
  it.each<Input>([
    {
      name: 'five empty lists after an upgrade',
      options: { faults: [shown({ afterOperation: 'manualupgrade', count: 5 })] },
      check: whole,
    },
    {
      name: 'a whole domain that is never listed',
      options: { faults: [shown({ lacks: ['2', '7', '12'], afterOperation: 'patch', count: always })] },
      check: whole,
    },
    {
      name: 'a short list beside views that lag',
      options: { profile: { viewLagSeconds: [20, 25], shortLists: { share: 0.2, seconds: 10 } } },
      check: whole,
    },
    {
      name: 'short lists of many pages',
      options: { profile: { pageSize: 4, shortLists: { share: 0.1, seconds: 6 } } },
      check: whole,
    },
    {
      name: 'views without statuses for a moment',
      options: { faults: [{ kind: 'partialView', lacks: ['statuses', 'vmAgent'], nth: 5, count: 3 }] },
      check: whole,
    },
    {
      name: 'short lists while batches slide',
      options: { profile: { shortLists: { share: 0.2, seconds: 8 } } },
      spec: SLIDING,
      check: whole,
    },
    {
      name: 'short lists, rolled back',
      options: { profile: { shortLists: { share: 0.2, seconds: 8 } }, faults: [BAD] },
      phase: 'rolledBack',
      code: 'unhealthyAfterUpgrade',
      check: (_, { instances }) => expect(instances.gone).toBe(0),
    },
    {
      name: 'an instance that somebody deletes before its turn',
      options: { faults: [{ kind: 'eviction', atSeconds: 150, instances: ['14'], policy: 'Delete' }] },
      floor: 11,
      check: (_, { instances }) => expect(instances).toMatchObject({ upgraded: 14, gone: 1 }),
    },
  ])('$name', expectRight);
});

const passing = { fromSeconds: 60, untilSeconds: 400 };
const SEVEN = { instances: ['7'] };

describe('words are more than five', () => {
  // Feature [Service behaviour that is expected] Words of sets, instances and refusals that nobody knows: waited for, never taken for success (arm-vmss.md 3.1, 3.4)
  //   shown by: words are more than five > a set that is Finalizing
  it.each<Input>([
    {
      name: 'a set that is Finalizing',
      options: { faults: [{ kind: 'setShows', state: 'Finalizing', ...passing }] },
    },
    {
      name: 'an instance that is Migrating for some minutes',
      options: { faults: [{ kind: 'instanceShows', provisioning: 'Migrating', ...SEVEN, ...passing }] },
    },
    {
      name: 'a power state unknown for some minutes',
      options: { faults: [{ kind: 'instanceShows', power: 'unknown', ...SEVEN, ...passing }] },
    },
    {
      name: 'a health state that nobody knows for some minutes',
      options: { faults: [{ kind: 'instanceShows', health: 'degraded', ...SEVEN, ...passing }] },
    },
    ...['ConflictingConcurrentWriteNotAllowed', 'OperationPreempted', 'Conflict'].map((code) => ({
      name: `an upgrade that is refused three times with ${code}`,
      options: {
        faults: [
          { kind: 'refused' as const, operation: 'manualupgrade' as const, code, message: code, count: 3 },
        ],
      },
    })),
    {
      name: 'an upgrade that is refused with a code in other letters',
      options: {
        faults: [
          { kind: 'refused', operation: 'manualupgrade', code: 'retryableERROR', message: 'x', count: 2 },
        ],
      },
    },
  ])('$name', expectRight);

  it('a health state that stays a word that nobody knows is no success: a person is asked', async () => {
    const word: FaultInput = {
      kind: 'instanceShows',
      health: 'degraded',
      instances: ['0'],
      afterOperation: 'manualupgrade',
    };
    await using lab = await startLab({ faults: [word] });
    const id = await lab.start();
    const { failure } = await lab.until(id, 'paused');
    expect(failure).toMatchObject({ code: 'healthInconclusive', instances: ['0'] });
    const images = imagesNow(lab.log);
    expect(Object.keys(images).filter((instance) => images[instance] === NEW)).toEqual(['0', '5', '10']);
    await lab.send(id, 'abort');
    expect((await lab.toEnd(id)).phase).toBe('cancelled');
    expectSafe(lab);
  });
});
