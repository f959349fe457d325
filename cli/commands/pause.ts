import { rolloutCommand } from './send.ts';

export const pause = rolloutCommand({
  name: 'pause',
  summary: 'hold a rollout before its next write; what runs in Azure ends first',
  examples: ['pause 7f3c --reason "error rate is up"'],
});
