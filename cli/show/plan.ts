import type { Plan } from '../api/shapes.ts';
import { label } from '../messages/labels.ts';
import { plan as words } from '../messages/plan.ts';
import { inFlags } from './in-flags.ts';
import { fields, table } from './table.ts';
import { idRanges, plain } from './text.ts';

/** What a plan changes, in which order and for how long; `heldBy` names a rollout that is in the way. */
export function planText(plan: Plan, heldBy?: string): string {
  const instances = plan.batches.reduce((sum, batch) => sum + batch.instances.length, 0);
  const blocks = [
    fields([
      [label.scaleSet, plan.scaleSet],
      [label.planHash, plan.hash],
      ['disruption', plan.class],
      ['floor', words.floor(plan.floor)],
      ['window', plan.window ? words.window(plan.window) : ''],
      ['restores', restored(plan)],
    ]),
    deltaLines(plan.delta),
    ...(plan.dataDisks ? [diskTable(plan.dataDisks)] : []),
    ...(plan.batches.length > 0 ? [batchTable(plan.batches)] : []),
    skippedTable(plan.skipped),
    [
      plan.batches.length === 0 && plan.delta.length === 0
        ? `${words.nothingToDo}\n`
        : sizeLine(instances, plan.batches.length, plan.expected ?? undefined),
      // The line below says it in fewer words.
      warningLines(plan.warnings.filter(({ code }) => heldBy === undefined || code !== 'scaleSetHeld')),
      heldBy === undefined ? '' : `${words.heldBy(plain(heldBy))}\n`,
    ].join(''),
  ];
  return blocks.filter((block) => block !== '').join('\n');
}

/** How much there is to do, and about how long it takes. */
export function sizeLine(instances: number, batches: number, expected: Plan['expected']): string {
  const size = batches === 0 ? words.noInstances : words.size(instances, batches);
  return `${expected ? words.takes(size, expected.seconds, expected.armRequests) : size}\n`;
}

function restored({ restores }: Plan): string {
  return [
    ...(restores?.policy ? [words.upgradePolicy(restores.policy)] : []),
    ...(restores?.repairs === true ? [words.repairs] : []),
    ...(restores?.osUpgrades === true ? [words.osUpgrades] : []),
  ].join(', ');
}

/** `~ imageReference.version: a → b (reimage)`: what is new has a plus, what goes away a minus. */
export function deltaLines(delta: Plan['delta']): string {
  return delta.map((entry) => `  ${plain(deltaLine(entry))}\n`).join('');
}

function deltaLine({ path, before, after, class: kind }: Plan['delta'][number]): string {
  const name = path.replace(/^virtualMachineProfile\.(?:storageProfile\.)?/, '');
  const why = kind ? ` (${kind})` : '';
  if (isNone(before)) return `+ ${name}: ${json(after)}${why}`;
  if (isNone(after)) return `- ${name}: ${json(before)}${why}`;
  return `~ ${name}: ${json(before)} → ${json(after)}${why}`;
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null;
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

function skippedTable(skipped: Plan['skipped']): string {
  if (skipped.length === 0) return '';
  return table(
    ['Skipped', 'Reason'],
    skipped.map(({ instance, reason }) => [instance, reason]),
  );
}

export function warningLines(warnings: Plan['warnings']): string {
  return warnings.map(({ code, message }) => `${plain(words.warning(code, inFlags(message)))}\n`).join('');
}

function json(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
