import { worksOnDisks } from '../actions/sequence.ts';
import { lastKnownAt } from './operation.ts';
import type { Operation } from './operation.ts';

/** Writes of disks to this instance that may have reached Azure, in the order of their keys. */
export function diskWrites(operations: readonly Operation[], instanceId: string): readonly Operation[] {
  return operations.filter(
    ({ action, instances, status }) =>
      worksOnDisks(action) && instances.includes(instanceId) && status !== 'withheld' && status !== 'refused',
  );
}

/**
 * Milliseconds since the epoch until which a view of this instance may still show its disks as they were before our
 * latest write to them.
 */
export function viewTrustedAt(
  operations: readonly Operation[],
  instanceId: string,
  viewLagSeconds: number,
): number {
  const ends = diskWrites(operations, instanceId).map((operation) => lastKnownAt(operation));
  return Math.max(0, ...ends) + (ends.length === 0 ? 0 : viewLagSeconds * 1000);
}
