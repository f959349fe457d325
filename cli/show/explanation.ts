import type { Explanation } from '../api/shapes.ts';
import { evidenceText } from './evidence.ts';
import { planText } from './plan.ts';
import { rollbackPlanText } from './rollback-plan.ts';
import { eventLines } from './rollout.ts';
import { fields, table } from './table.ts';
import { idRanges, plain, secondsBetween } from './text.ts';
import { label, part as parts } from '../messages/labels.ts';
import { explain as words } from '../messages/explain.ts';
import { rollout } from '../messages/rollout.ts';

export function explanationText(explanation: Explanation): string {
  const { plan, done, failure } = explanation;
  const head = fields([
    ['rollout', explanation.id],
    [label.scaleSet, explanation.scaleSet],
    ['stands', explanation.standing],
    ['why', explanation.waits?.message],
    ['since', explanation.waits?.since],
    ['failure', failure && [failure.code, failure.message].filter(Boolean).join(': ')],
    [label.whatToDo, failure?.remedy],
  ]);
  return [
    head,
    section(parts.possible, lines(explanation.possible)),
    section(parts.plan, plan ? planText(plan) : `${words.noPlan}\n`),
    section(parts.done, `${operationTable(done.operations)}\n${eventLines(done.events)}`),
    ...(explanation.failures?.length ? [section(parts.failed, evidenceText(explanation.failures))] : []),
    ...(explanation.rollback ? [section(parts.rollback, rollbackPlanText(explanation.rollback))] : []),
    section(parts.left, leftText(explanation)),
    section(parts.undo, undoText(explanation)),
  ].join('\n');
}

function section(title: string, text: string): string {
  return `${title}\n${'='.repeat(title.length)}\n${text === '' ? `${words.nothing}\n` : text}`;
}

function operationTable(operations: Explanation['done']['operations']): string {
  if (operations.length === 0) return `${words.nothingSent}\n`;
  return table(
    ['Write', 'Batch', 'Instances', 'Outcome', 'Seconds', 'Error'],
    operations.map(
      ({ kind, action, part, direction, batch, instances, status, intendedAt, endedAt, error }) => [
        `${action ?? kind}${part ? ` ${part}` : ''}${direction === 'forward' ? '' : ` (${direction})`}`,
        batch,
        idRanges(instances),
        status,
        secondsBetween(intendedAt, endedAt),
        error && `${error.code}: ${error.message}`,
      ],
    ),
  );
}

const IN_WORDS: Readonly<Record<string, string>> = {
  underWay: words.underWay,
  toRollBack: words.toRollBack,
  rolledBack: words.rolledBack,
};

function leftText({ left }: Explanation): string {
  return fields([
    ['model', left.model],
    ...Object.entries(left.instances).map(([name, ids]) => [IN_WORDS[name] ?? name, idRanges(ids)] as const),
    ...(left.quarantined ?? []).map(({ instance, remedy }) => [label.release(instance), remedy] as const),
    ['started', left.started && idRanges(left.started)],
    ...(left.heldGuards ?? []).map(
      ({ guard, was, remedy }) =>
        [label.heldGuard, [guard, was && rollout.was(was), remedy].filter(Boolean).join(', ')] as const,
    ),
  ]);
}

/** Commands are printed to be copied: nothing is cut, and what would end a line is quoted by the app. */
function undoText({ undo, waits, phase }: Explanation): string {
  const goesOn = waits || !['succeeded', 'halted', 'failed', 'rejected', 'cancelled'].includes(phase);
  const blocks = [
    undo.commands.length === 0 ? `${words.nothingToUndo}\n` : lines(undo.commands),
    undo.guards.length === 0 ? '' : `\n${words.thenGuards}\n${lines(undo.guards)}`,
    undo.unrecoverable.length === 0
      ? ''
      : `\n${words.cannotBeUndone}\n${lines(undo.unrecoverable.map(({ path, why }) => `${path}: ${why}`))}`,
  ];
  if (undo.commands.length === 0) return blocks.join('');
  const advice = goesOn ? `${words.stillRunning}\n` : '';
  return `${advice}${words.oneAtATime}\n${blocks.join('')}`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${plain(text)}\n`).join('');
}
