import type { Caller } from '../core/access/caller.ts';
import { denialOf } from '../core/access/rights.ts';
import { allowedFailures } from '../core/campaign/budget.ts';
import { countSets, isOver } from '../core/campaign/campaign.ts';
import type { Campaign as CampaignData, CampaignSet } from '../core/campaign/campaign.ts';
import type { CampaignCommandName } from '../core/campaign/commands.ts';
import { campaignNext, objectionToCampaign } from '../core/campaign/objections.ts';
import type { CampaignSpec } from '../core/campaign/spec.ts';
import { campaigns as words } from '../core/messages/campaigns.ts';
import { shown } from '../core/model/secrets.ts';
import type { Json } from '../core/model/model.ts';
import { hideSecrets } from '../core/spec/hidden.ts';
import type { CampaignPreview } from '../operations/campaigns/preview-campaign.ts';
import type * as Api from './api/campaign.ts';
import type { Answer } from './api/parts.ts';

type Summary = Answer<typeof Api.CampaignSummary>;

/** A campaign as a list shows it to this caller. */
export function campaignSummary(campaign: CampaignData, caller: Caller): Summary {
  const { record, spec, sets } = campaign;
  const waitingFor = waitOf(campaign);
  const hasEnded = isOver(record.phase);
  return {
    id: record.id,
    name: spec.name,
    phase: record.paused !== undefined && !hasEnded ? 'paused' : record.phase,
    requestedBy: record.requestedBy,
    reason: spec.reason ?? null,
    labels: spec.labels ?? {},
    createdAt: record.createdAt,
    startedAt: record.startedAt ?? null,
    endedAt: record.endedAt ?? null,
    version: record.version ?? null,
    stage: sets.length === 0 || hasEnded ? null : record.stage,
    next: nextOf(campaign, caller),
    ...(waitingFor !== undefined && { waitingFor }),
    ...(record.paused !== undefined && !hasEnded && { paused: pauseOf(record.paused) }),
    ...(record.failure !== undefined && { failure: record.failure }),
    scaleSets: countSets(sets),
  };
}

/** A campaign whole: with its stages, and where each of its scale sets stands. */
export function campaignShape(campaign: CampaignData, caller: Caller): Answer<typeof Api.Campaign> {
  const { spec, sets } = campaign;
  const denied = deniedIn(campaign, caller);
  return {
    ...campaignSummary(campaign, caller),
    ...(denied.length > 0 && { denied }),
    change: changeShown(spec),
    stages: campaign.record.stages.map((_, index) => stageShape(campaign, index)),
    members: sets.map((set) => memberShape(set, spec)),
  };
}

function pauseOf({ by, at, reason }: NonNullable<CampaignData['record']['paused']>) {
  return { by: by ?? null, since: at, ...(reason !== undefined && { reason }) };
}

function nextOf(campaign: CampaignData, caller: Caller): Summary['next'] {
  const { stage } = campaign.record;
  const denied = new Set(deniedIn(campaign, caller).map(({ command }) => command));
  return campaignNext(campaign).flatMap((command) =>
    denied.has(command) ? [] : [{ command, ...(command === 'approve' && { stage }) }],
  );
}

/** What is possible now, but not for this caller, and why. */
function deniedIn(
  campaign: CampaignData,
  caller: Caller,
): readonly { readonly command: CampaignCommandName; readonly message: string }[] {
  const { requestedBy } = campaign.record;
  return campaignNext(campaign).flatMap((command) => {
    const message =
      denialOf(command, caller, { requestedBy })?.message ??
      objectionToCampaign({ command, by: caller.name }, campaign)?.message;
    return message === undefined ? [] : [{ command, message }];
  });
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

function stageShape({ record, spec, sets }: CampaignData, index: number): Answer<typeof Api.CampaignStage> {
  const own = sets.filter(({ stage }) => stage === index);
  const [asked, stage] = [spec.stages[index], record.stages[index]];
  return {
    index,
    name: asked?.name ?? '',
    phase: stage?.phase ?? 'pending',
    scaleSets: countSets(own),
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
function atOnce({ concurrency, groups }: CampaignSpec['stages'][number]): number {
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
    ...set
  }: CampaignSet,
  spec: CampaignSpec,
): Answer<typeof Api.CampaignScaleSet> {
  return { ...set, group: groupOf(set, spec), ...(isTouched === true && { touched: true }) };
}

function groupOf({ stage, group }: Pick<CampaignSet, 'stage' | 'group'>, { stages }: CampaignSpec): string {
  return stages[stage]?.groups[group]?.name ?? '';
}

/** Without what nobody is to read. */
function changeShown({ change }: CampaignSpec): Readonly<Record<string, unknown>> {
  const { spec } = hideSecrets({ change } as Parameters<typeof hideSecrets>[0]);
  return shown(spec.change as unknown as Json) as Readonly<Record<string, unknown>>;
}

/** What a campaign would do, stage by stage. */
export function campaignPlanShape(
  spec: CampaignSpec,
  { sets, version }: Extract<CampaignPreview, { kind: 'planned' }>,
): Answer<typeof Api.CampaignPlan> {
  return {
    name: spec.name,
    version: version ?? null,
    total: sets.length,
    skipped: sets.filter(({ phase }) => phase === 'skipped').length,
    stages: spec.stages.map((stage, index) => {
      const own = sets.filter((set) => set.stage === index);
      return {
        index,
        name: stage.name,
        concurrency: stage.concurrency,
        allowedFailures: allowedFailures(stage, own),
        needsApproval: stage.approval !== undefined,
        soakSeconds: stage.soakSeconds,
        scaleSets: own.map(({ scaleSet, phase, message, heldBy, forbidden, ...set }) => {
          const reason = message ?? forbidden;
          return {
            scaleSet,
            group: groupOf(set, spec),
            skipped: phase === 'skipped',
            ...(reason !== undefined && { reason }),
            ...(heldBy !== undefined && { heldBy }),
          };
        }),
      };
    }),
  };
}
