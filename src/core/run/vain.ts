import type { WaitingFor, WaitKind } from '../record/rollout.ts';

/** Waits for a service that does not do what it is asked for: each look is one more try. */
const IN_VAIN: readonly WaitKind[] = ['unreachable', 'access'];

export function isInVain(kind: WaitKind): boolean {
  return IN_VAIN.includes(kind);
}

/** How often it was tried by now; nothing where no tries are counted. */
export function triesOf(
  kind: WaitKind,
  before: Pick<WaitingFor, 'kind' | 'tries'> | undefined,
): number | undefined {
  if (!isInVain(kind)) return undefined;
  return before?.kind === kind ? (before.tries ?? 0) + 1 : 1;
}

/** Waits that say nothing of whether access is given by now. */
const KEEPS_DENIAL: readonly WaitKind[] = ['unreachable', 'access', 'throttling', 'resume', 'freeze'];

export function keepsDenial(kind: WaitKind): boolean {
  return KEEPS_DENIAL.includes(kind);
}
