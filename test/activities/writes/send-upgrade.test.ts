import { describe, expect, it } from 'vitest';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { DESK_ROLLOUT } from '../../lab/desk.ts';
import { meddle, recordsOf } from '../../lab/records.ts';
import { acceptedUpgrades } from '../../lab/judge.ts';
import { WEB } from '../../lab/names.ts';
import { changeRecord } from '../support/interference.ts';
import { modelApplied } from '../support/writers.ts';
import type { Desk } from '../../lab/desk.ts';

async function protect({ sim }: Desk, instance: string): Promise<void> {
  const url = `http://127.0.0.1${WEB}/virtualMachines/${instance}?api-version=2026-04-01`;
  const protectionPolicy = { protectFromScaleIn: true, protectFromScaleSetActions: true };
  const body = JSON.stringify({ location: 'westeurope', properties: { protectionPolicy } });
  const headers = { 'content-type': 'application/json' };
  const answer = await sim.fetch(new Request(url, { method: 'PUT', body, headers }));
  expect(answer.status).toBeLessThan(300);
}

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
});
