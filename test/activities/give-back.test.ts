import { describe, expect, it } from 'vitest';
import { applyModel } from '../../src/activities/apply-model.ts';
import { giveBackGuards } from '../../src/activities/give-back-guards.ts';
import { openGate } from '../../src/activities/open-gate.ts';
import { planRollout } from '../../src/activities/plan-rollout.ts';
import { settleBatch } from '../../src/activities/settle-batch.ts';
import { soakBatch } from '../../src/activities/soak-batch.ts';
import { upgradeBatch } from '../../src/activities/upgrade-batch.ts';
import { DESK_ROLLOUT, openDesk } from '../lab/desk.ts';
import type { Desk } from '../lab/desk.ts';
import { policyOf } from '../lab/judge.ts';
import { WEB } from '../lab/names.ts';

/** A rollout just before it gives back the policy that it has held. */
async function allUpgraded(batches = [0, 1, 2, 3, 4]): Promise<Desk> {
  const desk = await openDesk({}, { upgradePolicy: { mode: 'Automatic' } });
  await desk.run(planRollout, 0, 'forward');
  for (const batch of batches) {
    for (const step of [openGate, applyModel, upgradeBatch, settleBatch, soakBatch])
      expect(await desk.until(step, batch, 'forward')).toEqual({ kind: 'done' });
  }
  desk.pass(60);
  return desk;
}

async function command({ store, ports }: Desk, name: string): Promise<void> {
  await store.documents.insert(
    { table: 'commands', partition: DESK_ROLLOUT, row: '00000001' },
    { sequence: 1, command: name, by: 'grace', at: new Date(ports.clock.now()).toISOString() },
  );
}

async function changeRecord({ store }: Desk, changes: object): Promise<void> {
  const stored = await store.documents.get({ table: 'rollouts', partition: DESK_ROLLOUT, row: 'record' });
  const value = { ...(stored?.value as object), ...changes };
  await store.documents.putAll('rollouts', DESK_ROLLOUT, [{ row: 'record', value }]);
}

async function loseLease({ store }: Desk): Promise<void> {
  const [lease] = await store.documents.list('leases', 'leases');
  const value = { ...(lease?.value as object), rolloutId: 'other', token: 9 };
  await store.documents.putAll('leases', 'leases', [{ row: lease?.row ?? '', value }]);
}

async function changeModel({ sim }: Desk): Promise<void> {
  const body = JSON.stringify({ properties: { overprovision: true } });
  const headers = { 'content-type': 'application/json' };
  const url = `http://127.0.0.1${WEB}?api-version=2026-04-01`;
  expect((await sim.fetch(new Request(url, { method: 'PATCH', body, headers }))).status).toBe(200);
}

it('gives the policy back by one write once nothing forbids it', async () => {
  const desk = await allUpgraded();
  const before = desk.writes();
  expect(await desk.until(giveBackGuards, 0, 'forward')).toEqual({ kind: 'done' });
  expect(desk.writes()).toBe(before + 1);
  expect(policyOf(desk)).toBe('Automatic');
});

describe('the policy stays held', () => {
  const EARLY: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
    'while the rollout is paused': (desk) => command(desk, 'pause'),
    'after an abort, until that is dealt with': (desk) => command(desk, 'abort'),
    'after a rollback was asked for': (desk) => command(desk, 'rollback'),
    'when the lease is lost': loseLease,
    'when somebody else has changed the model': async (desk) => {
      await changeModel(desk);
      desk.pass(60);
    },
  };

  it.each(Object.entries(EARLY))('%s', async (_, hinder) => {
    const desk = await allUpgraded();
    await hinder(desk);
    const before = desk.writes();
    await desk.run(giveBackGuards, 0, 'forward');
    expect(desk.writes()).toBe(before);
    expect(policyOf(desk)).toBe('Manual');
  });

  // The last look comes after the intent was written down, so what happens until then still counts.
  const LATE: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
    'a pause': (desk) => command(desk, 'pause'),
    'an abort': (desk) => command(desk, 'abort'),
    'a lost lease': loseLease,
    'another worker on the record': (desk) => changeRecord(desk, { lastEvent: 999 }),
  };

  it.each(Object.entries(LATE))('when %s comes in the last moment', async (_, hinder) => {
    const desk = await allUpgraded();
    const { documents } = desk.store;
    const insert: typeof documents.insert = documents.insert.bind(documents);
    let isLate = false;
    Object.assign(documents, {
      insert: async (...[key, value]: Parameters<typeof documents.insert>) => {
        const stored = await insert(key, value);
        if (key.table === 'operations' && !isLate) {
          isLate = true;
          await hinder(desk);
        }
        return stored;
      },
    });
    const before = desk.writes();
    await desk.run(giveBackGuards, 0, 'forward').catch(() => undefined);
    expect(isLate).toBe(true);
    expect(desk.writes()).toBe(before);
    expect(policyOf(desk)).toBe('Manual');
  });

  it('while an instance is not on the model', async () => {
    const desk = await allUpgraded([0, 1, 2, 3]);
    const before = desk.writes();
    expect(await desk.until(giveBackGuards, 0, 'stop')).toEqual({ kind: 'done' });
    expect(desk.writes()).toBe(before);
    expect(policyOf(desk)).toBe('Manual');
  });
});

it('is asked for once where the step is delivered twice at once', async () => {
  const desk = await allUpgraded();
  const before = desk.writes();
  const twice = [desk.run(giveBackGuards, 0, 'forward'), desk.run(giveBackGuards, 0, 'forward')];
  await Promise.allSettled(twice);
  expect(desk.writes()).toBe(before + 1);
});
