import type { LedgerRow } from '../../core/record/ledger.ts';
import { begin } from '../begin.ts';
import { addressOf } from '../frame/address.ts';
import { finish } from '../frame/brief.ts';
import { defineStep } from '../frame/define.ts';
import { readOrWait } from '../looks/reads.ts';

/** After an abort, instances that the rollout itself has deallocated are to be started again: it owes them that. */
export const bringUp = defineStep({
  name: 'bringUp',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { rows } = brief.records;
    // fence I9: an aborted rollout starts what it has switched off
    const owed = rows.filter((row) => row.touched && row.way !== 'stop' && isHalfWay(row));
    const batches = brief.record.batches.length;
    if (owed.length === 0)
      return { kind: 'done', batches: rows.some(({ way }) => way === 'stop') ? batches : 0 };
    const seen = await readOrWait(brief, {
      name: 'instances',
      phase: brief.record.phase,
      read: () => ports.compute.instances(addressOf(brief)),
    });
    if (seen.kind === 'no') return seen.answer;
    const updatedAt = new Date(brief.now).toISOString();
    const down = new Set(
      seen.value.filter(({ power }) => power !== 'running').map(({ instanceId }) => instanceId),
    );
    const turned = owed
      .filter(({ instanceId }) => down.has(instanceId))
      .map(({ operation: _operation, ...row }): LedgerRow => ({
        ...row,
        way: 'stop',
        state: 'pending',
        actions: ['start'],
        step: 0,
        attempts: 0,
        updatedAt,
      }));
    brief.records.putRows(turned);
    await finish(brief, {});
    return { kind: 'done', batches: turned.length === 0 ? 0 : batches };
  },
});

/** Who was off before is owed nothing: it is named among what the rollout leaves. */
function isHalfWay({ actions, state, found }: LedgerRow): boolean {
  return actions.includes('deallocate') && state !== 'done' && found === undefined;
}
