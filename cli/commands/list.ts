import { call, type Call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { shapes, type Rollout, type RolloutPage } from '../api/shapes.ts';
import type { CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { scaleSetIdOf } from '../find/scale-set.ts';
import { choice } from '../parse/choice.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { rolloutTable } from '../show/rollout.ts';
import { PHASES, type Phase } from '../spec/phases.ts';
import { parseSome } from '../spec/values.ts';
import { rollout as words } from '../messages/rollout.ts';

/** The most that the app gives at once. */
const PAGE = 100;

interface ListOptions extends OutputOptions {
  readonly scaleSet?: string;
  readonly phase?: Phase;
  readonly top: number;
}

export const list: CliCommand<ListOptions> = {
  name: 'list',
  summary: 'list rollouts, newest first',
  examples: ['list', 'list --phase waiting', 'list --top 100 -o json'],
  define: (command) =>
    addOutputOption(
      command
        .option('--scale-set <name>', 'only those of this scale set')
        .addOption(choice('--phase <phase>', 'only those in this phase', PHASES))
        .option('--top <count>', 'at most this many', parseSome, 20),
    ),
  async run({ options }, context) {
    const { found, more } = await firstRollouts(context, options);
    await print(context, found, { ...options, words: rolloutTable });
    if (more) context.err(`${words.moreThan(options.top, options.top * 5)}\n`);
    return EXIT.done;
  },
};

async function firstRollouts(
  context: Context,
  { scaleSet: named, phase, top }: ListOptions,
): Promise<{ found: readonly Rollout[]; more: boolean }> {
  const found: Rollout[] = [];
  const scaleSet = named === undefined ? undefined : await scaleSetIdOf(context, named);
  let page: Call<'getRollouts'> | undefined = call('getRollouts', {
    query: { scaleSet, phase, top: Math.min(top, PAGE) },
  });
  while (page !== undefined && found.length < top) {
    const { value, nextLink }: RolloutPage = await read(context, page, shapes.RolloutPage);
    found.push(...value);
    page = nextLink ? { ...page, path: pathOf(nextLink) } : undefined;
  }
  return { found: found.slice(0, top), more: page !== undefined || found.length > top };
}

/** The link's path and query only: the next page comes from where the first one came. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link, 'http://app');
  return `${pathname.slice(pathname.indexOf('/api/'))}${search}`;
}
