import { allowedFailures } from '../core/campaign/budget.ts';
import { stageSeconds } from '../core/campaign/estimate.ts';
import type { CampaignSpec, StageSpec } from '../core/campaign/spec.ts';
import type { CampaignPreview, PlannedSet } from '../operations/campaigns/preview-campaign.ts';
import type * as Api from './api/campaign.ts';
import type { Answer } from './api/parts.ts';
import { groupOf } from './campaign-shapes.ts';

/** What a campaign would do, stage by stage. */
export function campaignPlanShape(
  spec: CampaignSpec,
  { sets, version, hidden }: Extract<CampaignPreview, { kind: 'planned' }>,
): Answer<typeof Api.CampaignPlan> {
  return {
    name: spec.name,
    version: version ?? null,
    total: sets.length,
    skipped: sets.filter(({ phase }) => phase === 'skipped').length,
    planned: sets.filter(({ planned }) => planned?.kind === 'planned').length,
    refused: sets.filter(({ planned }) => planned?.kind === 'refused').length,
    hidden,
    stages: spec.stages.map((stage, index) => {
      const own = sets.filter((set) => set.stage === index);
      return {
        index,
        name: stage.name,
        concurrency: stage.concurrency,
        allowedFailures: allowedFailures(stage, own),
        needsApproval: stage.approval !== undefined,
        soakSeconds: stage.soakSeconds,
        expectedSeconds: secondsOf(stage, own),
        scaleSets: own.map((set) => plannedShape(set, spec)),
      };
    }),
  };
}

function plannedShape(
  { scaleSet, phase, message, heldBy, planned, ...set }: PlannedSet,
  spec: CampaignSpec,
): Answer<typeof Api.PlannedScaleSet> {
  const reason = message ?? (planned?.kind === 'planned' ? undefined : planned?.message);
  return {
    scaleSet,
    group: groupOf(set, spec),
    skipped: phase === 'skipped',
    ...(reason !== undefined && { reason }),
    ...(heldBy !== undefined && { heldBy }),
    ...(planned?.kind === 'refused' && { code: planned.code }),
    ...(planned?.kind === 'planned' && { plan: planned.plan }),
  };
}

/** Unknown where that of a set is that would be upgraded. */
function secondsOf(stage: StageSpec, sets: readonly PlannedSet[]): number | null {
  const begun = sets.filter(({ phase, planned }) => phase !== 'skipped' && planned?.kind !== 'refused');
  const timed = begun.flatMap(({ group, planned }) =>
    planned?.kind === 'planned' ? [{ group, seconds: planned.plan.seconds }] : [],
  );
  return timed.length < begun.length ? null : Math.round(stageSeconds(stage, timed));
}
