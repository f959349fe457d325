import type { Explanation } from '../api/shapes.ts';
import { evidenceText } from './evidence.ts';
import { planText } from './plan.ts';
import { rollbackPlanText } from './rollback-plan.ts';
import { eventLines } from './rollout.ts';
import { fields, table } from './table.ts';
import { idRanges, plain, secondsBetween } from './text.ts';

export function explanationText(explanation: Explanation): string {
  const { plan, done, failure } = explanation;
  const head = fields([
    ['rollout', explanation.id],
    ['scale set', explanation.scaleSet],
    ['stands', explanation.standing],
    ['why', explanation.waits?.message],
    ['since', explanation.waits?.since],
    ['failure', failure && [failure.code, failure.message].filter(Boolean).join(': ')],
    ['what to do', failure?.remedy],
  ]);
  return [
    head,
    section('Possible now', lines(explanation.possible)),
    section('Plan', plan ? planText(plan) : 'there is none yet\n'),
    section('Done', `${operationTable(done.operations)}\n${eventLines(done.events)}`),
    ...(explanation.failures?.length ? [section('Failed', evidenceText(explanation.failures))] : []),
    ...(explanation.rollback ? [section('A rollback now', rollbackPlanText(explanation.rollback))] : []),
    section('Left', leftText(explanation)),
    section('Undo by hand, should this tool be down', undoText(explanation)),
  ].join('\n');
}

function section(title: string, text: string): string {
  return `${title}\n${'='.repeat(title.length)}\n${text === '' ? 'nothing\n' : text}`;
}

function operationTable(operations: Explanation['done']['operations']): string {
  if (operations.length === 0) return 'nothing was sent to Azure\n';
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
  underWay: 'under way',
  toRollBack: 'to be rolled back',
  rolledBack: 'rolled back',
};

function leftText({ left }: Explanation): string {
  return fields([
    ['model', left.model],
    ...Object.entries(left.instances).map(([name, ids]) => [IN_WORDS[name] ?? name, idRanges(ids)] as const),
    ...(left.quarantined ?? []).map(({ instance, remedy }) => [`release ${instance}`, remedy] as const),
    ['started', left.started && idRanges(left.started)],
    ...(left.heldGuards ?? []).map(
      ({ guard, was, remedy }) =>
        ['held guard', [guard, was && `was ${was}`, remedy].filter(Boolean).join(', ')] as const,
    ),
  ]);
}

/** Commands are printed to be copied: nothing is cut, and what would end a line is quoted by the app. */
function undoText({ undo, waits, phase }: Explanation): string {
  const goesOn = waits || !['succeeded', 'halted', 'failed', 'rejected', 'cancelled'].includes(phase);
  const blocks = [
    undo.commands.length === 0 ? 'nothing to undo\n' : lines(undo.commands),
    undo.guards.length === 0
      ? ''
      : `\nThen, when all of that is done and every instance is healthy:\n${lines(undo.guards)}`,
    undo.unrecoverable.length === 0
      ? ''
      : `\nCannot be undone this way:\n${lines(undo.unrecoverable.map(({ path, why }) => `${path}: ${why}`))}`,
  ];
  if (undo.commands.length === 0) return blocks.join('');
  const advice = goesOn
    ? 'The rollout is still running: while the app answers, use it to roll back instead.\n'
    : '';
  return `${advice}Run these one at a time; wait until each has ended and its instances are healthy:\n${blocks.join('')}`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${plain(text)}\n`).join('');
}
