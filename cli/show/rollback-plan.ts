import type { RollbackPlan } from '../api/shapes.ts';
import { batchTable, deltaTable, diskTable, warningTable } from './plan.ts';
import { fields, table } from './table.ts';
import { elapsed } from './text.ts';

/** What a rollback would do now, in the order in which it would. */
export function rollbackPlanText(plan: RollbackPlan): string {
  const instances = plan.batches.flatMap(({ instances: ids }) => ids).length;
  const blocks = [
    fields([
      ['scale set', plan.scaleSet],
      ['rolls back', `${instances} instances in ${plan.batches.length} batches`],
      ['disruption', plan.class],
      ['floor', `at least ${plan.floor} instances stay serving`],
      ['expected', `${elapsed(plan.expected.seconds)}, ${plan.expected.armRequests} ARM requests`],
    ]),
  ];
  if (plan.delta.length > 0) blocks.push(deltaTable(plan.delta));
  if (plan.dataDisks) blocks.push(diskTable(plan.dataDisks));
  if (plan.batches.length > 0) blocks.push(batchTable(plan.batches));
  if (plan.unrecoverable.length > 0) {
    const rows = plan.unrecoverable.map(({ path, why }) => [path, why]);
    blocks.push(table(['Not restored', 'Why'], rows));
  }
  if (plan.warnings.length > 0) blocks.push(warningTable(plan.warnings));
  return blocks.join('\n');
}
