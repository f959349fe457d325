import { call, type Call, type Given } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { shapes, type Rollout, type RolloutPage } from '../api/shapes.ts';
import type { CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { rolloutTable } from '../show/rollout.ts';
import { parseCount } from '../spec/values.ts';

type Phase = NonNullable<NonNullable<Given<'getRollouts'>['query']>['phase']>;

interface ListOptions extends OutputOptions {
  readonly scaleSet?: string;
  /** Whatever was typed: the app says which phases there are. */
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
        .option('--scale-set <id>', 'only those of this scale set')
        .option('--phase <phase>', 'only those in this phase')
        .option('--top <count>', 'at most this many', parseCount, 20),
    ),
  async run({ options }, context) {
    const { found, more } = await firstRollouts(context, options);
    print(context, found, { output: options.output, words: rolloutTable });
    if (more) context.err(`there are more than ${options.top}: list --top ${options.top * 5}\n`);
    return EXIT.done;
  },
};

async function firstRollouts(
  context: Context,
  { scaleSet, phase, top }: ListOptions,
): Promise<{ found: readonly Rollout[]; more: boolean }> {
  const found: Rollout[] = [];
  let page: Call<'getRollouts'> | undefined = call('getRollouts', { query: { scaleSet, phase, top } });
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
