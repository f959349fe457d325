import type { Campaign, CampaignSummary } from '../api/campaigns.ts';
import { fields, table } from './table.ts';
import { elapsed } from './text.ts';

/** Campaigns, a line each. */
export function campaignTable(all: readonly CampaignSummary[]): string {
  return table(
    ['Id', 'Name', 'Phase', 'Done', 'Failed', 'By'],
    all.map(({ id, name, phase, scaleSets, requestedBy }) => [
      id,
      name,
      phase,
      doneOf(scaleSets),
      scaleSets.failed,
      requestedBy,
    ]),
  );
}

function doneOf({ total, succeeded, skipped, rolledBack }: CampaignSummary['scaleSets']): string {
  return `${succeeded + skipped + rolledBack}/${total}`;
}

/** Where a campaign stands, its stages, and each of its scale sets. */
export function campaignText(campaign: Campaign): string {
  const { id, name, phase, version, requestedBy, waitingFor, paused, failure, next } = campaign;
  const head = fields([
    ['id', id],
    ['name', name],
    ['phase', phase],
    ['version', version],
    ['requestedBy', requestedBy],
    ['rollbackOf', campaign.rollbackOf],
    ['waitingFor', waitingFor?.message],
    ['pausedBy', paused?.by],
    ['pausedFor', paused?.reason],
    ['failure', failure?.message],
    ['remedy', failure?.remedy],
    ['next', next.map(({ command }) => command).join(', ')],
  ]);
  const stages = table(
    ['Stage', 'Name', 'Phase', 'Done', 'Failed', 'Allowed'],
    campaign.stages.map((stage) => [
      stage.index,
      stage.name,
      stage.phase,
      doneOf(stage.scaleSets),
      stage.scaleSets.failed,
      stage.allowedFailures,
    ]),
  );
  const members = table(
    ['ScaleSet', 'Stage', 'Group', 'Phase', 'Rollout', 'Why'],
    campaign.members.map(({ scaleSet, stage, group, phase: of, rolloutId, undoId, message }) => [
      scaleSet.split('/').at(-1),
      stage,
      group,
      of,
      undoId ?? rolloutId,
      message,
    ]),
  );
  return `${head}\n${stages}\n${members}`;
}

interface PlanShown {
  readonly version: string | null;
  readonly total: number;
  readonly skipped: number;
  readonly planned: number;
  readonly refused: number;
  readonly hidden: number;
  readonly stages: readonly {
    readonly name: string;
    readonly expectedSeconds: number | null;
    readonly scaleSets: readonly {
      readonly scaleSet: string;
      readonly group: string;
      readonly skipped: boolean;
      readonly reason?: string | undefined;
      readonly heldBy?: string | undefined;
      readonly plan?: { readonly instances: number; readonly batches: number } | undefined;
    }[];
  }[];
}

/** What a campaign would do. */
export function planText({ version, total, skipped, refused, hidden, stages }: PlanShown): string {
  const head = fields([
    ['version', version],
    ['scaleSets', total],
    ['skipped', skipped],
    ['refused', refused],
    ['hidden', hidden === 0 ? undefined : hidden],
    ...stages.map(
      ({ name, expectedSeconds }) =>
        [name, expectedSeconds === null ? undefined : `about ${elapsed(expectedSeconds)}`] as const,
    ),
  ]);
  const rows = stages.flatMap(({ name, scaleSets }) =>
    scaleSets.map(({ scaleSet, group, skipped: isSkipped, reason, heldBy, plan }) => [
      name,
      group,
      scaleSet.split('/').at(-1),
      isSkipped ? 'skipped' : '',
      plan?.instances,
      plan?.batches,
      heldBy,
      reason,
    ]),
  );
  const heads = ['Stage', 'Group', 'ScaleSet', 'Skipped', 'Instances', 'Batches', 'HeldBy', 'Why'];
  return `${head}\n${table(heads, rows)}`;
}
