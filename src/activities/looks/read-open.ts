import { asPromised } from '../../core/health/promised.ts';
import { lateOf } from '../../core/health/settle-times.ts';
import type { Instance } from '../../core/instance/instances.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Phase } from '../../core/record/phase.ts';
import { found } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { readEach } from './read-each.ts';
import { readInstances } from './read-instances.ts';
import { pagesOf, readOrLeave } from './reads.ts';

/**
 * Whether so few are open that each is asked for by itself: the list takes a request for each of its pages, and lags
 * behind the views of single instances.
 */
export function asksEach(step: Step, open: number): boolean {
  return open > 0 && open <= pagesOf(step);
}

/** What a look has shown, and the rows that it was for. */
interface Seen {
  readonly instances: readonly Instance[];
  readonly rows: readonly LedgerRow[];
  /** Whether only a few were asked for, each by itself. */
  readonly isPart: boolean;
}

/**
 * Reads at least those of which a look can show anything new, with as few requests as that takes: of a large set, the
 * few that the last list did not show well are asked for one by one. Once all may have been well for long enough, the
 * list also shows what the next write has to know.
 */
export async function readOpen(
  step: Step,
  {
    rows,
    phase,
    isOver,
  }: { readonly rows: readonly LedgerRow[]; readonly phase: Phase; readonly isOver: boolean },
): Promise<OrLeave<Seen>> {
  const asked = isOver ? [] : lateOf(rows);
  if (!asksEach(step, asked.length)) return readAll(step, rows, phase);
  const ids = asked.map(({ instanceId }) => instanceId);
  const read = () => readEach(step.compute, step.address, ids);
  const own = await readOrLeave(step, { name: 'instances', phase, read });
  if (own.kind === 'leave') return own;
  // Either the instance or the whole scale set is gone: the list shows which.
  if (own.value.missing.length > 0) return readAll(step, rows, phase);
  return found({ instances: asPromised(own.value.there, step.record), rows: asked, isPart: true });
}

async function readAll(step: Step, rows: readonly LedgerRow[], phase: Phase): Promise<OrLeave<Seen>> {
  const all = await readInstances(step, phase);
  return all.kind === 'leave' ? all : found({ instances: all.value, rows, isPart: false });
}
