import { rolloutCommand } from './send.ts';

export const resume = rolloutCommand({
  name: 'resume',
  summary: 'let a paused rollout continue',
  examples: ['resume 7f3c', 'resume 7f3c --wait', 'resume 7f3c --ignore-window --reason "incident 42"'],
  options: (command) =>
    command.option('--ignore-window', 'let batches start outside the windows from now on; takes an operator'),
});
