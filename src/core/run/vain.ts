import type { WaitingFor, WaitKind } from '../record/rollout.ts';

/** Waits in which Azure does not do what it is asked: each look is one more attempt. */
const IN_VAIN: readonly WaitKind[] = ['unreachable', 'access'];

export function isInVain(kind: WaitKind): boolean {
  return IN_VAIN.includes(kind);
}

/** How many attempts there were so far; nothing if attempts are not counted. */
export function triesOf(
  kind: WaitKind,
  before: Pick<WaitingFor, 'kind' | 'tries'> | undefined,
): number | undefined {
  if (!isInVain(kind)) return undefined;
  return before?.kind === kind ? (before.tries ?? 0) + 1 : 1;
}

/** Waits that do not show whether access has been granted. */
const KEEPS_DENIAL: readonly WaitKind[] = ['unreachable', 'access', 'throttling', 'resume', 'freeze'];

export function keepsDenial(kind: WaitKind): boolean {
  return KEEPS_DENIAL.includes(kind);
}
