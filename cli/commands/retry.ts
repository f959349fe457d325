import { instanceOption, rolloutCommand } from './send.ts';

export const retry = rolloutCommand({
  name: 'retry',
  summary: 'try the failed instances again and resume',
  examples: ['retry 7f3c', 'retry 7f3c --instance 3,8'],
  options: instanceOption,
});
