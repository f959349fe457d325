import type { Operation } from '../record/operation.ts';

/** After this many consecutive lost writes the app gives up: Azure does not accept them. */
export const MOST_LOST = 5;

/** How many consecutive writes of the same kind were lost before this one. */
export function lostInARow(
  operations: readonly Operation[],
  { key, kind, direction, part }: Pick<Operation, 'key' | 'kind' | 'direction' | 'part'>,
): number {
  const before = operations.filter(
    (other) => other.kind === kind && other.direction === direction && other.part === part && other.key < key,
  );
  const last = before.findLastIndex(({ status }) => status !== 'lost');
  return before.length - 1 - last;
}

/** Seconds until the next attempt: the more were lost, the longer. */
export function pauseAfterLost(lost: number): number {
  return lost === 0 ? 0 : 30 * 2 ** (lost - 1);
}
