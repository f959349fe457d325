import { rolloutCommand } from './send.ts';

export const abort = rolloutCommand({
  name: 'abort',
  summary: 'stop a rollout where it is, and name the instances on either side of the change',
  examples: ['abort 7f3c --reason "superseded"'],
});
