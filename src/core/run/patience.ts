import type { WaitingFor, WaitKind } from '../record/rollout.ts';

/**
 * How long to sleep before the next look: the longer the wait so far, the longer the sleep. A share of the time so far
 * keeps the delay in proportion and a long wait cheap.
 */
export function patience(
  waitingFor: WaitingFor | undefined,
  kind: WaitKind,
  {
    now,
    least,
    most,
    share = 1 / 4,
  }: { readonly now: number; readonly least: number; readonly most: number; readonly share?: number },
): number {
  const waited = waitingFor?.kind === kind ? (now - Date.parse(waitingFor.since)) / 1000 : 0;
  return Math.ceil(Math.min(Math.max(least, waited * share), Math.max(least, most)));
}
