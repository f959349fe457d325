import type { Rollout } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { live } from '../messages/live.ts';
import { currentBatch, waitAndWayOut } from '../show/rollout.ts';
import { idRanges, plain } from '../show/text.ts';
import type { Progress } from './progress.ts';

/** Where nothing can be repainted: `01:05:50 batch 3/6 (ud 2) upgrading 2, 7, 12 [6/15]`, a line for each change. */
export function linePerChange({ err, clock }: Context): Progress {
  let last = '';
  const say = (text: string) => err(`${new Date(clock.now()).toISOString().slice(11, 19)} ${plain(text)}\n`);
  return {
    needsInstances: false,
    show(rollout) {
      const now = lineOf(rollout);
      if (now !== last) say(now);
      last = now;
    },
    note: say,
    tick: () => undefined,
  };
}

/** Phases in which instances of the batch change. */
const AT_WORK = new Set(['upgrading', 'settling', 'soaking']);

function lineOf(rollout: Rollout): string {
  const { phase, failure, batches = [] } = rollout;
  const batch = currentBatch(rollout);
  const why = failure ? live.failure(failure.code, failure.message) : waitAndWayOut(rollout);
  const state = [
    ...(batch === undefined
      ? []
      : [
          live.batchOf((batches?.indexOf(batch) ?? 0) + 1, batches?.length ?? 0),
          live.named(live.short(batch.name)),
        ]),
    rollout.noop === true ? live.noop(phase) : phase,
    ...(batch !== undefined && AT_WORK.has(phase) ? [idRanges(batch.instances)] : []),
    ...tallyOf(rollout),
  ].join(' ');
  return why === undefined ? state : `${state}: ${why}`;
}

function tallyOf({ instances }: Rollout): readonly string[] {
  if (!instances?.['total']) return [];
  const others = ['failed', 'skipped', 'gone']
    .filter((name) => (instances[name] ?? 0) > 0)
    .map((name) => live.some(instances[name] ?? 0, name));
  const back = instances['rolledBack'] ?? 0;
  return [
    live.tally(instances['upgraded'] ?? 0, instances['total'], [
      ...others,
      ...(back > 0 ? [live.rolledBack(back)] : []),
    ]),
  ];
}
