import type { Operation } from '../record/operation.ts';

/** So many writes that never arrived, one after the other, are enough: the service does not take them. */
export const MOST_LOST = 5;

/** How many writes of the same kind were lost one after the other, up to this one, which is not counted. */
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

/** The more were lost, the longer until the next one; seconds. */
export function pauseAfterLost(lost: number): number {
  return lost === 0 ? 0 : 30 * 2 ** (lost - 1);
}
