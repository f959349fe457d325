import { z } from 'zod';
import { count, maybe, text, texts, time } from '../model/schemas.ts';

export const CAMPAIGN_COMMANDS = [
  'pause',
  'resume',
  'approve',
  'reject',
  'skip',
  'retry',
  'abort',
  'rollback',
] as const;
export type CampaignCommandName = (typeof CAMPAIGN_COMMANDS)[number];

/** One line of a campaign's command log, which is the truth; the event that announces it is a hint. */
export const campaignCommand = z.strictObject({
  sequence: count,
  command: z.enum(CAMPAIGN_COMMANDS),
  by: text,
  at: time,
  reason: maybe(text),
  /** For `approve` and `reject`: the stage whose gate was open when it arrived. */
  stage: maybe(count),
  /** For `skip` and `retry`. */
  scaleSets: maybe(texts),
  idempotencyKey: maybe(text),
  requestHash: maybe(text),
});
export type CampaignCommand = Readonly<z.infer<typeof campaignCommand>>;
