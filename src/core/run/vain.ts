import type { WaitingFor, WaitKind } from '../record/rollout.ts';

/** Waits for a service that does not do what it is asked for: each look is one more try. */
const IN_VAIN: readonly WaitKind[] = ['unreachable', 'access'];

/** How often it was tried by now, and the words for that; nothing where no tries are counted. */
export function triesOf(
  { kind, message }: Pick<WaitingFor, 'kind' | 'message'>,
  before: Pick<WaitingFor, 'kind' | 'tries'> | undefined,
): Pick<WaitingFor, 'message' | 'tries'> {
  if (!IN_VAIN.includes(kind)) return { message };
  const tries = before?.kind === kind ? (before.tries ?? 0) + 1 : 1;
  return { message: tries === 1 ? message : `${message} (${tries} tries)`, tries };
}
