import { rolloutCommand } from './send.ts';

export const resume = rolloutCommand({
  name: 'resume',
  summary: 'let a paused rollout go on',
  examples: ['resume 7f3c', 'resume 7f3c --wait'],
});
