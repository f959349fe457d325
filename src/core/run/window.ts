import type { Command } from '../record/command.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import { windowAt } from '../window/windows.ts';

/** No batch begins now: before `startAt`, or while no window is open. `until` is missing where none opens again. */
interface Closed {
  readonly why: 'startAt' | 'window';
  /** Milliseconds since the epoch. */
  readonly until?: number;
}

/** What keeps batches from beginning at this moment, if anything; an operator may have let them. */
export function closedAt(
  { spec: { windows, startAt, startIn }, batches }: Pick<RolloutRecord, 'spec' | 'batches'>,
  commands: readonly Command[],
  now: number,
): Closed | undefined {
  if (commands.some(({ command, ignoreWindow }) => command === 'resume' && ignoreWindow === true)) {
    return undefined;
  }
  const start = Date.parse(startAt ?? '');
  if (start > now) return { why: 'startAt', until: start };
  // Whoever only starts in a window goes on after it.
  if (startIn === 'window' && batches.some((batch) => batch.startedAt !== undefined)) return undefined;
  const window = windows === undefined ? undefined : windowAt(windows, now);
  if (window?.kind !== 'closed') return undefined;
  return { why: 'window', ...(window.opens !== undefined && { until: window.opens }) };
}

/** Whether batches may begin at this moment, and when that changes; `undefined` where they may at any time. */
export function openingAt(
  spec: Partial<Pick<RolloutSpec, 'windows' | 'startAt'>>,
  now: number,
): { readonly open: boolean; readonly until: number | undefined } | undefined {
  const start = Date.parse(spec.startAt ?? '');
  const isEarly = start > now;
  if (spec.windows === undefined) return isEarly ? { open: false, until: start } : undefined;
  const at = isEarly ? start : now;
  const window = windowAt(spec.windows, at);
  if (window.kind === 'closed') return { open: false, until: window.opens };
  return isEarly ? { open: false, until: start } : { open: true, until: window.until };
}
