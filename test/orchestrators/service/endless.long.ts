import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, policyOf, writes } from '../../lab/judge.ts';
import { NEW, OLD, startLab } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';

const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };
const REPAIRING = { properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } } };

function tookSeconds({ createdAt, endedAt }: Body): number {
  return (Date.parse(endedAt) - Date.parse(createdAt)) / 1000;
}

/** When requests of a kind were sent, in seconds after the first. */
function timesOf(lab: Lab, operation: string): readonly number[] {
  const times = writes(lab.log).filter((entry) => entry.operation === operation);
  return times.map(({ time }) => (time - (times[0]?.time ?? 0)) / 1000);
}

describe.each(['Updating', 'Creating', 'Migrating'])('a set that stays %s after our write', (state) => {
  const stays: FaultInput = { kind: 'setShows', afterOperation: 'patch', state };

  // Feature [Service behaviour that is expected] A set that stays Updating: abort ends the rollout (case 11)
  //   shown by: a set that stays Updating after our write > an abort ends the rollout
  it('an abort ends the rollout', async () => {
    await using lab = await startLab({ count: 5, faults: [stays] });
    const id = await lab.start();
    await lab.host.advance(30_000);
    await lab.send(id, 'abort');
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({ phase: 'cancelled', left: { model: 'after' } });
    expect(tookSeconds(rollout)).toBeLessThan(120);
    expect(acceptedUpgrades(lab.log)).toEqual([]);
  });

  // Feature [Service behaviour that is expected] A set that stays Updating: the deadline ends the rollout (case 11)
  //   shown by: a set that stays Updating after our write > the deadline ends the rollout
  it('the deadline ends the rollout', async () => {
    await using lab = await startLab({ count: 5, faults: [stays] });
    const rollout = await lab.rollOut({ timeoutSeconds: 25 });
    expect(rollout).toMatchObject({
      phase: 'halted',
      failure: { code: 'deadlineExceeded' },
      left: { model: 'after', instances: { before: ['0', '1', '2', '3', '4'] } },
    });
    expect(tookSeconds(rollout)).toBeLessThan(120);
  });

  it('is waited for no longer than an operation may take', async () => {
    await using lab = await startLab({ count: 5, faults: [stays] });
    const rollout = await lab.rollOut({ health: { operationTimeoutSeconds: 600 } });
    expect(rollout).toMatchObject({
      phase: 'halted',
      failure: { code: 'operationTimeout' },
      left: { model: 'after' },
    });
    expect(rollout.failure.message).toContain(state);
    expect(timesOf(lab, 'patch')).toHaveLength(1);
  });

  it('a rollback brings the old model back', async () => {
    await using lab = await startLab({ count: 5, faults: [stays] });
    const id = await lab.start({ health: { operationTimeoutSeconds: 600 } });
    await lab.host.advance(60_000);
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expect(modelImage(lab)).toBe(OLD);
    expect(timesOf(lab, 'patch')).toHaveLength(2);
  });
});

// Feature [Service behaviour that is expected] A set that ends Canceled is at rest (issue 11)
it('a set that ends Canceled is at rest', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'setShows', afterOperation: 'patch', state: 'Canceled' }],
  });
  expect((await lab.rollOut()).phase).toBe('succeeded');
  expectSafe(lab);
});

describe('a write that is always answered by 500', () => {
  const fails = (
    operation: 'patch' | 'manualupgrade' | 'setOrchestrationServiceState',
    nth = 1,
  ): FaultInput => ({
    kind: 'serverError',
    operation,
    status: 500,
    nth,
    count: 'always',
  });

  // Feature [Service behaviour that is expected] A write that is always answered by 500 is tried a few times, ever more seldom (issue 11)
  //   shown by: a write that is always answered by 500 > of the model: refused after a few tries
  it('of the model: refused after a few tries', async () => {
    await using lab = await startLab({ ...REPAIRING, faults: [fails('patch')] });
    const rollout = await lab.rollOut({ timeoutSeconds: 7200 });
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'armUnreachable' } });
    expect(rollout.failure.message).toContain('500');
    const times = timesOf(lab, 'patch');
    expect(times.length).toBeLessThanOrEqual(5);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(gaps.at(-1)).toBeGreaterThan(2 * (gaps[0] ?? 0));
    const repairs = writes(lab.log).filter(({ operation }) => operation === 'setOrchestrationServiceState');
    expect(repairs.map(({ body }) => (body as { action: string }).action)).toEqual(['Suspend', 'Resume']);
    expect(modelImage(lab)).not.toBe(NEW);
  });

  it('of instances: halted after a few tries', async () => {
    await using lab = await startLab({ faults: [fails('manualupgrade', 2)] });
    const rollout = await lab.rollOut();
    expect(rollout).toMatchObject({
      phase: 'halted',
      failure: { code: 'armUnreachable' },
      left: { model: 'after', instances: { after: ['0', '5', '10'] } },
    });
    expect(timesOf(lab, 'manualupgrade').length).toBeLessThanOrEqual(6);
    expectSafe(lab);
  });

  it('of the old model: failed after a few tries', async () => {
    await using lab = await startLab({ faults: [BAD] });
    const id = await lab.start();
    await lab.until(id, 'rollingBack');
    lab.sim.inject(fails('patch'));
    const rollout = await lab.toEnd(id);
    expect(rollout).toMatchObject({
      phase: 'failed',
      failure: { code: 'armUnreachable' },
      left: { model: 'after' },
    });
    expect(timesOf(lab, 'patch').length).toBeLessThanOrEqual(6);
  });

  it('of a guard that is to be held: refused after a few tries, and nothing else is sent', async () => {
    await using lab = await startLab({ ...REPAIRING, faults: [fails('setOrchestrationServiceState')] });
    const rollout = await lab.rollOut({ timeoutSeconds: 7200 });
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'armUnreachable' } });
    expect(timesOf(lab, 'patch')).toEqual([]);
    expect(timesOf(lab, 'setOrchestrationServiceState').length).toBeLessThanOrEqual(10);
  });

  it('of a guard that is to be restored: it is named among what is left', async () => {
    await using lab = await startLab({ ...REPAIRING, faults: [fails('setOrchestrationServiceState', 2)] });
    const rollout = await lab.rollOut();
    expect(rollout.left.heldGuards).toMatchObject([{ guard: 'automaticRepairs' }]);
    expectImages(lab, NEW);
    expect(timesOf(lab, 'setOrchestrationServiceState').length).toBeLessThanOrEqual(6);
  });
});

describe('a rollout that was stopped', () => {
  const DOWN: FaultInput = { kind: 'unreachable', fromSeconds: 0, untilSeconds: 4_000_000 };

  async function stopped(lab: Lab): Promise<string> {
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    lab.sim.inject(DOWN);
    await lab.send(id, 'abort');
    return id;
  }

  it('ends in some hours, although Azure cannot be reached, and names what it holds', async () => {
    await using lab = await startLab({ ...REPAIRING, upgradePolicy: { mode: 'Automatic' } });
    const rollout = await lab.toEnd(await stopped(lab));
    expect(rollout.phase).toBe('cancelled');
    expect(tookSeconds(rollout)).toBeLessThan(4 * 3600);
    expect(rollout.left.heldGuards.map(({ guard }: Body) => guard).toSorted()).toEqual([
      'automaticRepairs',
      'upgradePolicy',
    ]);
    expect(policyOf(lab)).toBe('Manual');
  });

  // Feature [Service behaviour that is expected] A second abort ends what an abort still waits for (issue 11)
  it('ends at once at a second abort', async () => {
    await using lab = await startLab({ ...REPAIRING });
    const id = await stopped(lab);
    await lab.host.advance(300_000);
    const seen = await lab.get(id);
    expect(seen.waitingFor.kind).toBe('unreachable');
    expect(seen.next).toContainEqual({ command: 'abort' });
    const at = lab.host.clock.now();
    await lab.send(id, 'abort');
    await lab.host.advance(30_000);
    const rollout = await lab.get(id);
    expect(rollout.phase).toBe('cancelled');
    expect((Date.parse(rollout.endedAt) - at) / 1000).toBeLessThan(30);
    expect(rollout.left.heldGuards).toMatchObject([{ guard: 'automaticRepairs' }]);
  });
});
