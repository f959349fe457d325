import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { expectSafe, writes } from '../lab/judge.ts';
import { NEW, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import type { Body, Lab, LabOptions } from '../lab/lab.ts';

const PROFILE = 'virtualMachineProfile';
const CONFIGURATION = `${PROFILE}.networkProfile.networkInterfaceConfigurations[0]`;

interface Case {
  readonly what: string;
  readonly change: Record<string, unknown>;
  readonly strategy?: Record<string, unknown>;
  /** What it does to an instance, from the least. */
  readonly takes: 'none' | 'restart' | 'reimage' | 'deallocate';
  /** What then befalls it, where that is less: nobody promises more than `takes`. */
  readonly befalls?: 'none';
}

const CASES: readonly Case[] = [
  { what: 'tags', change: { set: { 'tags.team': 'web' } }, takes: 'none' },
  {
    what: 'boot diagnostics',
    change: { set: { [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: true } },
    takes: 'none',
  },
  {
    what: 'the network',
    change: { set: { [`${CONFIGURATION}.enableIPForwarding`]: true } },
    takes: 'restart',
    befalls: 'none',
  },
  { what: 'a size that the hardware has', change: { vmSize: 'Standard_D4s_v5' }, takes: 'restart' },
  { what: 'a forced restart', change: { force: 'restart' }, takes: 'restart' },
  { what: 'the image', change: { image: { version: NEW } }, takes: 'reimage' },
  { what: 'a forced reimage', change: { force: 'reimage' }, takes: 'reimage' },
  {
    what: 'custom data',
    change: { osProfile: { customData: 'I2Nsb3VkLWNvbmZpZw==' } },
    strategy: { acceptIrreversible: true },
    takes: 'reimage',
  },
  { what: 'a size of other hardware', change: { vmSize: 'Standard_NV6' }, takes: 'deallocate' },
];
const LEVELS = ['none', 'restart', 'reimage', 'deallocate'] as const;

/** What happened to the instances, by the simulator's word: the most that befell any of them. */
function befell(log: readonly LogEntry[]): string {
  const of = (change: string, value?: string): boolean =>
    log.some(
      (entry) =>
        entry.kind === 'instance' &&
        entry.change === change &&
        (value === undefined || ('value' in entry && entry.value === value)),
    );
  const works = log.flatMap((entry) =>
    entry.kind === 'instance' && (entry.change === 'actionStarted' || entry.change === 'upgradeStarted')
      ? [entry.work]
      : [],
  );
  if (of('power', 'deallocated')) return 'deallocate';
  if (of('image') || works.some((work) => /image/i.test(work))) return 'reimage';
  return of('power') ? 'restart' : 'none';
}

// Feature [Change] Class none: nobody is taken down (Change, C21)
//   shown by: a change of boot diagnostics is planned and done as none, and as no more
// Feature [Change] Class restart (Change, C21, B14)
//   shown by: a change of a size that the hardware has is planned and done as restart, and as no more
// Feature [Change] Class reimage (Change, C21, B14)
//   shown by: a change of the image is planned and done as reimage, and as no more
// Feature [Change] Class deallocate (Change, C21, B14)
//   shown by: a change of a size of other hardware is planned and done as deallocate, and as no more
it.each(CASES)(
  'a change of $what is planned and done as $takes, and as no more',
  async ({ change, strategy, takes, befalls = takes }) => {
    await using lab = await startLab({ count: 5 });
    const spec = { scaleSet: WEB, change, strategy: { ...strategy, mostDisruptiveAllowed: takes } };
    expect((await lab.call('POST', '/plans', spec)).body.class).toBe(takes);
    expect((await lab.rollOut(spec)).phase).toBe('succeeded');
    expect(befell(lab.log)).toBe(befalls);
    if (takes === 'none') expect(belowFloor(lab.log, 5)).toEqual([]);
    expectSafe(lab, { floor: 4, mostDisruptions: 2 });
  },
);

// Feature [Change] `mostDisruptiveAllowed: none` refuses a restart (Change, B15)
//   shown by: a change of a size that the hardware has is refused where less than a restart is allowed, and nothing is written
// Feature [Change] `mostDisruptiveAllowed: restart` refuses a reimage (Change, B15)
//   shown by: a change of the image is refused where less than a reimage is allowed, and nothing is written
// Feature [Change] `mostDisruptiveAllowed: reimage` refuses a deallocation (Change, B15)
//   shown by: a change of a size of other hardware is refused where less than a deallocate is allowed, and nothing is written
it.each(CASES.filter(({ takes }) => takes !== 'none'))(
  'a change of $what is refused where less than a $takes is allowed, and nothing is written',
  async ({ change, strategy, takes }) => {
    await using lab = await startLab({ count: 5 });
    const mostDisruptiveAllowed = LEVELS[LEVELS.indexOf(takes) - 1];
    expect(await lab.rollOut({ change, strategy: { ...strategy, mostDisruptiveAllowed } })).toMatchObject({
      phase: 'refused',
      failure: { code: 'tooDisruptive', remedy: expect.stringContaining(`"${takes}"`) },
    });
    expect(writes(lab.log)).toEqual([]);
  },
);

it('is told which class would have to be allowed when several properties change', async () => {
  await using lab = await startLab({ count: 5 });
  const change = { set: { [`${CONFIGURATION}.enableIPForwarding`]: true }, vmSize: 'Standard_NV6' };
  const rollout = await lab.rollOut({ change, strategy: { mostDisruptiveAllowed: 'none' } });
  expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'tooDisruptive' } });
  expect(rollout.failure.remedy).toContain('"deallocate"');
  expect(rollout.failure.message).toContain('sku.name');
});

describe('the pool behind a load balancer', () => {
  const IP = `${CONFIGURATION}.ipConfigurations[0]`;
  const network = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers/Microsoft.Network`;
  const balancer = { id: `${network}/loadBalancers/lb/backendAddressPools/pool` };
  const gateway = { id: `${network}/applicationGateways/agw/backendAddressPools/pool` };
  const BALANCED: LabOptions = {
    count: 5,
    vmProfile: {
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            name: 'nic',
            properties: {
              primary: true,
              ipConfigurations: [{ name: 'ip', properties: { loadBalancerBackendAddressPools: [balancer] } }],
            },
          },
        ],
      },
    },
  };
  const poolsOf = (lab: Lab): Body => {
    const model = lab.sim.scaleSet('web')?.model as Body;
    const [nic] = model.properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations;
    return nic.properties.ipConfigurations[0].properties;
  };

  // Feature [Change] Load-balancer pool replaced by that of an application gateway in one rollout (Change)
  it('gives way to that of an application gateway in one rollout, and comes back by its rollback', async () => {
    await using lab = await startLab(BALANCED);
    const before = poolsOf(lab);
    const change = {
      remove: [`${IP}.loadBalancerBackendAddressPools[0]`],
      add: { [`${IP}.applicationGatewayBackendAddressPools`]: gateway },
    };
    const first = await lab.rollOut({ change });
    expect(first.phase).toBe('succeeded');
    expect(poolsOf(lab)).toMatchObject({ applicationGatewayBackendAddressPools: [gateway] });
    expect(poolsOf(lab).loadBalancerBackendAddressPools ?? []).toEqual([]);
    expect(writes(lab.log).filter(({ operation }) => operation === 'patch')).toHaveLength(1);
    expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(
      true,
    );
    expectSafe(lab, { floor: 4 });
    expect((await lab.rollOut({ change: {}, rollbackOf: first.id })).phase).toBe('succeeded');
    expect(poolsOf(lab)).toEqual(before);
  });
});
