import { leavesOff } from '../../core/actions/asked.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import { readInstances } from '../looks/read-instances.ts';

/** After an abort, starts the instances that the rollout itself deallocated. */
export const bringUp = defineStep({
  name: 'bringUp',
  async run(step) {
    const { rows } = step.records;
    // fence I9: an aborted rollout starts what it has switched off
    const owed = rows.filter((row) => row.touched && row.direction !== 'stop' && isOwedAStart(row));
    const batches = step.record.batches.length;
    if (owed.length === 0)
      return { kind: 'done', batches: rows.some(({ direction }) => direction === 'stop') ? batches : 0 };
    const seen = await readInstances(step, step.record.phase);
    if (seen.kind === 'leave') return seen.answer;
    const updatedAt = new Date(step.now).toISOString();
    const down = new Set(
      seen.value.filter(({ power }) => power !== 'running').map(({ instanceId }) => instanceId),
    );
    const toStart = owed
      .filter(({ instanceId }) => down.has(instanceId))
      .map(({ operation: _operation, ...row }): LedgerRow => ({
        ...row,
        direction: 'stop',
        state: 'pending',
        actions: ['start'],
        actionsDone: 0,
        attempts: 0,
        updatedAt,
      }));
    step.records.putRows(toStart);
    await finish(step, {});
    return { kind: 'done', batches: toStart.length === 0 ? 0 : batches };
  },
});

/** Instances that were off before are not started: the rollout names them among what it leaves. */
function isOwedAStart({ actions, state, found }: LedgerRow): boolean {
  return actions.includes('deallocate') && !leavesOff(actions) && state !== 'done' && found === undefined;
}
