import { Option } from 'commander';
import { call } from '../../client/call.ts';
import { retryAfterSeconds, sendPatiently, read, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { addOutputOption, print } from '../output.ts';
import { checkFiles, reportFiles, writeReport } from '../report/write.ts';
import { eventLines, instanceTable } from '../show/rollout.ts';
import { follow, type WaitOptions } from '../watch/follow.ts';

interface StatusOptions extends WaitOptions {
  readonly instances?: boolean;
  readonly events?: boolean;
  readonly report?: string;
}

export const status: CliCommand<StatusOptions> = {
  name: 'status',
  summary: 'show how far a rollout is, and why it is waiting',
  examples: [
    'status @latest',
    'status 7f3c --wait --timeout 3600',
    'status 7f3c --instances',
    'status 7f3c --wait --report rollout.md',
    'status 7f3c -o json',
  ],
  define: (command) =>
    addOutputOption(
      addWaitOptions(
        command
          .argument('<id>', 'the rollout')
          .addOption(new Option('--instances', 'show its instances instead').conflicts('events'))
          .option('--events', 'show what happened instead, oldest first')
          .addOption(
            new Option(
              '--report <file>',
              'also write a report: Markdown with JSON beside it, or JSON alone for a .json file',
            ).conflicts(['instances', 'events']),
          ),
      ),
    ),
  async run({ args: [named = ''], options }, context) {
    const files = options.report === undefined ? undefined : reportFiles(options.report);
    if (files !== undefined) await checkFiles(files);
    const path = { id: await rolloutIdOf(context, named) };
    if (options.instances === true) {
      const { value } = await read(context, call('getInstances', { path }), shapes.Instances);
      await print(context, value, { ...options, words: instanceTable });
      return EXIT.done;
    }
    if (options.events === true) {
      const { value } = await read(context, call('getEvents', { path }), shapes.Events);
      await print(context, value, { ...options, words: eventLines });
      return EXIT.done;
    }
    const answer = await sendPatiently(context, call('getRollout', { path }), { repeatable: true });
    return follow(context, understand(context, answer, shapes.Rollout), {
      ...options,
      pauseSeconds: retryAfterSeconds(answer.headers),
      ...(files !== undefined && { afterwards: (rollout) => writeReport(context, rollout, files) }),
    });
  },
};
