import { z } from 'zod';
import {
  CAMPAIGN_PHASES,
  campaignFailure,
  campaignSet,
  SET_PHASES,
  STAGE_PHASES,
} from '../../core/campaign/campaign.ts';
import { CAMPAIGN_COMMANDS } from '../../core/campaign/commands.ts';
import { count, maybe, text, texts, time } from '../../core/model/schemas.ts';
import { bool, json, orNull } from './parts.ts';

const counts = z.strictObject({
  total: count,
  pending: count,
  running: count,
  succeeded: count,
  failed: count,
  skipped: count,
  rolledBack: count,
});

export const CampaignStage = z.strictObject({
  index: count,
  name: text,
  phase: z.enum(STAGE_PHASES),
  scaleSets: counts,
  minSuccessPercent: count,
  allowedFailures: count,
  concurrency: count,
  soakSeconds: count,
  approvalsNeeded: count,
  startedAt: orNull(time),
  endedAt: orNull(time),
  approvedBy: texts,
});

const wait = z.strictObject({
  kind: z.enum(['approval', 'soak']),
  stage: count,
  since: maybe(time),
  until: time,
  message: text,
});

const { scaleSet, rolloutId, undoId, code, message, startedAt, endedAt } = campaignSet.shape;

/** Where one scale set of a campaign stands. */
export const CampaignScaleSet = z.strictObject({
  scaleSet,
  stage: count,
  group: text,
  phase: z.enum(SET_PHASES),
  rolloutId,
  undoId,
  touched: maybe(bool),
  code,
  message,
  startedAt,
  endedAt,
});

const campaign = {
  id: text,
  name: text,
  phase: z.enum(['paused', ...CAMPAIGN_PHASES]),
  requestedBy: text,
  rollbackOf: maybe(text),
  reason: orNull(text),
  labels: z.record(text, text),
  createdAt: time,
  startedAt: orNull(time),
  endedAt: orNull(time),
  version: orNull(text),
  stage: orNull(count),
  next: z.array(z.strictObject({ command: z.enum([...CAMPAIGN_COMMANDS, 'undo']), stage: maybe(count) })),
  waitingFor: maybe(wait),
  paused: maybe(z.strictObject({ by: orNull(text), since: time, reason: maybe(text) })),
  failure: maybe(campaignFailure),
  scaleSets: counts,
};

export const CampaignSummary = z.strictObject(campaign);

export const Campaign = z.strictObject({
  ...campaign,
  denied: maybe(z.array(z.strictObject({ command: z.enum([...CAMPAIGN_COMMANDS, 'undo']), message: text }))),
  change: z.record(text, json),
  stages: z.array(CampaignStage),
  members: z.array(CampaignScaleSet),
});

export const CampaignPage = z.strictObject({ value: z.array(CampaignSummary), nextLink: maybe(text) });

export const CampaignEvents = z.strictObject({
  value: z.array(
    z.strictObject({
      sequence: count,
      time,
      message: text,
      stage: maybe(count),
      scaleSet: maybe(text),
      by: maybe(text),
    }),
  ),
});

/** What a campaign would do to one scale set. */
export const PlannedScaleSet = z.strictObject({
  scaleSet,
  group: text,
  skipped: bool,
  reason: maybe(text),
  heldBy: maybe(text),
  code: maybe(text),
  plan: maybe(z.strictObject({ instances: count, batches: count, seconds: count })),
});

/** What a campaign would do. */
export const CampaignPlan = z.strictObject({
  name: text,
  version: orNull(text),
  total: count,
  skipped: count,
  planned: count,
  refused: count,
  hidden: count,
  stages: z.array(
    z.strictObject({
      index: count,
      name: text,
      concurrency: count,
      allowedFailures: count,
      needsApproval: bool,
      soakSeconds: count,
      expectedSeconds: orNull(count),
      scaleSets: z.array(PlannedScaleSet),
    }),
  ),
});
