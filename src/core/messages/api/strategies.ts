import { requestWords } from './requests.ts';
import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const OF_A_STRATEGY = /^(?:(?:strategy|health|approvals)(?:\..+)?|soakSeconds|onFailure)$/;

const blockFields = (at: string): Words => ({
  [at]: ['How rollouts go that use it, in the fields of a spec.'],
  ...Object.fromEntries(
    Object.entries(requestWords['RolloutSpec'] ?? {}).flatMap(([path, words]) =>
      OF_A_STRATEGY.test(path) ? [[`${at}.${path}`, words] as const] : [],
    ),
  ),
});

const written = (at: string): Words => ({
  [`${at}number`]: ['Number of the version.', 3],
  [`${at}by`]: ['Who wrote it.', 'ada'],
  [`${at}at`]: ['When.', EXAMPLE.time],
  [`${at}reason`]: ['The reason, for people.', 'what production takes'],
});

const name: Words[string] = ['Its name.', 'careful'];

const StrategyView: Words = {
  name,
  ...written(''),
  ...blockFields('strategy'),
  versions: ['Every version, oldest first; a version without a strategy is a deletion.'],
  ...written('versions.'),
  ...blockFields('versions.strategy'),
};

const Strategies: Words = {
  value: ['Strategies, ordered by name.'],
  'value.name': name,
  ...written('value.'),
  ...blockFields('value.strategy'),
};

export const strategyWords: Readonly<Record<string, Words>> = {
  StrategyBody: {
    ...blockFields('strategy'),
    reason: ['The reason, for people.', 'what production takes'],
  },
  Strategies,
  StrategyView,
  StrategyState: { name, number: ['Number of the version.', 3], ...blockFields('strategy') },
  StrategyDeleted: { name },
};
