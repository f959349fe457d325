import type { RollbackPlan } from '../api/shapes.ts';
import { batchTable, deltaTable, diskTable, warningTable } from './plan.ts';
import { fields, table } from './table.ts';
import { elapsed } from './text.ts';
import { plan as words } from '../messages/plan.ts';
import { label } from '../messages/labels.ts';

/** What a rollback would do now, in the order in which it would. */
export function rollbackPlanText(plan: RollbackPlan): string {
  const instances = plan.batches.flatMap(({ instances: ids }) => ids).length;
  const blocks = [
    fields([
      [label.scaleSet, plan.scaleSet],
      [label.rollsBack, words.size(instances, plan.batches.length)],
      ['disruption', plan.class],
      ['floor', words.floor(plan.floor)],
      ['expected', words.expected(elapsed(plan.expected.seconds), plan.expected.armRequests)],
    ]),
  ];
  if (plan.delta.length > 0) blocks.push(deltaTable(plan.delta));
  if (plan.dataDisks) blocks.push(diskTable(plan.dataDisks));
  if (plan.batches.length > 0) blocks.push(batchTable(plan.batches));
  if (plan.unrecoverable.length > 0) {
    const rows = plan.unrecoverable.map(({ path, why }) => [path, why]);
    blocks.push(table([label.notRestored, 'Why'], rows));
  }
  if (plan.warnings.length > 0) blocks.push(warningTable(plan.warnings));
  return blocks.join('\n');
}
