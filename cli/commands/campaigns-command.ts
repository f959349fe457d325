import type { Command } from 'commander';
import { call } from '../../client/call.ts';
import { campaignShape as shape } from '../api/campaigns.ts';
import { retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import type { CliCommand } from '../command.ts';
import { addWaitOptions } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { campaignIdOf } from '../find/campaign-id.ts';
import { scaleSetIdOf } from '../find/scale-set.ts';
import { campaignHelp, campaigns as said } from '../messages/campaigns.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { campaignText } from '../show/campaign.ts';
import { collectList, parseCount } from '../spec/values.ts';
import { followCampaign, type WaitForCampaign } from '../watch/campaign.ts';

interface SendOptions extends OutputOptions {
  readonly reason?: string;
  readonly stage?: number;
  readonly scaleSet?: readonly string[];
}

type Verb = 'pause' | 'resume' | 'approve' | 'reject' | 'skip' | 'retry' | 'abort' | 'rollback';

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

const staged = (one: Command): Command =>
  one.option('--stage <index>', 'the stage that is meant, counted from 0', parseCount);

interface UndoOptions extends WaitForCampaign {
  readonly reason?: string;
}

const undo: CliCommand<UndoOptions> = {
  name: 'undo',
  summary: campaignHelp.undo,
  examples: ['campaigns undo 32ca --reason "latency since October" --wait'],
  define: (line) =>
    addOutputOption(
      addWaitOptions(line.argument('<id>', campaignHelp.id).option('--reason <text>', 'why, for the record')),
    ),
  async run({ args: [meant = ''], options }, context) {
    const { reason } = options;
    const id = await campaignIdOf(context, meant);
    const body = reason === undefined ? {} : { reason };
    const headers = { 'idempotency-key': context.randomId() };
    const asked = { ...call('undoCampaign', { path: { id }, body }), headers };
    const answer = await sendPatiently(context, asked, { repeatable: true });
    const campaign = understand(context, answer, shape);
    context.err(`${said.undoes(campaign.id, id)}\n`);
    return followCampaign(context, campaign, options, retryAfterSeconds(answer.headers));
  },
};

/** What is done to a campaign. */
export const CAMPAIGN_COMMANDS = [
  command('pause'),
  command('resume'),
  command('approve', staged),
  command('reject', staged),
  command('skip', named),
  command('retry', named),
  command('abort'),
  command('rollback'),
  undo,
];
