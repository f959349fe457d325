import type { ScaleSet } from '../../azure/port.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { REFUSALS } from '../../core/messages/refusals.ts';
import { refused } from '../../core/messages/refused.ts';
import { waits } from '../../core/messages/waits.ts';
import { modelHash } from '../../core/model/shown-delta.ts';
import { modelWrites } from '../../core/model/guards.ts';
import { provisioningStateOf } from '../../core/model/scale-set.ts';
import { foreignPaths } from '../../core/model/side-effects.ts';
import { floorOf } from '../../core/plan/floor.ts';
import { leavingIn } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { patience } from '../../core/run/patience.ts';
import { readPlan } from '../../store/plans.ts';
import { leave } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { stopFor, stopForForeignModel } from '../frame/stop.ts';
import { wait } from '../frame/wait.ts';
import { stopIfRetagged } from './policy-tags.ts';
import { readScaleSet } from './reads.ts';

/** Reads the scale set for a write to its instances; nothing is sent if the model is no longer as this rollout left it. */
export async function readSetForWrite(step: Step, phase: Phase): Promise<OrLeave<ScaleSet>> {
  const set = await readScaleSet(step, phase);
  if (set.kind === 'leave') return set;
  const { model } = set.value;
  if (provisioningStateOf(model) === 'Deleting') {
    const failure = {
      code: 'conflict',
      message: refused.scaleSetDeleting,
      remedy: REFUSALS.scaleSetDeleting.remedy,
    };
    return leave(await stopFor(step, failure));
  }
  const retagged = await stopIfRetagged(step, model);
  if (retagged !== undefined) return leave(retagged);
  // fence I14: no instance is upgraded to a model that is not ours
  if (modelHash(model) === step.record.modelHash) return set;
  const kept = await readPlan(step.store, step.record.id);
  const known = kept && [
    ...modelWrites(kept.plan.delta, kept.plan.guards),
    ...(step.record.sideEffects ?? []),
  ];
  const paths = kept && known ? foreignPaths(kept.snapshot, model, known) : [];
  return leave(await stopForForeignModel(step, paths));
}

/** Nothing may go down just now. */
export async function waitForRoom(
  step: Step,
  { batch, serving, floor }: { readonly batch: number; readonly serving: number; readonly floor: number },
): Promise<Answer> {
  const { record, now } = step;
  const least = step.pace.pollSeconds;
  const aside = step.records.rows
    .filter(({ state, quarantine }) => state === 'quarantined' && quarantine?.belowFloor !== true)
    .map(({ instanceId }) => instanceId);
  return wait(step, {
    seconds: patience(record.waitingFor, 'floor', { now, least, most: 120 }),
    phase: record.direction === 'rollback' ? 'rollingBack' : 'waiting',
    waitingFor: {
      kind: 'floor',
      batch,
      message: waits.floor(serving, floor, aside),
    },
  });
}

/**
 * The floor follows the capacity: autoscale may have moved it. Instances in quarantine count as down. If
 * nothing is left and a person has allowed it (`belowFloor`), one at a time may still go down.
 */
export function floorNow(
  { record }: Step,
  instances: readonly Instance[],
  rows: readonly LedgerRow[],
): number {
  // fence I1: the floor is that of the capacity which a deletion leaves
  const capacity = instances.length - leavingIn(rows, instances);
  // fence I1: quarantine lowers the floor only where the command says so
  const below = rows.filter(
    ({ state, quarantine }) => state === 'quarantined' && quarantine?.belowFloor === true,
  );
  const aside = new Set(below.map(({ instanceId }) => instanceId));
  const left = capacity - instances.filter(({ instanceId }) => aside.has(instanceId)).length;
  const floor = floorWith(record, capacity);
  return left === capacity ? floor : Math.min(floor, Math.max(1, left - 1));
}

function floorWith(record: RolloutRecord, capacity: number): number {
  const { spec, largestDomain = 1, disruptive } = record;
  const goesDown = disruptive !== false;
  // fence I1: the floor follows the capacity
  const floor = floorOf(spec.strategy.maxUnavailable, capacity, largestDomain, { goesDown });
  // With a single instance left, nothing may go down.
  if (typeof floor !== 'number') return capacity;
  // It may still be worked on as long as it keeps serving.
  return goesDown ? floor : Math.min(floor, Math.max(0, capacity - 1));
}
