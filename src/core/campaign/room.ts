import type { CampaignSet } from './campaign.ts';
import type { StageSpec } from './spec.ts';
import type { Draft } from './turn.ts';

/** It is to begin, and another rollout holds it. */
export function isWaitingInVain({ phase, againAt }: CampaignSet): boolean {
  return phase === 'starting' && againAt !== undefined;
}

function isAtWork(set: CampaignSet): boolean {
  return ['starting', 'running', 'undoing'].includes(set.phase) && set.againAt === undefined;
}

export interface Room {
  /** Takes a place for a set of this group; false where there is none. */
  take(group: number): boolean;
}

/** How many more sets of a stage may be at work, in all and in each group. */
export function roomIn({ sets }: Pick<Draft, 'sets'>, spec: StageSpec, stage: number): Room {
  const busy = sets.filter((set) => set.stage === stage && isAtWork(set));
  const inGroups = spec.groups.map(
    ({ concurrency }, group) => concurrency - busy.filter((set) => set.group === group).length,
  );
  let left = spec.concurrency - busy.length;
  return {
    take(group) {
      const inGroup = inGroups[group] ?? 0;
      if (left <= 0 || inGroup <= 0) return false;
      left -= 1;
      inGroups[group] = inGroup - 1;
      return true;
    },
  };
}
