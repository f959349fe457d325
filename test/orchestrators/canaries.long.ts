import { it } from 'vitest';
import { ENDS, expectNoSecretAfter } from './canary-ends.ts';

it.each(ENDS)(
  'a rollout that $what leaves no secret in an answer, a log, the history, a table or a blob',
  expectNoSecretAfter,
);
