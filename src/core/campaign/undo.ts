import type { CampaignSet } from './campaign.ts';

/** The sets that a campaign has changed and nobody has rolled back, as another campaign takes them that undoes it. */
export function setsToUndo(sets: readonly CampaignSet[]): readonly CampaignSet[] {
  return sets.flatMap((set): readonly CampaignSet[] => {
    const { scaleSet, location, capacity, tags, stage, group, rolloutId, end, isTouched } = set;
    if (isTouched !== true || rolloutId === undefined) return [];
    const phase = end === 'succeeded' ? ('succeeded' as const) : ('failed' as const);
    return [
      {
        scaleSet,
        stage,
        group,
        phase,
        attempt: 0,
        rolloutId,
        isTouched,
        ...(end !== undefined && { end }),
        ...(location !== undefined && { location }),
        ...(capacity !== undefined && { capacity }),
        ...(tags !== undefined && { tags }),
      },
    ];
  });
}
