import { call } from '../../client/call.ts';
import { retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import type { CliCommand } from '../command.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { heading } from '../messages/help.ts';
import { addOutputOption, type OutputOptions } from '../output.ts';
import { parseCount } from '../spec/values.ts';
import { follow } from '../watch/follow.ts';

interface WatchCommandOptions extends OutputOptions {
  readonly timeout?: number;
}

export const watch: CliCommand<WatchCommandOptions> = {
  name: 'watch',
  summary: 'watch a rollout to its end: batches, and a block for every instance, a row for every domain',
  examples: ['watch', 'watch 7f3c'],
  define: (command) =>
    addOutputOption(
      command
        .argument('[id]', 'the rollout; the newest where none is named')
        .optionsGroup(heading.waiting)
        .option(
          '--timeout <seconds>',
          'watch at most this long, then exit 5; the rollout continues',
          parseCount,
        ),
    ),
  async run({ args: [named = '@latest'], options }, context) {
    const asked = call('getRollout', { path: { id: await rolloutIdOf(context, named) } });
    const answer = await sendPatiently(context, asked, { repeatable: true });
    return follow(context, understand(context, answer, shapes.Rollout), {
      ...options,
      wait: true,
      withMap: true,
      pauseSeconds: retryAfterSeconds(answer.headers),
    });
  },
};
