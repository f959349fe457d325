import { describe, expect, it } from 'vitest';
import { applyModel } from '../../src/activities/apply-model.ts';
import type { Step, StepInput } from '../../src/activities/define.ts';
import { drainOperations } from '../../src/activities/drain-operations.ts';
import { openGate } from '../../src/activities/open-gate.ts';
import { planRollout } from '../../src/activities/plan-rollout.ts';
import { restoreModel } from '../../src/activities/restore-model.ts';
import { settleBatch } from '../../src/activities/settle-batch.ts';
import { slideBatches } from '../../src/activities/slide-batches.ts';
import { upgradeBatch } from '../../src/activities/upgrade-batch.ts';
import type { CommandName } from '../../src/core/commands.ts';
import type { RolloutRecord } from '../../src/core/rollout.ts';
import { DESK_ROLLOUT, openDesk } from '../lab/desk.ts';
import { diskId } from '../lab/disks.ts';
import type { Desk } from '../lab/desk.ts';
import { WEB } from '../lab/lab.ts';

/** A write activity, and the desk just before it would send. */
interface Writer {
  readonly name: string;
  readonly step: Step;
  readonly way: StepInput['way'];
  readonly ready: () => Promise<Desk>;
  /** Takes nothing down: it need not wait for others to serve. */
  readonly isHarmless?: true;
}

async function planned(strategy: object = {}, more: object = {}): Promise<Desk> {
  const desk = await openDesk({ approvals: { before: 'batch' }, strategy, ...more });
  await desk.run(planRollout, 0, 'forward');
  await desk.run(openGate, 0, 'forward');
  await command(desk, 'approve');
  expect(await desk.run(openGate, 0, 'forward')).toEqual({ kind: 'done' });
  return desk;
}

async function modelApplied(strategy: object = {}, more: object = {}): Promise<Desk> {
  const desk = await planned(strategy, more);
  expect(await desk.until(applyModel, 0, 'forward')).toEqual({ kind: 'done' });
  desk.pass(60);
  return desk;
}

async function turnedBack(more: object = {}): Promise<Desk> {
  const desk = await modelApplied({}, more);
  await desk.until(upgradeBatch, 0, 'forward');
  await desk.until(settleBatch, 0, 'forward');
  await command(desk, 'rollback');
  expect(await desk.run(upgradeBatch, 0, 'forward')).toEqual({ kind: 'turned', course: 'back' });
  await desk.until(drainOperations, 0, 'back');
  return desk;
}

async function modelRestored(more: object = {}): Promise<Desk> {
  const desk = await turnedBack(more);
  expect(await desk.until(restoreModel, 0, 'back')).toEqual({ kind: 'done' });
  desk.pass(60);
  return desk;
}

const DISKS = { change: { dataDisks: { attach: [{ instance: '0', diskId: diskId('d1') }] } } };

const WRITERS: readonly Writer[] = [
  { name: 'applyModel', step: applyModel, way: 'forward', ready: () => planned() },
  { name: 'upgradeBatch', step: upgradeBatch, way: 'forward', ready: () => modelApplied() },
  {
    name: 'slideBatches',
    step: slideBatches,
    way: 'forward',
    ready: () => modelApplied({ pacing: 'sliding' }),
  },
  { name: 'restoreModel', step: restoreModel, way: 'back', ready: () => turnedBack(), isHarmless: true },
  { name: 'upgradeBatch on the way back', step: upgradeBatch, way: 'back', ready: () => modelRestored() },
  {
    name: 'upgradeBatch, of disks,',
    step: upgradeBatch,
    way: 'forward',
    ready: () => modelApplied({}, DISKS),
  },
  {
    name: 'upgradeBatch, of disks on the way back,',
    step: upgradeBatch,
    way: 'back',
    ready: () => modelRestored(DISKS),
    isHarmless: true,
  },
];

async function command(desk: Desk, name: CommandName): Promise<void> {
  const commands = await desk.store.documents.list('commands', DESK_ROLLOUT);
  const sequence = commands.length + 1;
  const { gate } = await recordOf(desk);
  await desk.store.documents.insert(
    { table: 'commands', partition: DESK_ROLLOUT, row: String(sequence).padStart(8, '0') },
    {
      sequence,
      command: name,
      by: 'grace',
      at: new Date(desk.ports.clock.now()).toISOString(),
      ...(gate && { batch: gate.batch, gateSince: gate.since }),
    },
  );
}

async function recordOf({ store }: Desk): Promise<RolloutRecord> {
  return (await store.documents.get({ table: 'rollouts', partition: DESK_ROLLOUT, row: 'record' }))
    ?.value as RolloutRecord;
}

async function changeRecord(desk: Desk, changes: Partial<RolloutRecord>): Promise<void> {
  const row = { row: 'record', value: { ...(await recordOf(desk)), ...changes } };
  await desk.store.documents.putAll('rollouts', DESK_ROLLOUT, [row]);
}

async function loseLease({ store }: Desk): Promise<void> {
  const [lease] = await store.documents.list('leases', 'leases');
  const value = { ...(lease?.value as object), rolloutId: 'other', token: 9 };
  await store.documents.putAll('leases', 'leases', [{ row: lease?.row ?? '', value }]);
}

async function changeModel({ sim }: Desk): Promise<void> {
  const body = JSON.stringify({ properties: { virtualMachineProfile: { priority: 'Regular' } } });
  const headers = { 'content-type': 'application/json' };
  const url = `http://127.0.0.1${WEB}?api-version=2026-04-01`;
  const answer = await sim.fetch(new Request(url, { method: 'PATCH', body, headers }));
  expect(answer.status).toBe(200);
}

function tooFewServing(desk: Desk): void {
  desk.sim.inject({ kind: 'sickInstance', instances: ['1', '2', '3', '4', '6'] });
  desk.pass(120);
}

it.each(WRITERS)('$name sends once nothing forbids it', async ({ step, way, ready }) => {
  const desk = await ready();
  const before = desk.writes();
  await desk.run(step, 0, way);
  expect(desk.writes()).toBe(before + 1);
});

describe.each(WRITERS)('$name sends nothing', ({ step, way, ready, isHarmless }) => {
  const HINDRANCES: Readonly<Record<string, (desk: Desk) => Promise<void> | void>> = {
    'while the rollout is paused': (desk) => command(desk, 'pause'),
    'after an abort': (desk) => command(desk, 'abort'),
    'when the lease is lost': loseLease,
    'when the plan is gone from the record': (desk) => changeRecord(desk, { planHash: undefined } as object),
    ...(way === 'forward' && { 'when the approval is spent': (desk) => changeRecord(desk, { opened: 7 }) }),
    ...(way === 'forward' && { 'after a rollback was asked for': (desk) => command(desk, 'rollback') }),
    // Putting the old model or disks back takes nothing down, and must not wait for the instances that it is to heal.
    ...(isHarmless !== true && { 'when too few instances serve': tooFewServing }),
  };

  it.each(Object.entries(HINDRANCES))('%s', async (_, hinder) => {
    const desk = await ready();
    await hinder(desk);
    const before = desk.writes();
    await desk.run(step, 0, way);
    expect(desk.writes()).toBe(before);
  });

  it('when somebody else has changed the model', async () => {
    const desk = await ready();
    await changeModel(desk);
    desk.pass(60);
    const before = desk.writes();
    expect(await desk.run(step, 0, way)).toEqual({ kind: 'turned', course: 'stop' });
    expect(desk.writes()).toBe(before);
  });

  // The last look comes after the intent was written down, so what happens until then still counts.
  const LATE: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
    'a pause': (desk) => command(desk, 'pause'),
    'an abort': (desk) => command(desk, 'abort'),
    'a lost lease': loseLease,
    'another worker on the record': (desk) => changeRecord(desk, { lastEvent: 999 }),
  };

  it.each(Object.entries(LATE))('when %s comes in the last moment', async (_, hinder) => {
    const desk = await ready();
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
    await desk.run(step, 0, way).catch(() => undefined);
    expect(isLate).toBe(true);
    expect(desk.writes()).toBe(before);
  });

  it('a second time when it is delivered twice at once', async () => {
    const desk = await ready();
    const before = desk.writes();
    await Promise.allSettled([desk.run(step, 0, way), desk.run(step, 0, way)]);
    expect(desk.writes()).toBe(before + 1);
  });
});
