import { UsageError } from '../errors.ts';
import { usage } from '../messages/usage.ts';
import { batchOption, instanceOption, rolloutCommand } from './send.ts';

export const skip = rolloutCommand({
  name: 'skip',
  summary: 'leave a batch or instances out; a paused rollout stays paused',
  examples: ['skip 7f3c --batch 3', 'skip 7f3c --instance 12,14'],
  options: (options) => instanceOption(batchOption(options)),
  check({ batch, instance }) {
    if (batch === undefined && instance === undefined) throw new UsageError(usage.whatToSkip);
    if (batch !== undefined && instance !== undefined)
      throw new UsageError(usage.conflict('--batch', '--instance'));
  },
});
