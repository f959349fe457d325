import type { Plan } from '../api/shapes.ts';
import { fields, table } from './table.ts';
import { elapsed, idRanges } from './text.ts';
import { plan as words } from '../messages/plan.ts';
import { label } from '../messages/labels.ts';

export function planText(plan: Plan): string {
  const blocks = [
    fields([
      [label.scaleSet, plan.scaleSet],
      [label.planHash, plan.hash],
      ['disruption', plan.class],
      ['floor', words.floor(plan.floor)],
      ['restores', restored(plan)],
      [
        'expected',
        plan.expected && words.expected(elapsed(plan.expected.seconds), plan.expected.armRequests),
      ],
    ]),
  ];
  if (plan.delta.length > 0) blocks.push(deltaTable(plan.delta));
  if (plan.dataDisks) blocks.push(diskTable(plan.dataDisks));
  if (plan.batches.length > 0) blocks.push(batchTable(plan.batches));
  if (plan.skipped.length > 0) {
    blocks.push(
      table(
        ['Skipped', 'Reason'],
        plan.skipped.map(({ instance, reason }) => [instance, reason]),
      ),
    );
  }
  if (plan.warnings.length > 0) blocks.push(warningTable(plan.warnings));
  return blocks.join('\n');
}

function restored({ restores }: Plan): string {
  return [
    ...(restores?.policy ? [words.upgradePolicy(restores.policy)] : []),
    ...(restores?.repairs === true ? [words.repairs] : []),
    ...(restores?.osUpgrades === true ? [words.osUpgrades] : []),
  ].join(', ');
}

export function deltaTable(delta: Plan['delta']): string {
  return table(
    ['Property', 'Before', 'After', 'Class'],
    delta.map((entry) => [entry.path, json(entry.before), json(entry.after), entry.class]),
  );
}

export function diskTable(disks: NonNullable<Plan['dataDisks']>): string {
  return table(
    ['Instance', 'Disk', 'LUN', 'Is'],
    disks.flatMap(({ instance, attach, detach }) => [
      ...attach.map(({ diskId, lun }) => [instance, diskId, lun, 'attached']),
      ...detach.map(({ diskId, lun }) => [instance, diskId, lun, 'detached']),
    ]),
  );
}

export function batchTable(batches: Plan['batches']): string {
  return table(
    ['Batch', 'Name', 'Count', 'Instances'],
    batches.map(({ index, name, instances }) => [index, name, instances.length, idRanges(instances)]),
  );
}

export function warningTable(warnings: Plan['warnings']): string {
  return table(
    ['Warning', 'Message'],
    warnings.map(({ code, message }) => [code, message]),
  );
}

function json(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
