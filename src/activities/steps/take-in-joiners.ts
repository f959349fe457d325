import { instancesNamed } from '../../core/messages/named.ts';
import { maxUnavailableOf } from '../../core/plan/floor.ts';
import { countRows, isAnother } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { joining } from '../../core/run/joiners.ts';
import { readPlan } from '../../store/plans.ts';
import { finish } from '../frame/commit.ts';
import { defineStep } from '../define-step.ts';
import { readInstances } from '../looks/reads.ts';

/** Looks for instances that came meanwhile and takes those that need it into the plan; tells how many batches there are. */
export const takeInJoiners = defineStep({
  name: 'takeInJoiners',
  async run(step) {
    const { record, now } = step;
    const kept = await readPlan(step.store, record.id);
    // Who asked for some of the instances has not asked for those that came later.
    const { deallocated: _policy, ...chosen } = record.spec.targets;
    const isChosen = Object.keys(chosen).length > 0 || record.spec.rollbackOf !== undefined;
    const isWritten =
      step.direction === 'forward' ? record.modelState === 'after' : record.modelState === 'restored';
    if (
      kept === undefined ||
      // fence I15: whoever chose instances has not chosen those that came later
      isChosen ||
      !isWritten ||
      kept.plan.delta.length === 0
    ) {
      return { kind: 'done', batches: record.batches.length };
    }
    const phase = step.direction === 'rollback' ? 'rollingBack' : 'settling';
    const seen = await readInstances(step, phase);
    if (seen.kind === 'leave') return seen.answer;
    const { rows: ledger } = step.records;
    const { maxUnavailable } = record.spec.strategy;
    const machines = new Map(seen.value.map((instance) => [instance.instanceId, instance]));
    // Rows without a batch are those of a run that died before it had noted the batch.
    const isDealtWith = (row: LedgerRow): boolean =>
      row.batch < record.batches.length &&
      (row.direction === step.direction || !isAnother(row, machines.get(row.instanceId)));
    const joined = joining(seen.value, {
      // fence I15: skipped instances do not join by the back door
      known: new Set([
        ...ledger.filter((row) => isDealtWith(row)).map(({ instanceId }) => instanceId),
        ...kept.plan.skipped.map(({ instance }) => instance),
      ]),
      batches: record.batches,
      most: Math.max(1, maxUnavailableOf(maxUnavailable, seen.value.length, record.largestDomain ?? 1)),
      direction: step.direction,
      image: record.targetImage,
      now: new Date(now).toISOString(),
    });
    // fence I15: instances that came with the old model are brought along
    if (joined.rows.length === 0) return { kind: 'done', batches: record.batches.length };
    step.records.putRows(joined.rows);
    const instances = joined.rows.map(({ instanceId }) => instanceId);
    const message = `${instancesNamed(instances)} came meanwhile, not on the model, to join the end`;
    const others = ledger.filter(({ instanceId }) => !instances.includes(instanceId));
    await finish(step, { batches: joined.batches, counts: countRows([...others, ...joined.rows]) }, [
      { kind: 'joined', instances, message },
    ]);
    return { kind: 'done', batches: joined.batches.length };
  },
});
