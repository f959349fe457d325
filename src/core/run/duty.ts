import type { RolloutSpec } from '../spec/spec.ts';
import { openFor, windowAt } from '../window/windows.ts';

type Approvals = Pick<RolloutSpec['approvals'], 'onDuty' | 'timeoutSeconds'>;

/** So long is waited for people who are never there: what nobody is there to decide is not decided by the clock. */
const NEVER_MS = 10 * 365 * 86_400_000;

/** When an approval that is asked for now is no longer waited for: time in which nobody is on duty does not count. */
export function expiryOf({ onDuty, timeoutSeconds }: Approvals, now: number): number {
  const milliseconds = timeoutSeconds * 1000;
  if (onDuty === undefined) return now + milliseconds;
  return openFor(onDuty, now, milliseconds) ?? now + NEVER_MS;
}

/** Whether what is asked for until then is never given up: too few hours on duty were left. */
export function isEndless({ since, until }: { readonly since: string; readonly until: string }): boolean {
  return Date.parse(until) - Date.parse(since) >= NEVER_MS;
}

/** When somebody is there again who may approve; `undefined` where somebody is, or nobody ever will be. */
export function backOnDuty({ onDuty }: Pick<Approvals, 'onDuty'>, now: number): number | undefined {
  const state = onDuty === undefined ? undefined : windowAt(onDuty, now);
  return state?.kind === 'closed' ? state.opens : undefined;
}
