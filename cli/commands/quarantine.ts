import { Option } from 'commander';
import { UsageError } from '../errors.ts';
import { usage } from '../messages/usage.ts';
import { collectList, parseId } from '../spec/values.ts';
import { instanceOption, rolloutCommand, type SendOptions } from './send.ts';

interface QuarantineOptions extends SendOptions {
  /** The same as `instance`, by its former name. */
  readonly instances?: readonly string[];
}

const command = rolloutCommand({
  name: 'quarantine',
  summary: 'protect a failed instance and leave it as it is for investigation; a paused rollout stays paused',
  examples: ['quarantine 7f3c --instance 3', 'quarantine 7f3c --instance 3,8 --reason "for Grace to debug"'],
  options: (options) =>
    instanceOption(options)
      .addOption(new Option('--instances <ids>', 'the same').argParser(collectList(parseId)).hideHelp())
      .option('--below-floor', 'let others go down although the floor leaves no room for them'),
});

export const quarantine: typeof command = {
  ...command,
  async run(invocation, context) {
    const { instance = [], instances = [] }: QuarantineOptions = invocation.options;
    if (instance.length + instances.length === 0) throw new UsageError(usage.whatToQuarantine);
    const options = { ...invocation.options, instance: [...instance, ...instances] };
    return command.run({ ...invocation, options }, context);
  },
};
