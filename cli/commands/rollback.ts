import { rolloutCommand } from './send.ts';

export const rollback = rolloutCommand({
  name: 'rollback',
  summary: 'bring the model and every touched instance back (an ended rollout: start --rollback-of)',
  examples: ['rollback 7f3c --wait', 'start --rollback-of 7f3c --wait'],
});
