import type { Instance } from '../../core/instance/instances.ts';
import { isAnother, isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Step } from '../frame/step.ts';

/** Records which model idle instances are on, by Azure's word: after a model write, all others lag behind it. */
export function noteViews({ records }: Step, instances: readonly Instance[]): void {
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  const moved = records.rows.flatMap((row): readonly LedgerRow[] => {
    const instance = known.get(row.instanceId);
    if (instance === undefined || isUnderWay(row) || isAnother(row, instance)) return [];
    const { latestModelApplied } = instance;
    return latestModelApplied === row.latestModelApplied ? [] : [{ ...row, latestModelApplied }];
  });
  records.putRows(moved);
}
