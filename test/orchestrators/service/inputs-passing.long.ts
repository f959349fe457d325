import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { BAD, expectRight, hit, SLIDING } from '../../lab/inputs.ts';
import type { Input } from '../../lab/inputs.ts';
import { expectSafe, writes } from '../../lab/judge.ts';
import { startLab } from '../../lab/lab.ts';

const always = 'always' as const;
const BACK = { phase: 'rolledBack', code: 'unhealthyAfterUpgrade' } as const;

type Refusal = Partial<FaultInput & { readonly kind: 'refused' }>;
const refused = (operation: Refusal['operation'], status: number, more: Refusal = {}): FaultInput => ({
  kind: 'refused',
  ...(operation !== undefined && { operation }),
  status,
  code: status === 404 ? 'ResourceNotFound' : 'BadRequest',
  message: 'no',
  ...more,
});
const INACTIVE = {
  code: 'InvalidParameter',
  message: 'The provided instanceId 1 is not an active Virtual Machine Scale Set VM instanceId.',
};

describe('refusals that pass', () => {
  // Feature [Service behaviour that is expected] Reads that are refused for a moment, and writes to what is not found for a moment: waited out within a bound (design.md 4, arm-vmss.md 3.4)
  //   shown by: refusals that pass > an upgrade that finds no set, twice
  it.each<Input>([
    {
      name: 'the set answers 409 twice',
      options: { faults: [refused('getScaleSet', 409, { code: 'Conflict', nth: 4, count: 2 })] },
    },
    { name: 'the set answers 400 once', options: { faults: [refused('getScaleSet', 400, { nth: 4 })] } },
    {
      name: 'lists answer 409 twice',
      options: { faults: [refused('listInstances', 409, { code: 'Conflict', nth: 4, count: 2 })] },
    },
    {
      name: 'lists answer 409 while planning',
      options: { faults: [refused('listInstances', 409, { code: 'Conflict', count: 2 })] },
    },
    {
      name: 'a set without rolling upgrades, by 400',
      options: { faults: [refused('latestRollingUpgrade', 400, { count: always })] },
    },
    {
      name: 'an upgrade that finds no set, twice',
      options: { faults: [refused('manualupgrade', 404, { nth: 2, count: 2 })] },
    },
    {
      name: 'the same while batches slide',
      options: { faults: [refused('manualupgrade', 404, { nth: 3, count: 2 })] },
      spec: SLIDING,
    },
    {
      name: 'a PATCH that finds no set, twice',
      options: { faults: [refused('patch', 404, { count: 2 })] },
    },
    {
      name: 'the same of the old model',
      options: { faults: [BAD, refused('patch', 404, { nth: 2, count: 2 })] },
      ...BACK,
    },
    {
      name: 'an instance that is not active',
      options: { faults: [refused('manualupgrade', 400, { ...INACTIVE, nth: 2 })] },
    },
    // cloud-provider-azure#2356
    {
      name: 'one not active, by its other code',
      options: {
        faults: [
          refused('manualupgrade', 400, { code: 'InstanceIdsListInstanceIdNotActiveVM', nth: 2, count: 2 }),
        ],
      },
    },
    // terraform-azurerm-avm-ptn-aks-production#25
    {
      name: 'another operation in progress',
      options: {
        faults: [
          refused('manualupgrade', 409, {
            code: 'OperationNotAllowed',
            message: 'Another operation (Updating) is in progress, please wait for it to finish.',
            nth: 2,
            count: 3,
          }),
        ],
      },
    },
    {
      name: 'a strange 409 on the way back',
      options: { faults: [BAD, refused('manualupgrade', 409, { code: 'Strange', nth: 3, count: 2 })] },
      ...BACK,
    },
    {
      name: 'a read on the way back answers 409',
      options: { faults: [BAD, refused('getScaleSet', 409, { code: 'Conflict', nth: 9, count: 2 })] },
      ...BACK,
    },
    {
      name: 'polls answer 500 for long',
      options: { faults: [{ kind: 'serverError', ...hit('poll', 2), count: 20 }] },
    },
    {
      name: 'lists are pages of a gateway with 200',
      options: { faults: [{ kind: 'garbledAnswer', ...hit('listInstances', 3), status: 200, count: 4 }] },
    },
  ])('$name', expectRight);

  it('a policy whose code comes in other letters ends it at once', async () => {
    await using lab = await startLab({
      faults: [refused('patch', 403, { code: 'requestDisallowedByPolicy', count: always })],
    });
    const { phase, failure } = await lab.rollOut();
    expect([phase, failure.code]).toEqual(['refused', 'refusedByAzure']);
    expect(writes(lab.log)).toHaveLength(1);
  });

  it.each(['patch', 'manualupgrade'] as const)(
    'a 404 of each %s ends it within minutes',
    async (operation) => {
      await using lab = await startLab({ faults: [refused(operation, 404, { count: always })] });
      const { phase, failure, createdAt, endedAt } = await lab.rollOut();
      expect([phase, failure.code]).toEqual([operation === 'patch' ? 'refused' : 'halted', 'refusedByAzure']);
      expect(failure.message).toContain('ResourceNotFound');
      expect(Date.parse(endedAt) - Date.parse(createdAt)).toBeLessThan(20 * 60_000);
    },
  );
});

describe('views that lack what every machine has', () => {
  // Feature [Service behaviour that is expected] Views without states while planning: nobody is planned for as if it were down (cloud-provider-azure#2156)
  //   shown by: views that lack what every machine has > the first list has no statuses
  it.each<Input>(
    (
      [
        ['no statuses', ['statuses']],
        ['no agents', ['vmAgent']],
        ['no health', ['vmHealth', 'extensions']],
        ['no update domains', ['platformUpdateDomain']],
      ] as const
    ).map(([what, lacks]) => ({
      name: `the first list has ${what}`,
      options: { faults: [{ kind: 'partialView', lacks: [...lacks], nth: 1, count: 1 }] },
    })),
  )('$name', expectRight);

  it('after the upgrade, for good: nobody says that the instances failed', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'partialView', lacks: ['statuses'], count: always, afterOperation: 'manualupgrade' }],
    });
    const id = await lab.start();
    const { failure } = await lab.until(id, 'paused');
    expect(failure.code).toBe('healthInconclusive');
    expectSafe(lab);
  });
});

describe('failures by which the service asks for another try', () => {
  // Feature [Service behaviour that is expected] Operations that end with a code that means later: what is not done is sent again, three times at most (arm-vmss.md 3.4, autoscaler#9505)
  //   shown by: failures by which the service asks for another try > RetryableError
  it.each<Input>(
    [
      'RetryableError',
      'Conflict',
      'ConflictingConcurrentWriteNotAllowed',
      // dcos-windows#52: an internal error that the next try does not meet.
      'InternalExecutionError',
      'NetworkingInternalOperationError',
    ].map((code) => ({
      name: code,
      options: {
        faults: [{ kind: 'operationFails', code, message: code, nth: 2, count: 1, changed: false }],
      },
      mostDisruptions: 2,
    })),
  )('$name', expectRight);
});

describe('guests that report themselves unhealthy while they start', () => {
  const sick = (untilSeconds: number): FaultInput => ({
    kind: 'sickInstance',
    instances: ['0', '5'],
    fromSeconds: 330,
    untilSeconds,
    effect: 'unhealthy',
  });

  // Feature [Service behaviour that is expected] Guests that are unhealthy for long on the way back end no rollback: all others go back meanwhile (issue 11, kind 9)
  //   shown by: guests that report themselves unhealthy while they start > for 45 minutes
  it.each<Input>([
    {
      name: 'for 45 minutes',
      options: { faults: [BAD, sick(3000)] },
      ...BACK,
      floor: 10,
    },
    { name: 'for five hours', options: { faults: [BAD, sick(18_000)] }, ...BACK, floor: 10 },
  ])('$name', expectRight);

  it('and for good: it ends when its time is over, and names them', async () => {
    await using lab = await startLab({ faults: [BAD, sick(4_000_000)] });
    const id = await lab.start({ rollbackTimeoutSeconds: 7200 });
    const waits = await lab.until(id, (r) => r.waitingFor?.message.includes('everything is rolled back'));
    expect(waits.phase).toBe('rollingBack');
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({
      phase: 'failed',
      failure: { code: 'unhealthyAfterUpgrade', instances: ['0', '5'] },
      left: { model: 'before', instances: { unknown: ['0', '5'] } },
    });
    expect(rollout.instances.rolledBack).toBeGreaterThan(0);
  });

  it('an abort ends that wait', async () => {
    await using lab = await startLab({ faults: [BAD, sick(4_000_000)] });
    const id = await lab.start();
    await lab.until(id, (r) => r.waitingFor?.message.includes('everything is rolled back'));
    await lab.send(id, 'abort');
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.left.instances.unknown]).toEqual(['cancelled', ['0', '5']]);
  });
});
