import { Option } from 'commander';
import { call } from '../../client/call.ts';
import { retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import type { CliCommand } from '../command.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { heading } from '../messages/help.ts';
import { addOutputOption, type OutputOptions } from '../output.ts';
import { parsePhases, PHASES } from '../spec/phases.ts';
import { parseCount } from '../spec/values.ts';
import { follow } from '../watch/follow.ts';

interface WaitForOptions extends OutputOptions {
  readonly for?: readonly string[];
  readonly timeout?: number;
}

export const wait: CliCommand<WaitForOptions> = {
  name: 'wait',
  summary: 'wait until a rollout has ended, or is in a phase; the exit code says which',
  examples: [
    'wait 7f3c',
    'wait @latest --for waiting,paused --timeout 1800',
    'wait 7f3c --for soaking -o none',
  ],
  define: (command) =>
    addOutputOption(
      command
        .argument('<id>', 'the rollout')
        .optionsGroup(heading.waiting)
        .addOption(
          new Option(
            '--for <phase>',
            `until it is in this phase, or one of several: ${PHASES.join(', ')}`,
          ).argParser(parsePhases),
        )
        .option(
          '--timeout <seconds>',
          'wait at most this long, then exit 5; the rollout continues',
          parseCount,
        ),
    ),
  async run({ args: [named = ''], options }, context) {
    const id = await rolloutIdOf(context, named);
    const asked = call('getRollout', { path: { id } });
    const answer = await sendPatiently(context, asked, { repeatable: true });
    return follow(context, understand(context, answer, shapes.Rollout), {
      ...options,
      wait: true,
      phases: options.for,
      pauseSeconds: retryAfterSeconds(answer.headers),
    });
  },
};
