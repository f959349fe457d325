import { z } from 'zod';

/** What the command line reads of a campaign. */
const counts = z.looseObject({
  total: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  skipped: z.number(),
  rolledBack: z.number(),
});

export const campaignSummary = z.looseObject({
  id: z.string(),
  name: z.string(),
  phase: z.string(),
  requestedBy: z.string(),
  rollbackOf: z.string().optional(),
  version: z.string().nullable(),
  next: z.array(z.looseObject({ command: z.string() })),
  waitingFor: z.looseObject({ message: z.string() }).optional(),
  paused: z.looseObject({ by: z.string().nullable(), reason: z.string().optional() }).optional(),
  failure: z.looseObject({ message: z.string(), remedy: z.string() }).optional(),
  scaleSets: counts,
});
export const campaignList = z.looseObject({ value: z.array(campaignSummary) });
export type CampaignSummary = z.infer<typeof campaignSummary>;

export const campaignShape = campaignSummary.extend({
  stages: z.array(
    z.looseObject({
      index: z.number(),
      name: z.string(),
      phase: z.string(),
      scaleSets: counts,
      allowedFailures: z.number(),
    }),
  ),
  members: z.array(
    z.looseObject({
      scaleSet: z.string(),
      stage: z.number(),
      group: z.string(),
      phase: z.string(),
      rolloutId: z.string().optional(),
      undoId: z.string().optional(),
      message: z.string().optional(),
    }),
  ),
});
export type Campaign = z.infer<typeof campaignShape>;
