import { rolloutCommand } from './send.ts';

export const resume = rolloutCommand({
  name: 'resume',
  summary: 'let a paused rollout continue',
  examples: ['resume 7f3c', 'resume 7f3c --wait'],
});
