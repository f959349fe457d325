import { inverseActions } from '../../core/actions/sequence.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { audit } from '../../core/messages/audit.ts';
import { maxUnavailableOf } from '../../core/plan/floor.ts';
import { countRows, isAnother } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Answer } from '../../core/run/answer.ts';
import { joining } from '../../core/run/joiners.ts';
import { readPlan } from '../../store/plans.ts';
import type { KeptPlan } from '../../store/plans.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import type { Step } from '../frame/step.ts';
import { waitForCapacity } from '../looks/follow-capacity.ts';
import { isLookedAt, lookAtAll } from '../looks/look-at-all.ts';

/** Takes a last look at every instance, and takes those that were added during the rollout and need it into the plan; tells how many batches there are. */
export const takeInJoiners = defineStep({
  name: 'takeInJoiners',
  async run(step) {
    const early = step.direction === 'forward' ? await waitForCapacity(step) : undefined;
    if (early !== undefined) return early;
    const kept = await readPlan(step.store, step.record.id);
    const joins = kept !== undefined && mayJoin(step, kept);
    const asFar = { kind: 'done', batches: step.record.batches.length } as const;
    if (!joins && isLookedAt(step)) return asFar;
    const looked = await lookAtAll(step, step.direction === 'rollback' ? 'rollingBack' : 'settling');
    if (looked.kind === 'leave') return looked.answer;
    return joins ? takeIn(looked.step, kept, looked.instances) : asFar;
  },
});

/** A rollout of chosen instances does not include those added later. */
function mayJoin({ record: { spec, modelState }, direction }: Step, { plan }: KeptPlan): boolean {
  const { deallocated: _policy, ...chosen } = spec.targets;
  const isChosen = Object.keys(chosen).length > 0 || spec.rollbackOf !== undefined;
  const isWritten = direction === 'forward' ? modelState === 'after' : modelState === 'restored';
  // fence I15: whoever chose instances has not chosen those that came later
  return !isChosen && isWritten && plan.delta.length > 0 && spec.change.capacity === undefined;
}

async function takeIn(step: Step, kept: KeptPlan, seen: readonly Instance[]): Promise<Answer> {
  const { record, now } = step;
  const { rows: ledger } = step.records;
  const { maxUnavailable } = record.spec.strategy;
  const machines = new Map(seen.map((instance) => [instance.instanceId, instance]));
  // Rows without a batch are those of a run that died before it had noted the batch.
  const isDealtWith = (row: LedgerRow): boolean =>
    row.batch < record.batches.length &&
    (row.direction === step.direction || !isAnother(row, machines.get(row.instanceId)));
  const joined = joining(seen, {
    // fence I15: skipped instances do not join by the back door
    known: new Set([
      ...ledger.filter((row) => isDealtWith(row)).map(({ instanceId }) => instanceId),
      ...kept.plan.skipped.map(({ instance }) => instance),
    ]),
    batches: record.batches,
    most: Math.max(1, maxUnavailableOf(maxUnavailable, seen.length, record.largestDomain ?? 1)),
    direction: step.direction,
    actions: step.direction === 'rollback' ? inverseActions(kept.plan.actions) : kept.plan.actions,
    image: record.targetImage,
    now: new Date(now).toISOString(),
  });
  // fence I15: instances that came with the old model are brought along
  if (joined.rows.length === 0) return { kind: 'done', batches: record.batches.length };
  step.records.putRows(joined.rows);
  const instances = joined.rows.map(({ instanceId }) => instanceId);
  const message = audit.joined(instances);
  const others = ledger.filter(({ instanceId }) => !instances.includes(instanceId));
  await finish(step, { batches: joined.batches, counts: countRows([...others, ...joined.rows]) }, [
    { kind: 'joined', instances, message },
  ]);
  return { kind: 'done', batches: joined.batches.length };
}
