import type { Batch, Event, Instance, Rollout } from '../api/shapes.ts';
import { fields, table } from './table.ts';
import { idRanges, plain, scaleSetName, secondsBetween } from './text.ts';
import { rollout as words } from '../messages/rollout.ts';
import { label } from '../messages/labels.ts';

/** Why it waits. */
export function waitOf({ waitingFor }: Rollout): string | undefined {
  const why = waitingFor?.message ?? waitingFor?.kind;
  return why === undefined ? undefined : plain(why);
}

/** Who has paused it, since when and why. */
function pauseOf({ paused }: Rollout): string | undefined {
  if (!paused) return undefined;
  const { by, since, reason } = paused;
  return plain(words.pausedBy(by, since, reason));
}

/** What may be asked of it now, as command lines. */
export function nextLines({ id, next }: Rollout): string[] {
  return (next ?? []).map(({ command, batch, instances }) => {
    const which = [
      ...(typeof batch === 'number' ? [`--batch ${batch}`] : []),
      ...(instances ?? []).map((instance) => `--instance ${instance}`),
    ];
    return plain(['vmss-rollout', command, id, ...which].join(' '));
  });
}

/** Whoever watches need not know what is possible while a rollout goes on by itself, only when it waits for people. */
const WAITS_FOR_PEOPLE: ReadonlySet<string> = new Set(['approval', 'resume']);

/** Why it waits, and what ends that where only a person can. */
export function waitAndWayOut(rollout: Rollout): string | undefined {
  const why = waitOf(rollout);
  const [first] = nextLines(rollout);
  const isForPeople = WAITS_FOR_PEOPLE.has(rollout.waitingFor?.kind ?? '');
  if (why === undefined || first === undefined || !isForPeople) return why;
  const others = (rollout.next ?? []).slice(1).map(({ command }) => plain(command));
  return words.orElse(why, first, others);
}

/** The batch at work; none before the first and after the end. */
export function currentBatch(rollout: Rollout): Batch | undefined {
  if (rollout.endedAt) return undefined;
  return rollout.batches?.find((batch) => batch.index === rollout.batch);
}

function countsOf({ phase, instances }: Rollout): string {
  if (!instances || !instances['total']) return '';
  if (phase === 'rollingBack' || phase === 'rolledBack') return undoneOf(instances);
  const others = ['upgrading', 'failed', 'skipped', 'gone', 'rolledBack']
    .filter((name) => (instances[name] ?? 0) > 0)
    .map((name) => `${instances[name]} ${name}`);
  return [words.upgraded(instances), ...others].join(', ');
}

/** In a rollback nobody asks any more how many were upgraded. */
function undoneOf(instances: NonNullable<Rollout['instances']>): string {
  const others = ['upgrading', 'failed', 'skipped', 'gone']
    .filter((name) => (instances[name] ?? 0) > 0)
    .map((name) => `${instances[name]} ${name === 'upgrading' ? words.underWay : name}`);
  return [words.rolledBack(instances), ...others].join(', ');
}

export function rolloutText(rollout: Rollout): string {
  const { failure, left } = rollout;
  const head = fields([
    ['id', rollout.id],
    [label.scaleSet, rollout.scaleSet],
    ['phase', rollout.noop === true ? words.nothingToDoIn(rollout.phase) : rollout.phase],
    ['paused', pauseOf(rollout)],
    ['why', waitOf(rollout)],
    ...nextLines(rollout).map((line, index) => [index === 0 ? 'next' : '', line] as const),
    ['instances', countsOf(rollout)],
    ['reason', rollout.reason],
    [label.requestedBy, rollout.requestedBy],
    [
      'labels',
      Object.entries(rollout.labels ?? {})
        .map((pair) => pair.join('='))
        .join(', '),
    ],
    ['created', rollout.createdAt],
    ['ended', rollout.endedAt],
    ['failure', failure && [failure.code, failure.message].filter(Boolean).join(': ')],
    [label.onInstances, failure && idRanges(failure.instances ?? [])],
    [label.whatToDo, failure?.remedy],
    [label.leftModel, left?.model],
    ...Object.entries(left?.instances ?? {}).map(
      ([state, ids]) => [label.left(state), idRanges(ids)] as const,
    ),
    [label.leftPinned, left?.pinned && words.pinned(left.pinned.path, left.pinned.was, left.pinned.now)],
    ...(left?.quarantined ?? []).map(({ instance, remedy }) => [label.release(instance), remedy] as const),
    [label.leftStarted, left?.started && idRanges(left.started)],
    ...(left?.heldGuards ?? []).map(
      ({ guard, was, remedy }) =>
        [label.heldGuard, `${guard}${was ? `, was ${was}` : ''}${remedy ? `: ${remedy}` : ''}`] as const,
    ),
  ]);
  return rollout.batches?.length ? `${head}\n${batchTable(rollout.batches)}` : head;
}

function batchTable(batches: readonly Batch[]): string {
  return table(
    ['Batch', 'Name', 'Phase', 'Count', 'Instances', 'Seconds'],
    batches.map(({ index, name, phase, instances, startedAt, endedAt }) => [
      index,
      name,
      phase,
      instances.length,
      idRanges(instances),
      secondsBetween(startedAt, endedAt),
    ]),
  );
}

export function rolloutTable(rollouts: readonly Rollout[]): string {
  return table(
    ['Id', 'ScaleSet', 'Phase', 'Upgraded', 'Created', 'Reason'],
    rollouts.map((rollout) => [
      rollout.id,
      scaleSetName(rollout.scaleSet),
      rollout.phase,
      rollout.instances?.['total']
        ? `${rollout.instances['upgraded'] ?? 0}/${rollout.instances['total']}`
        : '',
      rollout.createdAt,
      rollout.reason,
    ]),
  );
}

export function instanceTable(instances: readonly Instance[]): string {
  return table(
    ['Instance', 'Domain', 'Zone', 'Batch', 'Phase', 'Latest', 'Provisioning', 'Power', 'Health', 'Attempts'],
    instances.map((instance) => [
      instance.instanceId,
      instance.updateDomain,
      instance.zone,
      instance.batch,
      instance.phase,
      instance.latestModelApplied,
      instance.provisioningState,
      instance.power,
      instance.health,
      instance.attempts,
    ]),
  );
}

export function eventLines(events: readonly Event[]): string {
  return events
    .map(({ time, kind, by, message }) => `${plain(`${time}  ${kind}  ${message}${by ? ` (${by})` : ''}`)}\n`)
    .join('');
}
