import type { ScaleSet } from '../../azure/port.ts';
import type { InstanceAction } from '../../core/actions/table.ts';
import { expectationOf } from '../../core/health/expectation.ts';
import { lookAt } from '../../core/health/look.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { modelHash } from '../../core/model/delta.ts';
import { holdPolicy } from '../../core/model/guards.ts';
import { provisioningStateOf } from '../../core/model/scale-set.ts';
import { foreignPaths } from '../../core/model/side-effects.ts';
import { floorOf } from '../../core/plan/floor.ts';
import { plannedActions } from '../../core/plan/planned-work.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { asFound } from '../../core/run/as-found.ts';
import { beforeDisks, untilDisksShow } from '../../core/run/disk-rows.ts';
import { patience } from '../../core/run/patience.ts';
import { offPolicyOf } from '../../core/spec/off-policy.ts';
import { readPlan } from '../../store/plans.ts';
import { addressOf } from '../frame/address.ts';
import { wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import type { StepInput } from '../frame/define.ts';
import type { Ports } from '../frame/ports.ts';
import { stopForForeignModel } from '../frame/stop.ts';
import { stopFor } from '../frame/stop.ts';
import { readOrWait } from './reads.ts';

/** Reads the scale set for a write to its instances; none goes out when the model is no longer the one we left. */
export async function readSetForWrite(
  brief: Brief,
  ports: Ports,
  phase: Phase,
): Promise<
  { readonly kind: 'value'; readonly value: ScaleSet } | { readonly kind: 'no'; readonly answer: Answer }
> {
  const read = () => ports.compute.scaleSet(addressOf(brief));
  const set = await readOrWait(brief, { name: 'scaleSet', phase, read });
  if (set.kind === 'no') return set;
  const { model } = set.value;
  if (provisioningStateOf(model) === 'Deleting') {
    const message = 'the scale set is being deleted';
    const failure = { code: 'conflict', message, remedy: 'none: it will be gone' };
    return { kind: 'no', answer: await stopFor(brief, failure) };
  }
  // fence I14: no instance is upgraded to a model that is not ours
  if (modelHash(model) === brief.record.modelHash) return set;
  const kept = await readPlan(ports.store, brief.record.id);
  const known = kept && [
    ...kept.plan.delta,
    ...holdPolicy(kept.plan.guards),
    ...(brief.record.besides ?? []),
  ];
  const paths = kept && known ? foreignPaths(kept.snapshot, model, known) : [];
  return { kind: 'no', answer: await stopForForeignModel(brief, paths) };
}

/** Nothing may go down just now. */
export async function waitForRoom(
  brief: Brief,
  ports: Ports,
  { batch, serving, floor }: { readonly batch: number; readonly serving: number; readonly floor: number },
): Promise<Answer> {
  const { record, now } = brief;
  const least = ports.pace.pollSeconds;
  return wait(brief, {
    seconds: patience(record.waitingFor, 'floor', { now, least, most: 120 }),
    phase: record.course.kind === 'back' ? 'rollingBack' : 'waiting',
    waitingFor: {
      kind: 'floor',
      batch,
      message: `only ${serving} instances serve and the floor is ${floor}; it goes on by itself: vmss-rollout abort ${record.id} ends it`,
    },
  });
}

/**
 * The floor follows the capacity: autoscale may have moved it. Instances in quarantine use up what may be down; where
 * nothing is left of that, one at a time may still go down, or the rollout could neither go on nor back.
 */
export function floorNow(
  { record }: Brief,
  instances: readonly Instance[],
  rows: readonly LedgerRow[],
): number {
  const capacity = instances.length;
  const quarantined = new Set(
    rows.filter(({ state }) => state === 'quarantined').map(({ instanceId }) => instanceId),
  );
  const left = instances.filter(({ instanceId }) => !quarantined.has(instanceId)).length;
  const floor = floorWith(record, capacity);
  return left === capacity ? floor : Math.min(floor, Math.max(1, left - 1));
}

function floorWith(record: RolloutRecord, capacity: number): number {
  // fence I1: the floor follows the capacity
  const floor = floorOf(record.spec.strategy.maxUnavailable, capacity, record.largestDomain ?? 1);
  // With a single instance left nothing may go down any more.
  return typeof floor === 'number' ? floor : capacity;
}

/**
 * Takes out of the outstanding rows what must not be sent: instances that are gone, protected or switched off by now,
 * and those on which an earlier, preempted write is still at work.
 */
export async function leaveOut(
  brief: Brief,
  ports: Ports,
  {
    input,
    outstanding,
    operations,
    instances,
  }: {
    readonly input: StepInput;
    readonly outstanding: readonly LedgerRow[];
    readonly operations: readonly Operation[];
    readonly instances: readonly Instance[];
  },
): Promise<readonly LedgerRow[]> {
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  const updatedAt = new Date(brief.now).toISOString();
  const policy = offPolicyOf(brief.record.spec);
  const plannedFor = await planFor(brief, ports, outstanding);
  const { viewLagSeconds } = ports.pace;
  const early = { now: brief.now, viewLagSeconds };
  const present = outstanding.filter((row) => untilDisksShow([row], operations, early) === 0);
  // Those whose disks need no write: what comes after that is sent when it is its turn.
  const passed = new Set<string>();
  const judged = present.map((row): LedgerRow => {
    const instance = known.get(row.instanceId);
    // fence I15: an instance that is gone is not sent
    if (instance === undefined) return { ...row, state: 'gone', updatedAt };
    // fence I15: an instance that is protected by now is not sent
    if (instance.isProtected && input.way === 'forward') {
      return { ...row, state: 'skipped', skipReason: 'protected from actions of the scale set', updatedAt };
    }
    const found = asFound(row, instance, { policy, planned: plannedFor?.(row.instanceId) });
    if (found.state !== 'pending') return { ...found, updatedAt };
    const earlier = operations.find(({ key }) => key === row.operation);
    const ready = beforeDisks(found, instance, operations);
    if (ready !== found) passed.add(row.instanceId);
    if (earlier === undefined || ready !== found) return ready === found ? found : { ...ready, updatedAt };
    const { targetImage: image, disruptive = false } = brief.record;
    const look = lookAt(instance, expectationOf(row, earlier, { image, disruptive }));
    // fence I3: instances whose operation was cut short and that are at work are not sent again
    return look.kind === 'untouched' || look.kind === 'failed'
      ? found
      : { ...row, state: 'settling', updatedAt };
  });
  brief.records.putRows(
    judged.filter(({ state, instanceId }) => state !== 'pending' || passed.has(instanceId)),
  );
  return judged.filter(({ state, instanceId }) => state === 'pending' && !passed.has(instanceId));
}

/** What the plan does to instances that run; only rows that were planned as off, and are not begun, may need it. */
async function planFor(
  { record }: Brief,
  { store }: Ports,
  outstanding: readonly LedgerRow[],
): Promise<((instanceId: string) => readonly InstanceAction[]) | undefined> {
  const isPlannedOff = outstanding.some(({ found, touched, way }) => {
    return found !== undefined && !touched && way === 'forward';
  });
  // What another rollout has started runs, and is to be off again.
  if (!isPlannedOff || record.spec.rollbackOf !== undefined) return undefined;
  const kept = await readPlan(store, record.id);
  return kept && ((instanceId) => plannedActions(kept.plan, instanceId));
}
