import type { RollbackPlan } from '../api/shapes.ts';
import { label } from '../messages/labels.ts';
import { plan as words } from '../messages/plan.ts';
import { batchTable, deltaLines, diskTable, sizeLine, warningLines } from './plan.ts';
import { fields, table } from './table.ts';

/** What a rollback would do now, in the order in which it would. */
export function rollbackPlanText(plan: RollbackPlan): string {
  const instances = plan.batches.reduce((sum, batch) => sum + batch.instances.length, 0);
  const blocks = [
    fields([
      [label.scaleSet, plan.scaleSet],
      ['disruption', plan.class],
      ['floor', words.floor(plan.floor)],
    ]),
    deltaLines(plan.delta),
    ...(plan.dataDisks ? [diskTable(plan.dataDisks)] : []),
    ...(plan.batches.length > 0 ? [batchTable(plan.batches)] : []),
    ...(plan.unrecoverable.length > 0
      ? [
          table(
            [label.notRestored, 'Why'],
            plan.unrecoverable.map(({ path, why }) => [path, why]),
          ),
        ]
      : []),
    `${words.rollsBack}${sizeLine(instances, plan.batches.length, plan.expected)}${warningLines(plan.warnings)}`,
  ];
  return blocks.filter((block) => block !== '').join('\n');
}
