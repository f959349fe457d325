import { evidencePairs } from '../show/evidence.ts';
import { elapsed, idRanges, plain, scaleSetName } from '../show/text.ts';
import type { Report } from './report.ts';
import { reportPart as part } from '../messages/labels.ts';

type Cell = string | number | boolean | null | undefined;

export function markdownOf(report: Report): string {
  const title = part.title(text(report.id), text(scaleSetName(report.scaleSet)), text(report.phase));
  const blocks = [
    title,
    report.isFinal
      ? ''
      : part.goesOn(report.madeAt, report.waitingFor === null ? undefined : text(report.waitingFor)),
    facts(report),
    section(part.changes, changes(report)),
    section(part.batches, batches(report)),
    section(part.failures, failures(report)),
    section(part.left, left(report)),
    section(part.instances, instances(report)),
    section(part.events, events(report)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n\n${body}`;
}

function facts(report: Report): string {
  const { counts, labels, seconds } = report;
  const named = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return list([
    [part.scaleSet, report.scaleSet],
    [part.requestedBy, report.requestedBy],
    ['Reason', report.reason],
    [
      'Labels',
      Object.entries(labels)
        .map((label) => label.join('='))
        .join(', '),
    ],
    ['Started', report.startedAt],
    ['Ended', report.endedAt],
    ['Took', seconds === null ? null : elapsed(seconds)],
    ['Instances', named.join(', ')],
    ['Plan', report.planHash],
  ]);
}

function changes({ changes: delta, skipped, warnings, noop }: Report): string {
  const blocks = [
    noop ? part.nothingToDo : '',
    delta.length === 0
      ? ''
      : table(
          ['Property', 'Before', 'After', 'Class'],
          delta.map(({ path, before, after, class: kind }) => [path, json(before), json(after), kind]),
        ),
    list(warnings.map(({ code, message }) => [code, message])),
    list(skipped.map(({ instance, reason }) => [part.skipped(instance), reason])),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function batches({ batches: all }: Report): string {
  if (all.length === 0) return '';
  return table(
    ['Batch', 'Name', 'Phase', 'Instances', 'Started', 'Ended', 'Seconds'],
    all.map(({ index, name, phase, instances: ids, startedAt, endedAt, seconds }) => [
      index,
      name,
      phase,
      idRanges(ids),
      startedAt,
      endedAt,
      seconds,
    ]),
  );
}

function failures({ failures: causes }: Report): string {
  return causes
    .map(({ code, message, remedy, evidence }) => {
      const words = list([
        [part.what, message],
        [part.whatToDo, remedy],
        [part.onInstances, idRanges(evidence.map(({ instanceId }) => instanceId))],
      ]);
      const seen = table(
        ['Instance', 'Says', 'Provisioning', 'Power', 'Health', 'Image', 'Attempts', 'Seen'],
        evidence.map((one) => [
          one.instanceId,
          one.message,
          one.provisioningState,
          one.power,
          one.health,
          one.image,
          one.attempts,
          one.seenAt,
        ]),
      );
      const statuses = evidence
        .map(({ instanceId, statuses: shown }) => ({ instanceId, pairs: evidencePairs(shown) }))
        .filter(({ pairs }) => pairs.length > 0)
        .map(({ instanceId, pairs }) => `${part.instance(text(instanceId))}\n\n${list(pairs)}`);
      return [`### ${text(code)}`, words, evidence.length === 0 ? '' : seen, ...statuses]
        .filter(Boolean)
        .join('\n\n');
    })
    .join('\n\n');
}

function left({ left: what }: Report): string {
  if (what === null) return '';
  return list([
    ['Model', what.model],
    ...Object.entries(what.instances ?? {}).map(
      ([state, ids]) => [part.where(state), idRanges(ids)] as const,
    ),
    ...(what.quarantined ?? []).map(({ instance, remedy }) => [part.release(instance), remedy] as const),
    [part.started, what.started && idRanges(what.started)],
    ...(what.heldGuards ?? []).map(
      ({ guard, was, remedy }) =>
        [part.heldGuard(guard), [was && `was ${was}`, remedy].filter(Boolean).join(': ')] as const,
    ),
  ]);
}

function instances({ instances: all }: Report): string {
  if (all.length === 0) return '';
  return table(
    ['Instance', 'Batch', 'Phase', part.imageBefore, part.imageNow, 'Health', 'Attempts'],
    all.map(({ instanceId, batch, phase, image, health, attempts }) => [
      instanceId,
      batch,
      phase,
      image?.before,
      image?.now,
      health,
      attempts,
    ]),
  );
}

function events({ events: all }: Report): string {
  if (all.length === 0) return '';
  return table(
    ['Time', 'Event', 'By', 'Message'],
    all.map(({ time, kind, by, message }) => [time, kind, by, message]),
  );
}

function table(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.map((cell) => text(cell)).join(' | ')} |`;
  return [line(headers), line(headers.map(() => '---')), ...rows.map((row) => line(row))].join('\n');
}

/** `- **name**: value`, without those that have no value. */
function list(pairs: readonly (readonly [name: string, value: Cell])[]): string {
  return pairs
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `- **${text(name)}**: ${text(value)}`)
    .join('\n');
}

/** Words of others: in one line, and nothing in them that Markdown or a browser would act on. */
function text(cell: Cell): string {
  if (cell === undefined || cell === null) return '';
  return plain(String(cell))
    .replaceAll(/[\\`*_|[\]]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}

function json(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
