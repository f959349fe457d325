import { z } from 'zod';
import { call } from '../../client/call.ts';
import type { StrategyBody } from '../../client/types.ts';
import { read, send, sendPatiently, understand } from '../api/client.ts';
import type { CliCommand, CliFamily } from '../command.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { done } from '../messages/done.ts';
import { strategyHelp } from '../messages/help.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { genericText } from '../show/generic.ts';
import { table } from '../show/table.ts';
import { plain } from '../show/text.ts';
import { readJsonFile } from '../spec/json-file.ts';

const List = z.looseObject({
  value: z.array(z.looseObject({ name: z.string(), number: z.number(), by: z.string(), at: z.string() })),
});

const Anything = z.looseObject({});

interface ReasonOptions extends OutputOptions {
  readonly reason?: string;
}

const list: CliCommand<OutputOptions> = {
  name: 'list',
  summary: 'all named strategies',
  examples: ['strategies list'],
  define: addOutputOption,
  async run({ options }, context) {
    const { value } = await read(context, call('getStrategies', {}), List);
    const words = (all: typeof value): string =>
      table(
        ['Name', 'Version', 'By', 'At'],
        all.map(({ name, number, by, at }) => [name, number, by, at]),
      );
    await print(context, value, { ...options, words });
    return EXIT.done;
  },
};

const show: CliCommand<OutputOptions> = {
  name: 'show',
  summary: 'one strategy, with every version of it',
  examples: ['strategies show careful', 'strategies show careful --query strategy -o json > careful.json'],
  define: (command) => addOutputOption(command.argument('<name>', strategyHelp.name)),
  async run({ args: [name = ''], options }, context) {
    const shown = await read(context, call('getStrategy', { path: { strategy: name } }), Anything);
    await print(context, shown, { ...options, words: genericText });
    return EXIT.done;
  },
};

const set: CliCommand<ReasonOptions> = {
  name: 'set',
  summary: 'make a strategy, or replace the one of that name',
  examples: ['strategies set careful careful.json --reason "what production takes"'],
  define: (command) =>
    addOutputOption(
      command
        .argument('<name>', strategyHelp.name)
        .argument('<file>', 'the whole strategy as JSON, "-" reads standard input')
        .option('--reason <text>', strategyHelp.why),
    ),
  async run({ args: [name = '', file = ''], options }, context) {
    const strategy = await readJsonFile(file, context);
    const body = { strategy, reason: options.reason } as StrategyBody;
    const asked = call('setStrategy', { path: { strategy: name }, body });
    const answer = await send(context, { ...asked, headers: await ifMatch(name, context) });
    context.err(`${plain(done.set(name))}\n`);
    await print(context, understand(context, answer, Anything), { ...options, words: genericText });
    return EXIT.done;
  },
};

const remove: CliCommand<OutputOptions> = {
  name: 'delete',
  summary: 'delete a strategy; rollouts that were accepted keep it',
  examples: ['strategies delete careful'],
  define: (command) => addOutputOption(command.argument('<name>', strategyHelp.name)),
  async run({ args: [name = ''], options }, context) {
    const asked = call('deleteStrategy', { path: { strategy: name } });
    const answer = await send(context, { ...asked, headers: await ifMatch(name, context) });
    context.err(`${plain(done.strategyDeleted(name))}\n`);
    await print(context, understand(context, answer, Anything), { ...options, words: genericText });
    return EXIT.done;
  },
};

export const strategies: CliFamily = {
  name: 'strategies',
  summary: 'strategy, health and approvals under a name, for specs and schedules',
  members: [list, show, set, remove],
};

/** The version that stands; where there is no such strategy, the one before the first. */
async function ifMatch(name: string, context: Context): Promise<Record<string, string>> {
  try {
    const asked = call('getStrategy', { path: { strategy: name } });
    const { headers } = await sendPatiently(context, asked, { repeatable: true });
    return { 'if-match': headers.get('etag') ?? '"strategy-0"' };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return { 'if-match': '"strategy-0"' };
    throw error;
  }
}
