import { z } from 'zod';
import { count, flag, maybe, text, texts, time } from '../model/schemas.ts';
import { END_PHASES } from '../record/phase.ts';
import type { CampaignSpec } from './spec.ts';
import { starter } from './starter.ts';

export const CAMPAIGN_ENDS = [
  'succeeded',
  'rolledBack',
  'halted',
  'failed',
  'refused',
  'rejected',
  'cancelled',
] as const;
export const CAMPAIGN_PHASES = [
  'accepted',
  'planning',
  'waiting',
  'running',
  'soaking',
  'rollingBack',
  ...CAMPAIGN_ENDS,
] as const;
export type CampaignPhase = (typeof CAMPAIGN_PHASES)[number];
export type CampaignEnd = (typeof CAMPAIGN_ENDS)[number];

export const STAGE_PHASES = ['pending', 'waiting', 'running', 'soaking', 'succeeded', 'failed'] as const;

/**
 * Where one scale set stands. `starting` and `undoing` without a rollout are intents: whoever goes on with the campaign
 * carries them out, or finds that it was done.
 */
export const SET_PHASES = [
  'pending',
  'starting',
  'running',
  'succeeded',
  'failed',
  'skipped',
  'undoing',
  'rolledBack',
  'undoFailed',
] as const;

export const campaignSet = z.strictObject({
  scaleSet: text,
  /** As it was listed when the campaign began. */
  location: maybe(text),
  capacity: maybe(count),
  /** Those of its tags that the policy read then: they decide who may do what with it. */
  tags: maybe(z.record(text, text)),
  /** Both count from 0. */
  stage: count,
  group: count,
  phase: z.enum(SET_PHASES),
  /** How many rollouts were begun, or were to be: each has an idempotency key of its own. */
  attempt: count,
  rolloutId: maybe(text),
  /** How that has ended, and whether there is anything to undo. */
  end: maybe(z.enum(END_PHASES)),
  isTouched: flag,
  undoId: maybe(text),
  code: maybe(text),
  message: maybe(text),
  /** Since when another rollout holds the set, and when it is tried again. */
  busySince: maybe(time),
  againAt: maybe(time),
  startedAt: maybe(time),
  endedAt: maybe(time),
  /** The last command that its rollout was sent. */
  told: maybe(text),
});
export type CampaignSet = Readonly<z.infer<typeof campaignSet>>;

const stage = z.strictObject({
  phase: z.enum(STAGE_PHASES),
  startedAt: maybe(time),
  endedAt: maybe(time),
  gateSince: maybe(time),
  gateUntil: maybe(time),
  soakUntil: maybe(time),
  /** Who has approved it. */
  approvedBy: maybe(texts),
});
export type CampaignStage = Readonly<z.infer<typeof stage>>;

export const campaignFailure = z.strictObject({
  code: text,
  message: text,
  remedy: text,
  stage: maybe(count),
});

const campaignPause = z.strictObject({
  /** Absent where a failure did. */
  by: maybe(text),
  at: time,
  reason: maybe(text),
});

/** One campaign, as stored, but for its spec. Only its own activities change it. */
export const campaignRecord = z.strictObject({
  id: text,
  requestedBy: text,
  createdAt: time,
  startedAt: maybe(time),
  endedAt: maybe(time),
  phase: z.enum(CAMPAIGN_PHASES),
  direction: z.enum(['forward', 'rollback', 'stop']),
  /** Whoever requested it is an admin, too: tags that the policy reads may be changed, and what the app runs on. */
  byAdmin: flag,
  /** Absent in those of earlier builds, which only somebody with a role everywhere could start. */
  starter: maybe(starter),
  /** The campaign that it undoes. */
  rollbackOf: maybe(text),
  /** Of its idempotency key, which goes with it. */
  keyRow: maybe(text),
  /** The stage that it is in. */
  stage: count,
  stages: z.array(stage),
  /** The one version that all its rollouts take, where the change names an image of the marketplace. */
  version: maybe(text),
  paused: maybe(campaignPause),
  failure: maybe(campaignFailure),
  /** The last command that steers its rollouts, and who gave it. */
  steering: maybe(z.strictObject({ sequence: count, by: text, reason: maybe(text) })),
  seenCommand: count,
  lastEvent: count,
});
export type CampaignRecord = Readonly<z.infer<typeof campaignRecord>>;

export interface Campaign {
  readonly record: CampaignRecord;
  readonly spec: CampaignSpec;
  readonly sets: readonly CampaignSet[];
}

export function isOver(phase: CampaignPhase): phase is CampaignEnd {
  return (CAMPAIGN_ENDS as readonly string[]).includes(phase);
}

export interface SetCounts {
  readonly total: number;
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly rolledBack: number;
}

const COUNTED: Readonly<Record<CampaignSet['phase'], Exclude<keyof SetCounts, 'total'>>> = {
  pending: 'pending',
  starting: 'pending',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'skipped',
  undoing: 'running',
  rolledBack: 'rolledBack',
  undoFailed: 'failed',
};

export function countSets(sets: readonly CampaignSet[]): SetCounts {
  const counts = {
    total: sets.length,
    pending: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    skipped: 0,
    rolledBack: 0,
  };
  for (const { phase } of sets) counts[COUNTED[phase]] += 1;
  return counts;
}
