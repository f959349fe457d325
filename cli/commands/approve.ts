import { batchOption, rolloutCommand } from './send.ts';

export const approve = rolloutCommand({
  name: 'approve',
  summary: 'approve the batch that is waiting, or the one named',
  examples: ['approve 7f3c', 'approve 7f3c --batch 2 --reason "canary looks good"'],
  options: batchOption,
});
