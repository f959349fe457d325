import { UsageError } from '../errors.ts';
import { parseId, parseList } from '../spec/values.ts';
import { instanceOption, rolloutCommand } from './send.ts';

const command = rolloutCommand({
  name: 'quarantine',
  summary: 'protect a failed instance and leave it as it is for investigation; a paused rollout stays paused',
  examples: ['quarantine 7f3c --instances 3', 'quarantine 7f3c --instance 3 --reason "for Grace to debug"'],
  options: (options) =>
    instanceOption(options)
      .option('--instances <ids>', 'instances, as in 3,8', parseList(parseId))
      .option('--below-floor', 'let others go down although the floor leaves no room for them'),
});

export const quarantine: typeof command = {
  ...command,
  async run(invocation, context) {
    const { instance = [], instances = [] } = invocation.options;
    if (instance.length + instances.length === 0) {
      throw new UsageError('name the instances to quarantine: --instances 3,8');
    }
    const options = { ...invocation.options, instance: [...instance, ...instances] };
    return command.run({ ...invocation, options }, context);
  },
};
