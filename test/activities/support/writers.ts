import { expect } from 'vitest';
import { applyModel } from '../../../src/activities/steps/apply-model.ts';
import type { StepDefinition } from '../../../src/activities/define-step.ts';
import type { StepInput } from '../../../src/activities/frame/input.ts';
import { drainOperations } from '../../../src/activities/steps/drain-operations.ts';
import { openGate } from '../../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../../src/activities/steps/plan-rollout.ts';
import { restoreModel } from '../../../src/activities/steps/restore-model.ts';
import { settleBatch } from '../../../src/activities/steps/settle-batch.ts';
import { slideBatches } from '../../../src/activities/steps/slide-batches.ts';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { openDesk } from '../../lab/desk.ts';
import { diskId } from '../../lab/disks.ts';
import type { Desk } from '../../lab/desk.ts';
import { WEB } from '../../lab/lab.ts';
import { command } from './interference.ts';

/** A write activity, and the desk just before it would send. */
export interface Writer {
  readonly name: string;
  readonly step: StepDefinition;
  readonly direction: StepInput['direction'];
  /** What the simulator calls its request. */
  readonly operation: 'patch' | 'manualupgrade' | 'attachDetachDataDisks';
  readonly ready: () => Promise<Desk>;
  /** Takes nothing down: it need not wait for others to serve. */
  readonly isHarmless?: true;
}

export async function planned(strategy: object = {}, more: object = {}): Promise<Desk> {
  const desk = await openDesk({ approvals: { before: 'batch' }, strategy, ...more });
  await desk.run(planRollout, 0, 'forward');
  await desk.run(openGate, 0, 'forward');
  await command(desk, 'approve');
  expect(await desk.run(openGate, 0, 'forward')).toEqual({ kind: 'done' });
  return desk;
}

export async function modelApplied(strategy: object = {}, more: object = {}): Promise<Desk> {
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
  expect(await desk.run(upgradeBatch, 0, 'forward')).toEqual({ kind: 'redirected', direction: 'rollback' });
  await desk.until(drainOperations, 0, 'rollback');
  return desk;
}

export async function modelRestored(more: object = {}): Promise<Desk> {
  const desk = await turnedBack(more);
  expect(await desk.until(restoreModel, 0, 'rollback')).toEqual({ kind: 'done' });
  desk.pass(60);
  return desk;
}

const DISKS = { change: { dataDisks: { attach: [{ instance: '0', diskId: diskId('d1') }] } } };

export const WRITERS: readonly Writer[] = [
  { name: 'applyModel', step: applyModel, direction: 'forward', operation: 'patch', ready: () => planned() },
  {
    name: 'upgradeBatch',
    step: upgradeBatch,
    direction: 'forward',
    operation: 'manualupgrade',
    ready: () => modelApplied(),
  },
  {
    name: 'slideBatches',
    step: slideBatches,
    direction: 'forward',
    operation: 'manualupgrade',
    ready: () => modelApplied({ pacing: 'sliding' }),
  },
  {
    name: 'restoreModel',
    step: restoreModel,
    direction: 'rollback',
    operation: 'patch',
    ready: () => turnedBack(),
    isHarmless: true,
  },
  {
    name: 'upgradeBatch on the way back',
    step: upgradeBatch,
    direction: 'rollback',
    operation: 'manualupgrade',
    ready: () => modelRestored(),
  },
  {
    name: 'upgradeBatch, of disks,',
    step: upgradeBatch,
    direction: 'forward',
    operation: 'attachDetachDataDisks',
    ready: () => modelApplied({}, DISKS),
  },
  {
    name: 'upgradeBatch, of disks on the way back,',
    step: upgradeBatch,
    direction: 'rollback',
    operation: 'attachDetachDataDisks',
    ready: () => modelRestored(DISKS),
    isHarmless: true,
  },
];

export async function changeModel({ sim }: Desk): Promise<void> {
  const body = JSON.stringify({ properties: { virtualMachineProfile: { priority: 'Regular' } } });
  const headers = { 'content-type': 'application/json' };
  const url = `http://127.0.0.1${WEB}?api-version=2026-04-01`;
  const answer = await sim.fetch(new Request(url, { method: 'PATCH', body, headers }));
  expect(answer.status).toBe(200);
}

export function tooFewServing(desk: Desk): void {
  desk.sim.inject({ kind: 'sickInstance', instances: ['1', '2', '3', '4', '6'] });
  desk.pass(120);
}
