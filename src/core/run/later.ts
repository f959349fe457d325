import type { Operation } from '../record/operation.ts';

/** What distinguishes attempts of one write from another write. */
type Tried = Pick<Operation, 'kind' | 'direction' | 'part' | 'batch'>;

/** Consecutive attempts of the same write that Azure has put off so far, oldest first. */
export function putOffInARow(operations: readonly Operation[], write: Tried): readonly Operation[] {
  const tries = operations.filter(
    ({ kind, direction, part, batch }) =>
      kind === write.kind && direction === write.direction && part === write.part && batch === write.batch,
  );
  return tries.slice(tries.findLastIndex((one) => !isPutOff(one)) + 1);
}

/** Because of a conflict with another write, or because the model's version has moved. */
function isPutOff({ status, conflict, error }: Operation): boolean {
  return status === 'refused' && (conflict === true || error?.code === 'PreconditionFailed');
}

const LONGEST_PAUSE_SECONDS = 120;

/** Conflicts mostly pass within seconds; the more there were, the longer until the next attempt. */
export function pauseAfter(seconds: number, { length }: readonly Operation[]): number {
  return Math.min(seconds * 2 ** Math.max(0, length - 3), Math.max(seconds, LONGEST_PAUSE_SECONDS));
}

/** Whether it has been put off for so long that it counts as refused. */
export function isPutOffForGood(
  tries: readonly Operation[],
  { now, mostSeconds }: { readonly now: number; readonly mostSeconds: number },
): boolean {
  const [first] = tries;
  return first !== undefined && now - Date.parse(first.intendedAt) > mostSeconds * 1000;
}
