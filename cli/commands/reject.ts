import { batchOption, rolloutCommand } from './send.ts';

export const reject = rolloutCommand({
  name: 'reject',
  summary: 'deny the approval; the rollout ends and starts nothing new',
  examples: ['reject 7f3c --reason "wrong image"'],
  options: batchOption,
});
