import { asPromised } from '../../core/health/promised.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Phase } from '../../core/record/phase.ts';
import { found } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { readEach } from './read-each.ts';
import { readInstances } from './read-instances.ts';
import { pagesOf, readOrLeave } from './reads.ts';

/** A few stragglers of a large set are asked for one by one: the whole list takes a request for each of its pages. */
const STRAGGLERS = 4;

/** Whether so few are open that each is asked for by itself. */
export function asksEach(step: Step, open: number): boolean {
  return open <= STRAGGLERS && open < pagesOf(step);
}

/** Reads at least the instances that are under way, with as few requests as that takes. */
export async function readOpen(
  step: Step,
  { rows, phase }: { readonly rows: readonly LedgerRow[]; readonly phase: Phase },
): Promise<OrLeave<readonly Instance[]>> {
  const open = rows.filter((row) => isUnderWay(row));
  if (open.length === 0) return readInstances(step, phase);
  if (!asksEach(step, open.length)) return readInstances(step, phase);
  const ids = open.map(({ instanceId }) => instanceId);
  const read = () => readEach(step.compute, step.address, ids);
  const own = await readOrLeave(step, { name: 'instances', phase, read });
  if (own.kind === 'leave') return own;
  // Either the instance or the whole scale set is gone: the list shows which.
  if (own.value.missing.length > 0) return readInstances(step, phase);
  return found(asPromised(own.value.there, step.record));
}
