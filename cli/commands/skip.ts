import { UsageError } from '../errors.ts';
import { batchOption, instanceOption, rolloutCommand } from './send.ts';

const command = rolloutCommand({
  name: 'skip',
  summary: 'leave a batch or instances out; a paused rollout stays paused',
  examples: ['skip 7f3c --batch 3', 'skip 7f3c --instance 12'],
  options: (options) => instanceOption(batchOption(options)),
});

export const skip: typeof command = {
  ...command,
  async run(invocation, context) {
    const { batch, instance } = invocation.options;
    if (batch === undefined && instance === undefined) {
      throw new UsageError('say what to skip: --batch INDEX or --instance ID');
    }
    return command.run(invocation, context);
  },
};
