import type { Command } from 'commander';
import { z } from 'zod';
import { call } from '../../client/call.ts';
import type { CampaignSpec } from '../../client/types.ts';
import { read, retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import type { CliCommand, CliFamily } from '../command.ts';
import { addWaitOptions } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { campaignIdOf } from '../find/campaign-id.ts';
import { scaleSetIdOf } from '../find/scale-set.ts';
import { campaignHelp, campaigns as said } from '../messages/campaigns.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { campaignTable, campaignText, planText } from '../show/campaign.ts';
import { table } from '../show/table.ts';
import { scaleSetName } from '../show/text.ts';
import { readJsonFile } from '../spec/json-file.ts';
import { collectList, parseCount } from '../spec/values.ts';
import { campaignShape as shape, campaignList } from '../api/campaigns.ts';
import { followCampaign, type WaitForCampaign } from '../watch/campaign.ts';

const Plan = z.looseObject({
  version: z.string().nullable(),
  total: z.number(),
  skipped: z.number(),
  stages: z.array(
    z.looseObject({
      name: z.string(),
      scaleSets: z.array(
        z.looseObject({
          scaleSet: z.string(),
          group: z.string(),
          skipped: z.boolean(),
          reason: z.string().optional(),
          heldBy: z.string().optional(),
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

interface ListOptions extends OutputOptions {
  readonly top: number;
}

const list: CliCommand<ListOptions> = {
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

const show: CliCommand<OutputOptions> = {
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

const events: CliCommand<OutputOptions> = {
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

const watch: CliCommand<WaitForCampaign> = {
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

interface SendOptions extends OutputOptions {
  readonly reason?: string;
  readonly stage?: number;
  readonly scaleSet?: readonly string[];
}

type Verb = 'pause' | 'resume' | 'approve' | 'skip' | 'retry' | 'abort' | 'rollback';

function command(name: Verb, options: (command: Command) => Command = (one) => one): CliCommand<SendOptions> {
  return {
    name,
    summary: campaignHelp.commands[name],
    examples: [`campaigns ${name} 32ca --reason "alerts in west"`],
    define: (one) =>
      addOutputOption(
        options(one.argument('<id>', campaignHelp.id)).option('--reason <text>', 'why, for the record'),
      ),
    run: async ({ args: [meant = ''], options: given }, context) =>
      send(context, { id: await campaignIdOf(context, meant), name }, given),
  };
}

async function send(
  context: Context,
  { id, name }: { readonly id: string; readonly name: Verb },
  { reason, stage, scaleSet, ...options }: SendOptions,
): Promise<ExitCode> {
  const scaleSets = scaleSet && (await Promise.all(scaleSet.map((named) => scaleSetIdOf(context, named))));
  const body = { reason, stage, scaleSets };
  const asked = {
    ...call(`${name}Campaign`, { path: { id }, body }),
    headers: { 'idempotency-key': context.randomId() },
  };
  const answer = await sendPatiently(context, asked, { repeatable: true });
  const campaign = understand(context, answer, shape);
  context.err(`${said.sent(name, campaign.id)}\n`);
  await print(context, campaign, { ...options, words: campaignText });
  return EXIT.done;
}

const named = (one: Command): Command =>
  one.option('--scale-set <ids>', 'resource ids of scale sets (repeatable)', collectList(String));

export const campaigns: CliFamily = {
  name: 'campaigns',
  summary: 'one change over many scale sets, stage by stage',
  members: [
    start,
    plan,
    list,
    show,
    events,
    watch,
    command('pause'),
    command('resume'),
    command('approve', (one) =>
      one.option('--stage <index>', 'the stage that is meant, counted from 0', parseCount),
    ),
    command('skip', named),
    command('retry', named),
    command('abort'),
    command('rollback'),
  ],
};
