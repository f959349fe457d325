import { inverseWork, isNoWork, isSameDisk } from '../instance/disks.ts';
import type { DataDisk, InstanceDisks } from '../instance/disks.ts';
import type { Instance } from '../instance/instances.ts';
import { diskOn, workLeft } from '../instance/shown-disks.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { diskWrites } from '../record/disk-writes.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Operation } from '../record/operation.ts';

/** What it takes to put back the disks that a rollout has moved: only where it has sent a write, and not undone it. */
export function disksToUndo(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
): readonly InstanceDisks[] {
  return rows.flatMap(({ instanceId, disks, direction, state }) => {
    const forward = diskWrites(operations, instanceId).filter(
      (operation) => operation.direction === 'forward',
    );
    if (disks === undefined || forward.length === 0 || state === 'gone') return [];
    // The rows of a rollback have the inverse work already.
    if (direction === 'rollback') return state === 'done' ? [] : [{ instance: instanceId, ...disks }];
    return [{ instance: instanceId, ...inverseWork(disks) }];
  });
}

/** What is left to be undone of another rollout's disks; nothing is moved that somebody else has moved since. */
export function planUndoneDisks(
  disks: readonly InstanceDisks[],
  instances: readonly Instance[],
  rollout: string,
): readonly InstanceDisks[] | Refusal {
  const left: InstanceDisks[] = [];
  for (const { instance: id, ...work } of disks) {
    const instance = instances.find(({ instanceId }) => instanceId === id);
    if (instance === undefined) continue;
    const { dataDisks = [] } = instance;
    const open = workLeft(instance, work);
    const moved =
      work.detach.find((disk) => (diskOn(instance, disk.diskId) ?? disk).lun !== disk.lun) ??
      work.attach.find((disk) => (diskOn(instance, disk.diskId) ?? disk).lun !== disk.lun) ??
      open.attach.find(
        ({ lun, diskId }) =>
          dataDisks.some((one) => one.lun === lun && !isSameDisk(one.diskId, diskId)) ||
          instances.some((one) => diskOn(one, diskId) !== undefined),
      );
    if (moved !== undefined) return movedSince(moved, id, rollout);
    if (!isNoWork(open)) left.push({ instance: id, ...open });
  }
  return left;
}

function movedSince({ diskId, lun }: DataDisk, instance: string, rollout: string): Refusal {
  return refuse('diskMovedSince', refused.diskMovedSince(diskId, lun, instance, rollout));
}
