import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { imagesNow } from '../../../local/simulator/log/judge.ts';
import { BAD, expectRight, hit, SLIDING } from '../../lab/inputs.ts';
import type { Input } from '../../lab/inputs.ts';
import { expectSafe, modelImage, modelOf } from '../../lab/judge.ts';
import { NEW, startLab } from '../../lab/lab.ts';
import type { LabOptions } from '../../lab/lab.ts';

const always = 'always' as const;

const BOOT = { 'virtualMachineProfile.diagnosticsProfile': { bootDiagnostics: { enabled: true } } };
const LATEST = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts-gen2',
  version: 'latest',
};
const AUTOMATIC: LabOptions = {
  image: LATEST,
  upgradePolicy: { mode: 'Manual', automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
};

describe('the set’s own settings', () => {
  // Feature [Service behaviour that is expected] Sets that upgrade, repair, spread or lose instances themselves: their settings stand as they were afterwards (cases 03, 06)
  //   shown by: the set’s own settings > a set that upgrades its image itself
  it.each<Input>([
    {
      name: 'a set that upgrades its image itself',
      options: AUTOMATIC,
      spec: { change: { set: BOOT } },
      check: (lab) =>
        expect(modelOf(lab).properties.upgradePolicy.automaticOSUpgradePolicy).toMatchObject({
          enableAutomaticOSUpgrade: true,
        }),
    },
    {
      name: 'an image that appears in between, on such a set',
      options: {
        ...AUTOMATIC,
        faults: [{ kind: 'imagePublication', atSeconds: 120, version: '22.04.202612120' }],
      },
      spec: { change: { set: BOOT } },
      check: (lab) => expect(modelImage(lab)).toBe('latest'),
    },
    {
      name: 'automatic repairs, which are held and come back',
      options: { properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } } },
    },
    {
      name: 'an automatic upgrade policy, which is held and comes back',
      options: { upgradePolicy: { mode: 'Automatic' } },
      check: (lab) => expect(modelOf(lab).properties.upgradePolicy.mode).toBe('Automatic'),
    },
    { name: 'a set of three zones', options: { zones: ['1', '2', '3'] } },
    {
      name: 'Spot instances, one of which is taken back for good',
      options: {
        vmProfile: { priority: 'Spot', evictionPolicy: 'Delete' },
        faults: [{ kind: 'eviction', atSeconds: 150, instances: ['14'] }],
      },
      floor: 11,
    },
    {
      name: 'a set of AKS, where that is accepted',
      options: { owner: 'kubernetesService' },
      spec: { acceptManaged: true },
    },
  ])('$name', expectRight);
});

async function secondsOf(options: LabOptions, spec?: Record<string, unknown>): Promise<number> {
  await using lab = await startLab(options);
  const rollout = await lab.rollOut(spec);
  expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
  expectSafe(lab);
  return (lab.log.at(-1)?.time ?? 0) - (lab.log[0]?.time ?? 0);
}

describe('an outage costs itself', () => {
  // Feature [Service behaviour that is expected] An outage of Azure costs itself: nothing later waits longer for it (reported: a 30-minute outage cost up to nine times itself)
  //   shown by: an outage costs itself > of 1800 s from second 100 on
  it.each([
    [60, 100],
    [600, 30],
    [1800, 100],
    [1800, 260],
    [3600, 500],
  ])('of %i s from second %i on', async (seconds, from) => {
    const down: FaultInput = { kind: 'unreachable', fromSeconds: from, untilSeconds: from + seconds };
    const undisturbed = await secondsOf({});
    const disturbed = await secondsOf({ faults: [down] });
    expect((disturbed - undisturbed) / 1000).toBeLessThan(seconds + 300);
  });
});

describe('a slow service is no broken one', () => {
  // Feature [Service behaviour that is expected] A service that is slow for a while, or in parts, is waited for (I7)
  //   shown by: a slow service is no broken one > three times as slow
  it.each<Input>([
    { name: 'three times as slow', options: { faults: [{ kind: 'slowService', factor: 3 }] } },
    {
      name: 'ten times as slow for a batch',
      options: { faults: [{ kind: 'slowService', factor: 10, fromSeconds: 200, untilSeconds: 500 }] },
    },
    {
      name: 'lists of 25 s',
      options: { faults: [{ kind: 'slowAnswer', ...hit('listInstances'), seconds: 25, count: always }] },
    },
    {
      name: 'an instance eight times as slow, while batches slide',
      options: { faults: [{ kind: 'slowInstance', instances: ['6'], factor: 8 }] },
      spec: SLIDING,
    },
    {
      name: 'three times as slow, rolled back',
      options: { faults: [BAD, { kind: 'slowService', factor: 3 }] },
      phase: 'rolledBack',
      code: 'unhealthyAfterUpgrade',
    },
  ])('$name', expectRight);
});

describe('outages pass', () => {
  // Feature [Service behaviour that is expected] Outages of every form, at every stage, are shown and outlived (design.md 7)
  //   shown by: outages pass > 503 to everything for ten minutes
  it.each<Input & { readonly kind: string; readonly from: number }>([
    {
      name: '503 to everything for ten minutes',
      kind: 'unreachable',
      from: 200,
      options: { faults: [{ kind: 'serviceUnavailable', fromSeconds: 200, untilSeconds: 800 }] },
    },
    {
      name: '503 with a date, from the first minute on',
      kind: 'unreachable',
      from: 20,
      options: {
        faults: [
          {
            kind: 'serviceUnavailable',
            fromSeconds: 20,
            untilSeconds: 620,
            retryAfterSeconds: 60,
            retryAfterIs: 'date',
          },
        ],
      },
    },
    {
      name: 'nothing gets through for ten minutes, while batches slide',
      kind: 'unreachable',
      from: 200,
      options: { faults: [{ kind: 'unreachable', fromSeconds: 200, untilSeconds: 800 }] },
      spec: SLIDING,
    },
    {
      name: 'pages of a gateway in the place of every list',
      kind: 'unreachable',
      // While the first batch settles: lists are not asked for while an operation runs.
      from: 150,
      options: {
        faults: [
          {
            kind: 'garbledAnswer',
            operation: 'listInstances',
            fromSeconds: 150,
            untilSeconds: 750,
            count: always,
          },
        ],
      },
    },
    {
      name: 'rights that lack for ten minutes',
      kind: 'access',
      from: 200,
      options: { faults: [{ kind: 'accessDenied', fromSeconds: 200, untilSeconds: 800, count: always }] },
    },
  ])('$name', async ({ kind, from, options, spec = {} }) => {
    await using lab = await startLab(options);
    const id = await lab.start(spec);
    const seen = await lab.until(id, ({ waitingFor }) => waitingFor?.kind === kind);
    const late = (Date.parse(seen.waitingFor.since) - lab.sim.settings.started) / 1000 - from;
    expect(late).toBeGreaterThanOrEqual(0);
    // While an operation runs it shows at the look that comes when the operation has probably ended.
    expect(late).toBeLessThan(90);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(new Set(Object.values(imagesNow(lab.log)))).toEqual(new Set([NEW]));
    expectSafe(lab);
  });
});
