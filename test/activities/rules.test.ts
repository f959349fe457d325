import { describe, expect, it } from 'vitest';
import { applyModel } from '../../src/activities/steps/apply-model.ts';
import { closeRollout } from '../../src/activities/steps/close-rollout.ts';
import { openGate } from '../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../src/activities/steps/plan-rollout.ts';
import { settleBatch } from '../../src/activities/steps/settle-batch.ts';
import { slideBatches } from '../../src/activities/steps/slide-batches.ts';
import { soakBatch } from '../../src/activities/steps/soak-batch.ts';
import { upgradeBatch } from '../../src/activities/steps/upgrade-batch.ts';
import type { LedgerRow } from '../../src/core/record/ledger.ts';
import { DESK_ROLLOUT, openDesk } from '../lab/desk.ts';
import { atCommit, isIntent, itemsIn, meddle, recordsOf } from '../lab/records.ts';
import type { Change } from '../../src/store/port.ts';
import type { Desk } from '../lab/desk.ts';
import { acceptedUpgrades, writes } from '../lab/judge.ts';
import { NEW, OLD, WEB } from '../lab/names.ts';
import { changeRecord, command, recordOf } from './interference.ts';
import { changeModel, modelApplied, planned } from './writers.ts';

const LATER = '22.04.202612120';

/** Reads of one kind that have reached the service so far. */
function reads({ sim }: Desk, operation: string): number {
  return sim.log.filter((entry) => entry.kind === 'request' && entry.operation === operation).length;
}

function imageOf({ sim }: Desk): unknown {
  return JSON.stringify(sim.scaleSet('web')?.model).match(/"version":"([^"]+)"/)?.[1];
}

async function protect({ sim }: Desk, instance: string): Promise<void> {
  const url = `http://127.0.0.1${WEB}/virtualMachines/${instance}?api-version=2026-04-01`;
  const protectionPolicy = { protectFromScaleIn: true, protectFromScaleSetActions: true };
  const body = JSON.stringify({ location: 'westeurope', properties: { protectionPolicy } });
  const headers = { 'content-type': 'application/json' };
  const answer = await sim.fetch(new Request(url, { method: 'PUT', body, headers }));
  expect(answer.status).toBeLessThan(300);
}

async function rowsOf({ store }: Desk): Promise<readonly LedgerRow[]> {
  return (await recordsOf(store, DESK_ROLLOUT)).rows;
}

/** The process dies once, as soon as it is to commit what looks so. */
function dieAtCommit({ store }: Desk, when: (change: Change) => boolean): void {
  let isDue = true;
  atCommit(store, async (change, commit) => {
    if (!isDue || !when(change)) return commit(change);
    isDue = false;
    throw new Error('the process died');
  });
}

describe('a plan is made once', () => {
  it('whatever is published later', async () => {
    const desk = await openDesk({ change: { image: { version: 'latest' } } });
    await desk.run(planRollout, 0, 'forward');
    await desk.run(openGate, 0, 'forward');
    await desk.until(applyModel, 0, 'forward');
    desk.pass(60);
    await desk.run(upgradeBatch, 0, 'forward');
    const before = desk.writes();
    desk.sim.publishImage({ version: LATER });
    await desk.run(planRollout, 0, 'forward');
    expect(await desk.until(upgradeBatch, 0, 'forward')).toEqual({ kind: 'done' });
    expect(desk.writes()).toBe(before);
    expect(imageOf(desk)).toBe(NEW);
  });

  it('also when the process died over it', async () => {
    const desk = await openDesk({ change: { image: { version: 'latest' } } });
    dieAtCommit(desk, () => true);
    await expect(desk.run(planRollout, 0, 'forward')).rejects.toThrow('died');
    desk.sim.publishImage({ version: LATER });
    await desk.run(planRollout, 0, 'forward');
    await desk.run(openGate, 0, 'forward');
    await desk.until(applyModel, 0, 'forward');
    expect(imageOf(desk)).toBe(NEW);
    expect((await recordOf(desk)).targetImage).toBe(NEW);
  });
});

describe('a gate', () => {
  it('that was approved stays shut while the rollout is paused', async () => {
    const desk = await openDesk({ approvals: { before: 'batch' } });
    await desk.run(planRollout, 0, 'forward');
    await desk.run(openGate, 0, 'forward');
    await command(desk, 'approve');
    await command(desk, 'pause');
    expect(await desk.run(openGate, 0, 'forward')).toMatchObject({ kind: 'wait' });
    await command(desk, 'resume');
    expect(await desk.run(openGate, 0, 'forward')).toEqual({ kind: 'done' });
  });

  it('shuts behind its batch: what is to be sent again needs it open again', async () => {
    const desk = await modelApplied();
    await desk.until(upgradeBatch, 0, 'forward');
    await desk.until(settleBatch, 0, 'forward');
    expect(await desk.until(soakBatch, 0, 'forward')).toEqual({ kind: 'done' });
    const [row] = await rowsOf(desk);
    if (row === undefined) throw new Error('there is no row');
    const { operation: _key, ...again } = row;
    await meddle(desk.store, DESK_ROLLOUT, { rows: [{ ...again, state: 'pending' }] });
    const before = desk.writes();
    expect(await desk.run(upgradeBatch, 0, 'forward')).toEqual({ kind: 'again' });
    expect(desk.writes()).toBe(before);
  });
});

describe('the model', () => {
  it('of somebody else that comes between look and write is not overwritten', async () => {
    const desk = await planned();
    atCommit(desk.store, async (change, commit) => {
      if (isIntent(change)) await changeModel(desk);
      return commit(change);
    });
    await desk.run(applyModel, 0, 'forward');
    expect(writes(desk.sim.log).map(({ status }) => status)).toEqual([200, 412]);
    expect(imageOf(desk)).toBe(OLD);
  });

  it('with a change of somebody else beside the own one is a conflict', async () => {
    const desk = await planned();
    await desk.run(applyModel, 0, 'forward');
    desk.pass(60);
    await changeModel(desk);
    expect(await desk.until(applyModel, 0, 'forward')).toEqual({ kind: 'redirected', direction: 'stop' });
    expect((await recordOf(desk)).failure?.code).toBe('conflict');
  });

  it('counts as taken only when the set is at rest', async () => {
    const desk = await planned();
    desk.sim.inject({ kind: 'lostAnswer', operation: 'patch' });
    await desk.run(applyModel, 0, 'forward');
    expect(imageOf(desk)).toBe(NEW);
    expect(await desk.until(applyModel, 0, 'forward')).toEqual({ kind: 'done' });
    expect(desk.sim.scaleSet('web')?.model).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
  });
});

it('writes over no record that somebody else has moved', async () => {
  const desk = await modelApplied();
  const free = atCommit(desk.store, async (change, commit) => {
    free();
    await changeRecord(desk, { seenCommand: 77 });
    return commit(change);
  });
  await expect(desk.run(upgradeBatch, 0, 'forward')).rejects.toThrow('has moved');
  expect((await recordOf(desk)).seenCommand).toBe(77);
});

describe('no end without a last look', () => {
  it('at those that were done before', async () => {
    const desk = await modelApplied();
    const rows = (await rowsOf(desk)).map((row) => ({ ...row, state: 'done' as const, actions: [] }));
    await meddle(desk.store, DESK_ROLLOUT, { rows });
    desk.sim.inject({ kind: 'foreignCapacity', atSeconds: 0, change: -1 });
    desk.pass(300);
    await desk.until(closeRollout, 0, 'forward');
    const states = (await rowsOf(desk)).map(({ instanceId, state }) => [instanceId, state]);
    expect(states).toContainEqual(['14', 'gone']);
  });
});

describe('a list that lacks an instance', () => {
  it('is read again until no view can lag any more', async () => {
    const desk = await modelApplied();
    await changeRecord(desk, { openBatch: 4 });
    desk.sim.inject({ kind: 'shortList', lacks: ['4'], count: 'always' });
    const own = (): number => reads(desk, 'getInstance');
    const started = desk.ports.clock.now();
    await desk.run(upgradeBatch, 4, 'forward');
    desk.pass(11);
    await desk.run(upgradeBatch, 4, 'forward');
    expect([own(), desk.writes()]).toEqual([0, 1]);
    await desk.until(upgradeBatch, 4, 'forward');
    expect((desk.ports.clock.now() - started) / 1000).toBeGreaterThanOrEqual(30);
    expect(own()).toBe(1);
    expect(acceptedUpgrades(desk.sim.log)).toEqual([['4', '9', '14']]);
  });
});

describe('an upgrade', () => {
  it('is not sent again to instances that an operation which was cut short still works on', async () => {
    const desk = await modelApplied();
    await desk.run(upgradeBatch, 0, 'forward');
    desk.pass(5);
    const { rows, operations } = await recordsOf(desk.store, DESK_ROLLOUT);
    await meddle(desk.store, DESK_ROLLOUT, {
      operations: operations
        .filter(({ kind }) => kind === 'upgrade')
        .map((operation) => ({ ...operation, status: 'preempted' })),
      rows: rows.filter(({ state }) => state === 'upgrading').map((row) => ({ ...row, state: 'pending' })),
    });
    await desk.run(upgradeBatch, 0, 'forward');
    expect(acceptedUpgrades(desk.sim.log)).toEqual([['0', '5', '10']]);
  });

  it('names no instance that is gone', async () => {
    const desk = await modelApplied();
    await changeRecord(desk, { openBatch: 4 });
    desk.sim.inject({ kind: 'foreignCapacity', atSeconds: 0, change: -1 });
    desk.pass(120);
    expect(await desk.until(upgradeBatch, 4, 'forward')).toEqual({ kind: 'done' });
    expect(acceptedUpgrades(desk.sim.log)).toEqual([['4', '9']]);
  });

  it('names no instance that is protected by now', async () => {
    const desk = await modelApplied();
    await protect(desk, '5');
    desk.pass(120);
    await desk.run(upgradeBatch, 0, 'forward');
    expect(acceptedUpgrades(desk.sim.log)).toEqual([['0', '10']]);
  });

  it('leaves the floor of the capacity of now, not of the one when it was planned', async () => {
    const desk = await modelApplied();
    desk.sim.inject({ kind: 'foreignCapacity', atSeconds: 0, change: 3 });
    desk.pass(600);
    desk.sim.inject({ kind: 'sickInstance', instances: ['15', '16', '17'] });
    desk.pass(120);
    await desk.run(upgradeBatch, 0, 'forward');
    expect(acceptedUpgrades(desk.sim.log)).toEqual([]);
  });

  it('is not polled before the time that Azure named', async () => {
    const desk = await modelApplied();
    await desk.run(upgradeBatch, 0, 'forward');
    const before = reads(desk, 'poll');
    await desk.run(settleBatch, 0, 'forward');
    await desk.run(settleBatch, 0, 'forward');
    expect(reads(desk, 'poll')).toBe(before);
    desk.pass(60);
    await desk.run(settleBatch, 0, 'forward');
    expect(reads(desk, 'poll')).toBe(before + 1);
  });

  it('reads nothing again before the time that Azure asked to wait for', async () => {
    const desk = await modelApplied();
    desk.sim.inject({ kind: 'throttle', operation: 'getScaleSet', retryAfterSeconds: 200 });
    await desk.run(upgradeBatch, 0, 'forward');
    const before = reads(desk, 'getScaleSet');
    desk.pass(199);
    await desk.run(upgradeBatch, 0, 'forward');
    expect(reads(desk, 'getScaleSet')).toBe(before);
    desk.pass(1);
    await desk.run(upgradeBatch, 0, 'forward');
    expect(reads(desk, 'getScaleSet')).toBe(before + 1);
  });
});

describe('a failed batch ends the way forward', () => {
  const FAILS = { kind: 'operationFails' as const, code: 'AllocationFailed' };

  it('in the look that shows it', async () => {
    const desk = await modelApplied();
    desk.sim.inject(FAILS);
    await desk.until(upgradeBatch, 0, 'forward');
    expect(await desk.until(settleBatch, 0, 'forward')).toEqual({
      kind: 'redirected',
      direction: 'rollback',
    });
  });

  it('where batches slide, too', async () => {
    const desk = await modelApplied({ pacing: 'sliding' });
    desk.sim.inject(FAILS);
    expect(await desk.until(slideBatches, 0, 'forward')).toEqual({
      kind: 'redirected',
      direction: 'rollback',
    });
    expect(acceptedUpgrades(desk.sim.log)).toHaveLength(1);
  });

  it('also when the process died over it', async () => {
    const desk = await modelApplied();
    desk.sim.inject(FAILS);
    await desk.until(upgradeBatch, 0, 'forward');
    dieAtCommit(desk, (change) => itemsIn(change, 'rows').some(({ state }) => state === 'failed'));
    await expect(desk.until(settleBatch, 0, 'forward')).rejects.toThrow('died');
    expect(await desk.until(settleBatch, 0, 'forward')).toEqual({
      kind: 'redirected',
      direction: 'rollback',
    });
  });
});
