import { rolloutCommand } from './send.ts';

export const abort = rolloutCommand({
  name: 'abort',
  summary: 'end a rollout where it stands; what is left mixed is named',
  examples: ['abort 7f3c --reason "superseded"'],
});
