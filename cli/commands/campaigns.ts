import { z } from 'zod';
import { call } from '../../client/call.ts';
import type { CampaignSpec } from '../../client/types.ts';
import { campaignShape as shape } from '../api/campaigns.ts';
import { read, retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import type { CliCommand, CliFamily } from '../command.ts';
import { addWaitOptions } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { campaignHelp } from '../messages/campaigns.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { planText } from '../show/campaign.ts';
import { readJsonFile } from '../spec/json-file.ts';
import { followCampaign, type WaitForCampaign } from '../watch/campaign.ts';
import { CAMPAIGN_COMMANDS } from './campaigns-command.ts';
import { events, list, show, watch } from './campaigns-read.ts';

const Plan = z.looseObject({
  version: z.string().nullable(),
  total: z.number(),
  skipped: z.number(),
  planned: z.number(),
  refused: z.number(),
  hidden: z.number(),
  stages: z.array(
    z.looseObject({
      name: z.string(),
      expectedSeconds: z.number().nullable(),
      scaleSets: z.array(
        z.looseObject({
          scaleSet: z.string(),
          group: z.string(),
          skipped: z.boolean(),
          reason: z.string().optional(),
          heldBy: z.string().optional(),
          plan: z.looseObject({ instances: z.number(), batches: z.number(), seconds: z.number() }).optional(),
        }),
      ),
    }),
  ),
});

interface StartOptions extends WaitForCampaign {
  readonly idempotencyKey?: string;
}

const start: CliCommand<StartOptions> = {
  name: 'start',
  summary: 'start a campaign; --wait follows it to its end',
  examples: ['campaigns start october.json', 'campaigns start october.json --wait'],
  define: (line) =>
    addOutputOption(
      addWaitOptions(
        line
          .argument('<file>', campaignHelp.file)
          .option('--idempotency-key <key>', 'sent again with the same key, it starts nothing new'),
      ),
    ),
  async run({ args: [file = ''], options }, context) {
    const body = (await readJsonFile(file, context)) as CampaignSpec;
    const headers = { 'idempotency-key': options.idempotencyKey ?? context.randomId() };
    const asked = { ...call('startCampaign', { body }), headers };
    const answer = await sendPatiently(context, asked, { repeatable: true });
    const campaign = understand(context, answer, shape);
    return followCampaign(context, campaign, options, retryAfterSeconds(answer.headers));
  },
};

const plan: CliCommand<OutputOptions> = {
  name: 'plan',
  summary: 'what a campaign would do: its scale sets by stage, and the one version; writes nothing',
  examples: ['campaigns plan october.json'],
  define: (line) => addOutputOption(line.argument('<file>', campaignHelp.file)),
  async run({ args: [file = ''], options }, context) {
    const body = (await readJsonFile(file, context)) as CampaignSpec;
    const found = await read(context, call('planCampaign', { body }), Plan);
    await print(context, found, { ...options, words: planText });
    return EXIT.done;
  },
};

export const campaigns: CliFamily = {
  name: 'campaigns',
  summary: 'one change over many scale sets, stage by stage',
  members: [start, plan, list, show, events, watch, ...CAMPAIGN_COMMANDS],
};
