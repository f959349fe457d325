import type { Caller } from '../core/access/caller.ts';
import { allowedFailures } from '../core/campaign/budget.ts';
import { countSets, isOver } from '../core/campaign/campaign.ts';
import type { Campaign as CampaignData, CampaignSet } from '../core/campaign/campaign.ts';
import { readableBy } from '../core/campaign/rights.ts';
import type { CampaignSpec, StageSpec } from '../core/campaign/spec.ts';
import { campaigns as words } from '../core/messages/campaigns.ts';
import { shown } from '../core/model/secrets.ts';
import type { Json } from '../core/model/model.ts';
import { hideSecrets } from '../core/spec/hidden.ts';
import type * as Api from './api/campaign.ts';
import type { Answer } from './api/parts.ts';
import { deniedIn, nextOf } from './campaign-next.ts';

type Summary = Answer<typeof Api.CampaignSummary>;

/** A campaign as a list shows it to this caller. */
export function campaignSummary(campaign: CampaignData, caller: Caller): Summary {
  const { record, spec } = campaign;
  const sets = readableBy(caller, campaign) ?? [];
  const waitingFor = waitOf(campaign);
  const hasEnded = isOver(record.phase);
  return {
    id: record.id,
    name: spec.name,
    phase: record.paused !== undefined && !hasEnded ? 'paused' : record.phase,
    requestedBy: record.requestedBy,
    ...(record.rollbackOf !== undefined && { rollbackOf: record.rollbackOf }),
    reason: spec.reason ?? null,
    labels: spec.labels ?? {},
    createdAt: record.createdAt,
    startedAt: record.startedAt ?? null,
    endedAt: record.endedAt ?? null,
    version: record.version ?? null,
    stage: campaign.sets.length === 0 || hasEnded ? null : record.stage,
    next: nextOf(campaign, caller),
    ...(waitingFor !== undefined && { waitingFor }),
    ...(record.paused !== undefined && !hasEnded && { paused: pauseOf(record.paused) }),
    ...(record.failure !== undefined && { failure: record.failure }),
    scaleSets: countSets(sets),
  };
}

/** A campaign whole: with its stages, and where each of its scale sets stands. */
export function campaignShape(campaign: CampaignData, caller: Caller): Answer<typeof Api.Campaign> {
  const { spec } = campaign;
  const sets = readableBy(caller, campaign) ?? [];
  const denied = deniedIn(campaign, caller);
  return {
    ...campaignSummary(campaign, caller),
    ...(denied.length > 0 && { denied }),
    change: changeShown(spec),
    stages: campaign.record.stages.map((_, index) => stageShape(campaign, sets, index)),
    members: sets.map((set) => memberShape(set, spec)),
  };
}

function pauseOf({ by, at, reason }: NonNullable<CampaignData['record']['paused']>) {
  return { by: by ?? null, since: at, ...(reason !== undefined && { reason }) };
}

function waitOf({ record, spec }: CampaignData): Summary['waitingFor'] {
  const { stage: index, stages, phase, direction } = record;
  const stage = stages[index];
  if (stage === undefined || isOver(phase) || direction !== 'forward') return undefined;
  const { name = '', approval } = spec.stages[index] ?? {};
  if (stage.phase === 'waiting' && stage.gateUntil !== undefined) {
    const missing = (approval?.quorum ?? 1) - (stage.approvedBy?.length ?? 0);
    const message = words.waitsForApproval(name, missing);
    const since = stage.gateSince === undefined ? {} : { since: stage.gateSince };
    return { kind: 'approval', stage: index, ...since, until: stage.gateUntil, message };
  }
  if (stage.phase !== 'soaking' || stage.soakUntil === undefined) return undefined;
  const message = words.waitsForSoak(name, stage.soakUntil);
  return { kind: 'soak', stage: index, until: stage.soakUntil, message };
}

function stageShape(
  { record, spec, sets }: CampaignData,
  seen: readonly CampaignSet[],
  index: number,
): Answer<typeof Api.CampaignStage> {
  const own = sets.filter(({ stage }) => stage === index);
  const [asked, stage] = [spec.stages[index], record.stages[index]];
  return {
    index,
    name: asked?.name ?? '',
    phase: stage?.phase ?? 'pending',
    scaleSets: countSets(seen.filter((set) => set.stage === index)),
    minSuccessPercent: asked?.minSuccessPercent ?? 100,
    allowedFailures: asked === undefined ? 0 : allowedFailures(asked, own),
    concurrency: asked === undefined ? 1 : atOnce(asked),
    soakSeconds: asked?.soakSeconds ?? 0,
    approvalsNeeded: asked?.approval?.quorum ?? 0,
    startedAt: stage?.startedAt ?? null,
    endedAt: stage?.endedAt ?? null,
    approvedBy: stage?.approvedBy ?? [],
  };
}

/** Its own bound, or that of its groups together. */
function atOnce({ concurrency, groups }: StageSpec): number {
  return Math.min(
    concurrency,
    groups.reduce((sum, group) => sum + group.concurrency, 0),
  );
}

function memberShape(
  {
    attempt: _attempt,
    end: _end,
    isTouched,
    busySince: _busy,
    againAt: _again,
    told: _told,
    location: _location,
    capacity: _capacity,
    tags: _tags,
    ...set
  }: CampaignSet,
  spec: CampaignSpec,
): Answer<typeof Api.CampaignScaleSet> {
  return { ...set, group: groupOf(set, spec), ...(isTouched === true && { touched: true }) };
}

export function groupOf(
  { stage, group }: Pick<CampaignSet, 'stage' | 'group'>,
  { stages }: CampaignSpec,
): string {
  return stages[stage]?.groups[group]?.name ?? '';
}

/** Without what nobody is to read. */
function changeShown({ change }: CampaignSpec): Readonly<Record<string, unknown>> {
  const { spec } = hideSecrets({ change } as Parameters<typeof hideSecrets>[0]);
  return shown(spec.change as unknown as Json) as Readonly<Record<string, unknown>>;
}
