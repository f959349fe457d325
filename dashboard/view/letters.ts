import type { DeadLetters } from '../../client/types.ts';
import { counted } from './text.ts';

export type Letter = DeadLetters['value'][number];

/** What of one rollout did not get to one target. */
export interface Undelivered {
  readonly target: string;
  readonly rollout: string;
  /** In the order in which it happened. */
  readonly letters: readonly Letter[];
}

/** Dead letters by rollout and target: where one was given up the next ones mostly were, too. */
export function undelivered(letters: readonly Letter[]): readonly Undelivered[] {
  const groups = Map.groupBy(letters, ({ target, rollout }) => `${target} ${rollout}`);
  return [...groups.values()].map((group) => ({
    target: group[0]?.target ?? '',
    rollout: group[0]?.rollout ?? '',
    letters: group.toSorted((one, other) => (one.at < other.at ? -1 : 1)),
  }));
}

/** `4 phaseChanged, approvalRequested`: what kinds of notices they are. */
export function kindsText(letters: readonly Letter[]): string {
  return [...Map.groupBy(letters, ({ kind }) => kind)]
    .map(([kind, { length }]) => (length === 1 ? kind : `${length} ${kind}`))
    .join(', ');
}

/** Why the last tries were in vain, and how often it was tried. */
export function triesText(letters: readonly Letter[]): string {
  const codes = [...new Set(letters.flatMap(({ last }) => (last === undefined ? [] : [last.code])))];
  const most = Math.max(...letters.map(({ tries }) => tries));
  return [`after ${counted(most, 'try', 'tries')}`, ...codes].join(', ');
}
