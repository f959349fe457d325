import { z } from 'zod';
import { call } from '../../client/call.ts';
import { campaignList, campaignShape as shape } from '../api/campaigns.ts';
import { read } from '../api/client.ts';
import type { CliCommand } from '../command.ts';
import { addWaitOptions } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { campaignIdOf } from '../find/campaign-id.ts';
import { campaignHelp } from '../messages/campaigns.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { campaignTable, campaignText } from '../show/campaign.ts';
import { table } from '../show/table.ts';
import { scaleSetName } from '../show/text.ts';
import { parseCount } from '../spec/values.ts';
import { followCampaign, type WaitForCampaign } from '../watch/campaign.ts';

interface ListOptions extends OutputOptions {
  readonly top: number;
}

export const list: CliCommand<ListOptions> = {
  name: 'list',
  summary: 'campaigns, newest first',
  examples: ['campaigns list', 'campaigns list --query "[?phase==\'paused\'].id" -o tsv'],
  define: (line) => addOutputOption(line.option('--top <count>', 'at most this many', parseCount, 20)),
  async run({ options }, context) {
    const query = { top: Math.min(50, options.top) };
    const { value } = await read(context, call('getCampaigns', { query }), campaignList);
    await print(context, value, { ...options, words: campaignTable });
    return EXIT.done;
  },
};

export const show: CliCommand<OutputOptions> = {
  name: 'show',
  summary: 'one campaign, with its stages and scale sets',
  examples: ['campaigns show @latest'],
  define: (line) => addOutputOption(line.argument('<id>', campaignHelp.id)),
  async run({ args: [named = ''], options }, context) {
    const id = await campaignIdOf(context, named);
    const campaign = await read(context, call('getCampaign', { path: { id } }), shape);
    await print(context, campaign, { ...options, words: campaignText });
    return EXIT.done;
  },
};

const Happened = z.looseObject({
  value: z.array(
    z.looseObject({
      time: z.string(),
      message: z.string(),
      stage: z.number().nullish(),
      scaleSet: z.string().nullish(),
      by: z.string().nullish(),
    }),
  ),
});

export const events: CliCommand<OutputOptions> = {
  name: 'events',
  summary: 'what happened to a campaign, oldest first',
  examples: ['campaigns events 32ca'],
  define: (line) => addOutputOption(line.argument('<id>', campaignHelp.id)),
  async run({ args: [named = ''], options }, context) {
    const id = await campaignIdOf(context, named);
    const { value } = await read(context, call('getCampaignEvents', { path: { id } }), Happened);
    const lines = (all: typeof value): string =>
      table(
        ['Time', 'Stage', 'ScaleSet', 'By', 'What'],
        all.map(({ time, stage, scaleSet, by, message }) => [
          time,
          stage,
          scaleSet && scaleSetName(scaleSet),
          by,
          message,
        ]),
      );
    await print(context, value, { ...options, words: lines });
    return EXIT.done;
  },
};

export const watch: CliCommand<WaitForCampaign> = {
  name: 'watch',
  summary: 'follow a campaign to its end; the exit code says how it ended',
  examples: ['campaigns watch @latest'],
  define: (line) => addOutputOption(addWaitOptions(line.argument('<id>', campaignHelp.id))),
  async run({ args: [named = ''], options }, context) {
    const id = await campaignIdOf(context, named);
    const campaign = await read(context, call('getCampaign', { path: { id } }), shape);
    return followCampaign(context, campaign, { ...options, wait: true });
  },
};
