import { askedOf, whyNot } from '../../core/actions/asked.ts';
import type { InstanceAction } from '../../core/actions/table.ts';
import { expectationOf } from '../../core/health/expectation.ts';
import { lookAt } from '../../core/health/look.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { skips } from '../../core/messages/instances.ts';
import { plannedActions } from '../../core/plan/planned-work.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import { asFound } from '../../core/run/as-found.ts';
import { beforeDisks, untilDisksShow } from '../../core/run/disk-rows.ts';
import { offPolicyOf } from '../../core/spec/off-policy.ts';
import { readPlan } from '../../store/plans.ts';
import type { Step } from '../frame/step.ts';

/** What is about to be sent, and the instances as a list has just shown them. */
interface Sight {
  readonly outstanding: readonly LedgerRow[];
  readonly operations: readonly Operation[];
  readonly instances: readonly Instance[];
}

/**
 * Removes from the outstanding rows what must not be sent: instances that are gone, protected or switched off by now, and
 * those that an earlier, preempted write is still changing.
 */
export async function leaveOut(step: Step, sight: Sight): Promise<readonly LedgerRow[]> {
  const { outstanding, operations, instances } = sight;
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  const planned = await planFor(step, outstanding);
  const early = { now: step.now, viewLagSeconds: step.pace.viewLagSeconds };
  const present = outstanding.filter((row) => untilDisksShow([row], operations, early) === 0);
  const judged = present.map((row) =>
    judge(step, row, { instance: known.get(row.instanceId), operations, planned }),
  );
  const updatedAt = new Date(step.now).toISOString();
  step.records.putRows(judged.filter(({ isToSend }) => !isToSend).map(({ row }) => ({ ...row, updatedAt })));
  return judged.filter(({ isToSend }) => isToSend).map(({ row }) => row);
}

interface Judged {
  readonly row: LedgerRow;
  readonly isToSend: boolean;
}

/** A row as it stands just before its write, and whether that write may go out now. */
function judge(
  step: Step,
  row: LedgerRow,
  {
    instance,
    operations,
    planned,
  }: {
    readonly instance: Instance | undefined;
    readonly operations: readonly Operation[];
    readonly planned: Planned | undefined;
  },
): Judged {
  // An instance that came and went since the list was read.
  if (instance === undefined) return { row: { ...row, state: 'gone' }, isToSend: false };
  // fence I15: an instance that is protected by now is not sent
  if (instance.isProtected && step.direction === 'forward') {
    return { row: { ...row, state: 'skipped', skipReason: skips.protected }, isToSend: false };
  }
  const asked = askedOf(step.record.spec);
  const policy = offPolicyOf(step.record.spec);
  const found =
    asked === undefined ? asFound(row, instance, { policy, planned: planned?.(row.instanceId) }) : row;
  if (found.state !== 'pending') return { row: found, isToSend: false };
  const ready = beforeDisks(found, instance, operations);
  // Its disks need no write: what comes after them is sent in its own time.
  if (ready !== found) return { row: ready, isToSend: false };
  const earlier = operations.find(({ key }) => key === row.operation);
  // fence I3: instances whose operation was cut short and that are at work are not sent again
  if (earlier !== undefined && isAtWork(step, row, { instance, earlier })) {
    return { row: { ...row, state: 'settling' }, isToSend: false };
  }
  const reason = asked !== undefined && step.direction === 'forward' ? whyNot(asked, instance) : undefined;
  // fence I15: an instance that is as it was to be made by now is not sent
  if (reason !== undefined) return { row: { ...row, state: 'skipped', skipReason: reason }, isToSend: false };
  return { row: found, isToSend: true };
}

function isAtWork(
  { record }: Step,
  row: LedgerRow,
  { instance, earlier }: { readonly instance: Instance; readonly earlier: Operation },
): boolean {
  const { targetImage: image, disruptive = false } = record;
  const look = lookAt(instance, expectationOf(row, earlier, { image, disruptive }));
  return look.kind !== 'untouched' && look.kind !== 'failed';
}

type Planned = (instanceId: string) => readonly InstanceAction[];

/** What the plan does to running instances; only rows that were planned as off and have not started may need it. */
async function planFor(
  { record, store }: Step,
  outstanding: readonly LedgerRow[],
): Promise<Planned | undefined> {
  const isPlannedOff = outstanding.some(({ found, touched, direction }) => {
    return found !== undefined && !touched && direction === 'forward';
  });
  // An instance that another rollout started is running, and has to be switched off again.
  if (!isPlannedOff || record.spec.rollbackOf !== undefined) return undefined;
  const kept = await readPlan(store, record.id);
  return kept && ((instanceId) => plannedActions(kept.plan, instanceId));
}
