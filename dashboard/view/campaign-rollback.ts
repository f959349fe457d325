import type { Campaign, CampaignScaleSet, CampaignStage } from '../../client/types.ts';
import { secondsBetween } from './time.ts';

/** What a rollback of the whole campaign does in one stage. */
export interface UndoneStage {
  readonly name: string;
  /** Scale sets that are undone by a rollout each, in the order in which they go. */
  readonly undone: readonly CampaignScaleSet[];
  /** Scale sets at work: their own rollouts roll back. */
  readonly running: readonly CampaignScaleSet[];
  /** About how long, where it takes as long as the upgrade did. */
  readonly seconds: number;
}

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'undoFailed']);

/** What it costs to roll the campaign back now: the last stage first, in each the last scale set first. */
export function rollbackOf({ stages, members }: Campaign, now: number): readonly UndoneStage[] {
  return stages.toReversed().flatMap((stage) => {
    const own = members.filter((member) => member.stage === stage.index).toReversed();
    const undone = own.filter(({ phase, touched }) => touched === true && ENDED.has(phase));
    const running = own.filter(({ phase }) => phase === 'running');
    if (undone.length + running.length === 0) return [];
    return [{ name: stage.name, undone, running, seconds: secondsOf(stage, [...undone, ...running], now) }];
  });
}

function secondsOf(
  { concurrency }: CampaignStage,
  members: readonly CampaignScaleSet[],
  now: number,
): number {
  const took = members.map(
    ({ startedAt = null, endedAt = null }) => secondsBetween(startedAt, endedAt, now) ?? 0,
  );
  const all = took.reduce((sum, seconds) => sum + seconds, 0);
  return Math.max(all / Math.max(1, concurrency), ...took);
}
