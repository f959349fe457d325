import type { Read } from '../../azure/port.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Step } from '../frame/step.ts';
import { pagesOf } from './reads.ts';

/** A few stragglers of a large set are asked for one by one: the whole list takes a request for each of its pages. */
const STRAGGLERS = 4;

/** Reads at least the instances that are under way, with as few requests as that takes. */
export async function readOpen(step: Step, rows: readonly LedgerRow[]): Promise<Read<readonly Instance[]>> {
  const { compute, address } = step;
  const open = rows.filter((row) => isUnderWay(row));
  if (open.length > STRAGGLERS || open.length >= pagesOf(step)) return compute.instances(address);
  const found: Instance[] = [];
  for (const read of await Promise.all(open.map(({ instanceId }) => compute.instance(address, instanceId)))) {
    // Gone is the instance or the whole set: the list tells which.
    if (read.kind === 'missing') return compute.instances(address);
    if (read.kind !== 'ok') return read;
    found.push(read.value);
  }
  return { kind: 'ok', value: found };
}
