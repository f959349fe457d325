import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { expectImages, expectSafe, policyOf } from '../../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';
import { somebody } from '../../lab/somebody.ts';

const HEALTH = { stableSeconds: 1, timeoutSeconds: 20 };
const always = 'always' as const;

async function deleteInstances(lab: Lab, ...instanceIds: readonly string[]): Promise<void> {
  expect(await somebody(lab, 'POST', '/delete', { instanceIds })).toBe(202);
  await lab.host.advance(120_000);
}

/** What an ended rollout says of how many: its counts, and the words of its last event. */
const told = ({ phase, instances }: Body) => [phase, instances.upgraded, instances.gone];

describe('a list of instances that is short for a moment', () => {
  // Feature [Service behaviour that is expected] One empty list after an upgrade (case 15: cloud-provider-azure#2156, autoscaler#7432)
  it('empty after the first upgrade: succeeded 5 of 5', async () => {
    await using lab = await startLab({
      count: 5,
      faults: [{ kind: 'shortList', afterOperation: 'manualupgrade' }],
    });
    expect(told(await lab.rollOut({ health: HEALTH }))).toEqual(['succeeded', 5, 0]);
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
  });

  // Feature [Service behaviour that is expected] A short list at any look: nobody is called gone (cloud-provider-azure#2156)
  //   shown by: a list of instances that is short for a moment > never counts, whichever list it is (list 3)
  it.each(Array.from({ length: 14 }, (_, index) => index + 1))(
    'never counts, whichever list it is (list %i)',
    async (nth) => {
      const faults: FaultInput[] = [{ kind: 'shortList', nth, lacks: nth % 2 === 0 ? 'all' : ['1', '6'] }];
      await using lab = await startLab({ faults });
      const rollout = await lab.rollOut();
      expect(told(rollout)).toEqual(['succeeded', 15, 0]);
      expectImages(lab, NEW);
      expectSafe(lab);
    },
  );

  it.each([2, 5, 9, 14, 18])('never counts on the way back, whichever list it is (list %i)', async (nth) => {
    const bad: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };
    await using lab = await startLab({ faults: [{ kind: 'shortList', nth, lacks: 'all' }, bad] });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure.code]).toEqual(['rolledBack', 'unhealthyAfterUpgrade']);
    expectImages(lab, OLD);
    expectSafe(lab, { mostDisruptions: 2 });
  });

  // Feature [Service behaviour that is expected] A list that lacks an instance for good: its own GET counts (autoscaler#7432)
  it('for good: the missing one is asked for by itself, and is verified like any other', async () => {
    const lacking: FaultInput = { kind: 'shortList', lacks: ['7'], count: always, afterOperation: 'patch' };
    await using lab = await startLab({ faults: [lacking] });
    expect(told(await lab.rollOut())).toEqual(['succeeded', 15, 0]);
    expectImages(lab, NEW);
    expectSafe(lab);
  });

  it.each([1, 2, 3, 4, 5, 6])('is outlived under every way of the real service (seed %i)', async (seed) => {
    const profile = { shortLists: { share: 0.15, seconds: 8 } };
    await using lab = await startLab({ seed, profile });
    const rollout = await lab.rollOut(seed % 2 === 0 ? { strategy: { pacing: 'sliding' } } : {});
    expect([...told(rollout), rollout.failure]).toEqual(['succeeded', 15, 0, undefined]);
    expectImages(lab, NEW);
    expectSafe(lab);
  });

  // Feature [Service behaviour that is expected] A short list gives no held policy back (case 15)
  it('gives no policy back that holds an instance on the old model', async () => {
    const faults: FaultInput[] = [
      { kind: 'shortList', lacks: ['14'], count: always, afterOperation: 'patch' },
    ];
    await using lab = await startLab({ upgradePolicy: { mode: 'Automatic' }, faults });
    const rollout = await lab.rollOut({ targets: { exclude: ['14'] } });
    expect(rollout.left.heldGuards.map(({ guard }: Body) => guard)).toEqual(['upgradePolicy']);
    expect(policyOf(lab)).toBe('Manual');
  });

  it('takes no instance down beside one that is down and not listed', async () => {
    // Instance 14 is sick, no target, and missing from the lists: it must count among those that are down.
    const faults: FaultInput[] = [
      { kind: 'sickInstance', instances: ['14'] },
      { kind: 'shortList', lacks: ['14'], count: always, afterOperation: 'patch' },
    ];
    await using lab = await startLab({ faults });
    const spec = { targets: { exclude: ['14'] }, strategy: { maxUnavailable: 3 } };
    expect((await lab.rollOut(spec)).phase).toBe('succeeded');
    expectSafe(lab);
  });
});

describe('a plan', () => {
  // Feature [Service behaviour that is expected] A short list while planning (cloud-provider-azure#2156)
  //   shown by: a plan > is not made from a list that is short for a moment (all)
  it.each<[string, 'all' | string[]]>([
    ['all', 'all'],
    ['two', ['3', '4']],
  ])('is not made from a list that is short for a moment (%s)', async (_, lacks) => {
    await using lab = await startLab({ faults: [{ kind: 'shortList', lacks }] });
    const rollout = await lab.rollOut({ change: { force: 'restart' } });
    expect([rollout.phase, rollout.noop, rollout.instances.total]).toEqual(['succeeded', undefined, 15]);
  });

  it('never says that there is nothing to do because the list is empty', async () => {
    await using lab = await startLab({ faults: [{ kind: 'shortList', lacks: 'all', count: always }] });
    const id = await lab.start();
    const waiting = await lab.until(id, ({ waitingFor }) => waitingFor?.message?.includes('0 of 15'));
    expect(waiting.phase).toBe('planning');
    const asked = await lab.call('POST', '/plans', { scaleSet: waiting.scaleSet });
    expect([asked.status, asked.body.code]).toEqual([502, 'armUnreachable']);
    await lab.send(id, 'abort');
    expect((await lab.toEnd(id)).phase).toBe('cancelled');
  });

  it('goes on without one that is never listed, and says so', async () => {
    await using lab = await startLab({ faults: [{ kind: 'shortList', lacks: ['3'], count: always }] });
    const { body } = await lab.call('POST', '/plans', {
      scaleSet: WEB,
      change: { image: { version: NEW } },
    });
    expect(body.warnings.map(({ code }: Body) => code)).toContain('notAllListed');
    const rollout = await lab.rollOut();
    expect(told(rollout)).toEqual(['succeeded', 14, 0]);
  });
});

describe('what a set does not show has a rule of its own, which the plan states', () => {
  const warningsOf = async (lab: Lab): Promise<readonly string[]> => {
    const { body } = await lab.call('POST', '/plans', {
      scaleSet: WEB,
      change: { image: { version: NEW } },
    });
    return body.warnings.map(({ code }: Body) => code);
  };

  // Feature [Service behaviour that is expected] No update domains shown, as in zonal sets: a fifth at a time, zone by zone (arm-vmss.md 3.2)
  //   shown by: what a set does not show has a rule of its own, which the plan states > no update domains, in zones 1
  it.each([['1'], ['1', '2', '3']])('no update domains, in zones %s', async (...zones) => {
    const profile = { zonalUpdateDomains: false };
    await using lab = await startLab({ zones, profile });
    expect(await warningsOf(lab)).toContain('noUpdateDomains');
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 12 });
  });

  // Feature [Service behaviour that is expected] No guest agent by design: nobody waits for its report (arm-vmss.md 2.3)
  it('no guest agent by design', async () => {
    const osProfile = {
      computerNamePrefix: 'web',
      adminUsername: 'azureuser',
      linuxConfiguration: { disablePasswordAuthentication: true, provisionVMAgent: false },
    };
    await using lab = await startLab({ vmProfile: { osProfile }, profile: { hidesAbsentAgent: true } });
    expect(await warningsOf(lab)).toEqual(expect.arrayContaining(['noGuestAgent', 'noHealthSignal']));
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab);
  });

  // Feature [Service behaviour that is expected] A view that lacks the promised health signal is no healthy instance (arm-vmss.md 2.3)
  it('a signal that is promised and not shown after the upgrade: nobody says that it is well', async () => {
    const faults: FaultInput[] = [
      {
        kind: 'partialView',
        lacks: ['vmHealth', 'extensions'],
        count: always,
        afterOperation: 'manualupgrade',
      },
    ];
    await using lab = await startLab({ faults });
    const id = await lab.start({ health: { stableSeconds: 1, timeoutSeconds: 60 } });
    const paused = await lab.until(id, 'paused');
    expect(paused.failure.code).toBe('healthInconclusive');
    expectSafe(lab);
  });

  it.each([2, 3, 4, 6, 8])('a signal that one view lacks for a moment (view %i)', async (nth) => {
    const faults: FaultInput[] = [{ kind: 'partialView', lacks: ['vmHealth', 'extensions'], nth }];
    await using lab = await startLab({ faults });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expectSafe(lab);
  });
});

describe('an instance that is gone', () => {
  // Feature [Service behaviour that is expected] Gone is what its own GET calls missing, and is counted apart (cloud-provider-azure#2156)
  it('is counted apart, and the end says how many of how many', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [2] } });
    await lab.until(id, 'waiting');
    await deleteInstances(lab, '2', '8');
    await lab.send(id, 'approve', { batch: 2 });
    const rollout = await lab.toEnd(id);
    expect([...told(rollout), rollout.instances.skipped]).toEqual(['succeeded', 13, 2, 0]);
    const { body } = await lab.call('GET', `/rollouts/${id}/events`);
    expect(body.value.at(-1).message).toContain('13 of 15');
    const gone = body.value.filter(({ kind }: Body) => kind === 'gone').flatMap((one: Body) => one.instances);
    expect(gone.toSorted()).toEqual(['2', '8']);
  });

  it('is noticed by the last look, however long it was done', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [4] } });
    await lab.until(id, ({ phase, batch }) => phase === 'waiting' && batch === 4);
    await deleteInstances(lab, '0');
    await lab.send(id, 'approve', { batch: 4 });
    expect(told(await lab.toEnd(id))).toEqual(['succeeded', 14, 1]);
  });
});
