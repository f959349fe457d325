import type { Batch, Instance, Rollout } from '../api/shapes.ts';
import { live } from '../messages/live.ts';
import { currentBatch } from './rollout.ts';
import type { Span, Tone } from './spans.ts';
import { elapsed, idRanges, pad, plain, scaleSetName } from './text.ts';
import { secondsLeft } from './time-left.ts';

const BAR = 11;
const NAME = 18;
/** The rows of batches say as much. */
const SEEN_IN_ROWS = new Set(['upgrading', 'settling', 'soaking']);

/** `web  ███████░░░░ 6/15  batch 2/5  3:10, about 9 min left` */
export function headSpans(
  rollout: Rollout,
  { now, expectedSeconds }: { readonly now: number; readonly expectedSeconds: number | undefined },
): readonly Span[] {
  const { total = 0, upgraded = 0, rolledBack = 0 } = rollout.instances ?? {};
  const position = rollout.batches?.findIndex((batch) => batch === currentBatch(rollout)) ?? -1;
  const left = secondsLeft(rollout, { now, expectedSeconds });
  const took = elapsed((endOf(rollout, now) - beginOf(rollout, now)) / 1000);
  return [
    [`${plain(scaleSetName(rollout.scaleSet))}  `, 'strong'],
    ...(SEEN_IN_ROWS.has(rollout.phase)
      ? []
      : [[`${plain(phaseOf(rollout))}  `, toneOf(rollout.phase)] as const]),
    ...(total === 0 || rollout.noop === true ? [] : barSpans(upgraded, total)),
    ...(rolledBack > 0 ? [[`${live.rolledBack(rolledBack)}  `] as const] : []),
    ...(position < 0 ? [] : [[`${live.batchOf(position + 1, rollout.batches?.length ?? 0)}  `] as const]),
    [left === undefined ? took : `${took}, ${live.left(left)}`],
  ];
}

function phaseOf({ phase, noop }: Rollout): string {
  return noop === true ? live.noop(phase) : phase;
}

function barSpans(upgraded: number, total: number): readonly Span[] {
  const full = Math.round((upgraded / total) * BAR);
  return [
    ['█'.repeat(full), 'good'],
    ['░'.repeat(BAR - full), 'quiet'],
    [` ${live.done(upgraded, total)}  `],
  ];
}

function beginOf({ startedAt, createdAt }: Rollout, now: number): number {
  const begin = startedAt ?? createdAt;
  return begin ? Date.parse(begin) : now;
}

function endOf({ endedAt }: Rollout, now: number): number {
  return endedAt ? Date.parse(endedAt) : now;
}

/** `▶ update domain 2  1/3 healthy  2✓ 7… 12✗ unhealthy  0:40` */
export function batchSpans(batch: Batch, instances: readonly Instance[], now: number): readonly Span[] {
  const tone = toneOf(batch.phase);
  const mine = instances.filter(({ instanceId }) => batch.instances.includes(instanceId));
  const healthy = mine.filter(({ phase }) => phase === 'succeeded').length;
  const took = tookOf(batch, now);
  return [
    [`  ${markOf(batch.phase)} `, tone],
    [`${pad(plain(batch.name), NAME)} `, batch.phase === 'pending' ? 'quiet' : undefined],
    ...(mine.length === 0 || batch.phase === 'pending'
      ? [[`${plain(batch.phase)}  ${idRanges(batch.instances)}`, 'quiet'] as const]
      : [[`${live.healthy(healthy, batch.instances.length)}  `] as const, ...instanceSpans(batch, mine)]),
    ...(took === undefined ? [] : [[`  ${took}`] as const]),
  ];
}

/** One by one while they change; in few words before and after. */
function instanceSpans(batch: Batch, mine: readonly Instance[]): readonly Span[] {
  if (batch.endedAt && mine.every(({ phase }) => phase === 'succeeded')) return [[idRanges(batch.instances)]];
  return mine.flatMap((instance, index) => {
    const phase = instance.phase ?? 'pending';
    const gap = index === mine.length - 1 ? '' : ' ';
    const health = phase === 'failed' && instance.health ? ` ${plain(instance.health)}` : '';
    return [
      [plain(instance.instanceId)],
      [`${SIGNS[phase] ?? ''}${health}${gap}`, toneOf(phase)],
    ] satisfies Span[];
  });
}

function tookOf({ startedAt, endedAt }: Batch, now: number): string | undefined {
  if (!startedAt) return undefined;
  return elapsed(((endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt)) / 1000);
}

const MARKS: Readonly<Record<string, string>> = {
  succeeded: '✓',
  failed: '✗',
  rolledBack: '↺',
  skipped: '-',
  pending: '·',
};

const SIGNS: Readonly<Record<string, string>> = {
  succeeded: '✓',
  upgrading: '…',
  settling: '…',
  failed: '✗',
  quarantined: '!',
  rolledBack: '↺',
  skipped: '-',
  gone: '×',
};

const TONES: Readonly<Record<string, Tone>> = {
  succeeded: 'good',
  failed: 'bad',
  halted: 'bad',
  refused: 'bad',
  rejected: 'bad',
  quarantined: 'bad',
  rolledBack: 'busy',
  pending: 'quiet',
  skipped: 'quiet',
  gone: 'quiet',
};

function markOf(phase: string): string {
  return MARKS[phase] ?? '▶';
}

/** Whatever is neither over nor before its begin is at work. */
export function toneOf(phase: string): Tone {
  return TONES[phase] ?? 'busy';
}
