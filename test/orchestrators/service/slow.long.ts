import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import type { LogEntry } from '../../../local/simulator/log/entries.ts';
import { expectImages, expectSafe, modelImage, writes } from '../../lab/judge.ts';
import { NEW, OLD, startLab } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';

const always = 'always' as const;
const MINUTE = 60;
const HOUR = 3600;
/** An operation has two minutes, a guest has all the time that it wants. */
const BRIEF = { operationTimeoutSeconds: 2 * MINUTE, timeoutSeconds: 4 * HOUR };
const bad: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };

/** Writes that were accepted while an operation on instances still ran, by the simulator's word. */
function writesOverOperations(log: readonly LogEntry[]): readonly string[] {
  const running = new Set<string>();
  return log.flatMap((entry) => {
    if (entry.kind === 'operation' && entry.operation === 'manualupgrade') {
      if (entry.status === 'InProgress') running.add(entry.operationId);
      else running.delete(entry.operationId);
    }
    const isWrite = entry.kind === 'request' && entry.method !== 'GET' && entry.operationId !== undefined;
    const others = isWrite ? [...running].filter((id) => id !== entry.operationId) : [];
    return others.map((id) => `${entry.kind === 'request' ? entry.operation : ''} over ${id}`);
  });
}

const elapsed = ({ createdAt, endedAt }: Body): number =>
  (Date.parse(endedAt) - Date.parse(createdAt)) / 1000;

function expectInTurn(lab: Lab): void {
  expect(writesOverOperations(lab.log)).toEqual([]);
  expectSafe(lab, { mostDisruptions: 2 });
}

describe('a service that is slow', () => {
  // Feature [Service behaviour that is expected] An operation that outlives its time: the way back waits for it, and takes its time (I7)
  //   shown by: a service that is slow > is waited for before the way back, which is as slow, everything ten times as slow
  it.each<[string, FaultInput[], Record<string, unknown>?]>([
    ['everything ten times as slow', [{ kind: 'slowService', factor: 10 }]],
    ['everything forty times as slow', [{ kind: 'slowService', factor: 40 }]],
    ['one instance thirty times as slow', [{ kind: 'slowInstance', instances: ['6'], factor: 30 }]],
    ['the last instance', [{ kind: 'slowInstance', instances: ['14'], factor: 30 }]],
    [
      'while batches slide',
      [{ kind: 'slowInstance', instances: ['6'], factor: 30 }],
      { strategy: { pacing: 'sliding' } },
    ],
  ])('is waited for before the way back, which is as slow, %s', async (_, faults, spec) => {
    await using lab = await startLab({ faults });
    const rollout = await lab.rollOut({ health: BRIEF, ...spec });
    expect([rollout.phase, rollout.failure.code]).toEqual(['rolledBack', 'operationTimeout']);
    expectImages(lab, OLD);
    expect(modelImage(lab)).toBe(OLD);
    if (spec === undefined) expectInTurn(lab);
  });

  it('ends no rollback, however long each operation takes', async () => {
    await using lab = await startLab({ faults: [bad] });
    const id = await lab.start({ health: BRIEF });
    await lab.until(id, 'rollingBack');
    lab.sim.inject({ kind: 'slowService', factor: 60 });
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.failure.code]).toEqual(['rolledBack', 'unhealthyAfterUpgrade']);
    expectImages(lab, OLD);
    expectInTurn(lab);
  });

  // Feature [Service behaviour that is expected] Guests that start slowly end no rollback: it takes the time it takes (issue 11, kind 9)
  it('ends no rollback, however long guests take to start', async () => {
    await using lab = await startLab({ faults: [bad] });
    const id = await lab.start({ health: { timeoutSeconds: 15 * MINUTE } });
    await lab.until(id, 'rollingBack');
    lab.sim.inject({ kind: 'slowService', factor: 20 });
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.failure.code]).toEqual(['rolledBack', 'unhealthyAfterUpgrade']);
    expectImages(lab, OLD);
    expectInTurn(lab);
  });

  it('sends no retry beside an operation that still runs', async () => {
    await using lab = await startLab({ faults: [{ kind: 'slowInstance', instances: ['1'], factor: 20 }] });
    const health = { ...BRIEF, operationTimeoutSeconds: 10 * MINUTE };
    const id = await lab.start({ health, onFailure: 'pause' });
    await lab.until(id, 'paused');
    const before = writes(lab.log).length;
    expect((await lab.send(id, 'retry')).status).toBe(202);
    await lab.host.advance(60_000);
    expect(writes(lab.log)).toHaveLength(before);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectInTurn(lab);
  });

  it('sends no next batch beside an operation that still runs, where its failure is tolerated', async () => {
    await using lab = await startLab({ faults: [{ kind: 'slowInstance', instances: ['1'], factor: 20 }] });
    const health = { ...BRIEF, operationTimeoutSeconds: 5 * MINUTE, maxUnhealthyUpgradedInstancePercent: 50 };
    await lab.rollOut({ health });
    expectImages(lab, NEW);
    expectInTurn(lab);
  });
});

describe('an operation that outlives its time', () => {
  it('sends nothing beside it while batches slide, either', async () => {
    await using lab = await startLab({ faults: [{ kind: 'slowInstance', instances: ['1'], factor: 20 }] });
    const health = { ...BRIEF, operationTimeoutSeconds: 5 * MINUTE, maxUnhealthyUpgradedInstancePercent: 50 };
    const strategy = { pacing: 'sliding', maxUnavailable: 3 };
    await lab.rollOut({ health, strategy });
    const over = lab.log.find(
      (entry) => entry.kind === 'instance' && entry.change === 'upgradeEnded' && entry.instance === '1',
    );
    const begun = lab.log.find(
      (entry) => entry.kind === 'instance' && entry.change === 'upgradeStarted' && entry.instance === '1',
    );
    const from = (begun?.time ?? 0) + 6 * MINUTE * 1000;
    const sent = writes(lab.log).filter(({ time }) => time > from && time < (over?.time ?? 0));
    expect(over?.time).toBeGreaterThan(from);
    expect(sent).toEqual([]);
    expectImages(lab, NEW);
  });
});

describe('the time of a rollback', () => {
  // Feature [Service behaviour that is expected] A rollback has a time of its own, `rollbackTimeoutSeconds` (contract)
  it('is its own, and over it the rollback ends failed, naming what stands', async () => {
    await using lab = await startLab({ faults: [bad] });
    const id = await lab.start({ timeoutSeconds: 2 * HOUR, rollbackTimeoutSeconds: HOUR });
    await lab.until(id, 'rollingBack');
    lab.sim.inject({ kind: 'throttle', operation: 'manualupgrade', count: always, retryAfterSeconds: 90 });
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.failure.code]).toEqual(['failed', 'deadlineExceeded']);
    expect(rollout.failure.message).toContain('rollbackTimeoutSeconds');
    expect(elapsed(rollout)).toBeGreaterThan(HOUR);
    expect(elapsed(rollout)).toBeLessThan(HOUR + 30 * MINUTE);
    expect(rollout.left.instances.unknown?.length ?? 0).toBeGreaterThan(0);
  });

  it('begins when the rollback does, not when the rollout did', async () => {
    const slow: FaultInput = { kind: 'slowService', factor: 8 };
    await using lab = await startLab({
      faults: [slow, { kind: 'badImage', version: NEW, updateDomains: [4] }],
    });
    const rollout = await lab.rollOut({ timeoutSeconds: 3 * HOUR, rollbackTimeoutSeconds: 3 * HOUR });
    expect(elapsed(rollout)).toBeGreaterThan(3 * HOUR);
    expect(rollout.phase).toBe('rolledBack');
    expectImages(lab, OLD);
  });
});
