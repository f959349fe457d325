import { retryAfterSeconds, sendPatiently, read, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { addOutputOption, print } from '../output.ts';
import { eventLines, instanceTable } from '../show/rollout.ts';
import { follow, type WaitOptions } from '../watch/follow.ts';

interface StatusOptions extends WaitOptions {
  readonly instances?: boolean;
  readonly events?: boolean;
}

export const status: CliCommand<StatusOptions> = {
  name: 'status',
  summary: 'show where a rollout stands, and why it waits',
  examples: [
    'status 7f3c',
    'status 7f3c --wait --timeout 3600',
    'status 7f3c --instances',
    'status 7f3c -o json',
  ],
  define: (command) =>
    addOutputOption(
      addWaitOptions(
        command
          .argument('<id>', 'the rollout')
          .option('--instances', 'show its instances instead')
          .option('--events', 'show what happened instead, oldest first'),
      ),
    ),
  async run({ args: [id = ''], options }, context) {
    const path = `/api/rollouts/${encodeURIComponent(id)}`;
    const { output } = options;
    if (options.instances === true) {
      const { value } = await read(context, `${path}/instances`, shapes.Instances);
      print(context, value, { output, words: instanceTable });
      return EXIT.done;
    }
    if (options.events === true) {
      const { value } = await read(context, `${path}/events`, shapes.Events);
      print(context, value, { output, words: eventLines });
      return EXIT.done;
    }
    const answer = await sendPatiently(context, { method: 'GET', path }, { repeatable: true });
    return follow(context, understand(context, answer, shapes.Rollout), {
      ...options,
      pauseSeconds: retryAfterSeconds(answer.headers),
    });
  },
};
