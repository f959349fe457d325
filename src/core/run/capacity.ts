import { byInstanceId } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import { isServing } from '../instance/serving.ts';
import { isHalfDone, isUnderWay } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';

/** Instances that serve according to Azure, are not being worked on and are not in quarantine. */
export function servingNow(instances: readonly Instance[], rows: readonly LedgerRow[]): ReadonlySet<string> {
  const underWay = new Set(
    rows
      .filter(
        (row) =>
          isUnderWay(row) ||
          // fence I1: an instance between two actions does not count as serving
          isHalfDone(row) ||
          row.state === 'quarantined',
      )
      .map((row) => row.instanceId),
  );
  return new Set(
    instances
      .filter(
        (instance) =>
          isServing(instance) &&
          // fence I1: what the ledger has under way does not count as serving, whatever a view says
          !underWay.has(instance.instanceId),
      )
      .map((i) => i.instanceId),
  );
}

/**
 * Which of the given instances may be taken down now: those that are not serving anyway, and as many of the others as
 * the floor allows.
 */
export function affordable(
  wanted: readonly string[],
  { serving, floor }: { readonly serving: ReadonlySet<string>; readonly floor: number },
): readonly string[] {
  const down = wanted.filter((id) => !serving.has(id));
  // fence I1: serving instances go down only while the floor leaves room
  const room = Math.max(0, serving.size - floor);
  return [...down, ...wanted.filter((id) => serving.has(id)).slice(0, room)].sort(byInstanceId);
}

/**
 * The floor for a write to these rows. If they are only switched off again, as they were found, the floor is no higher
 * than what the scale set had without them; otherwise a set that never had that many serving could not be rolled back.
 */
export function floorFor(
  next: readonly LedgerRow[],
  {
    floor,
    capacity,
    rows,
  }: { readonly floor: number; readonly capacity: number; readonly rows: readonly LedgerRow[] },
): number {
  const goOff = next.every((row) => row.isCold === true);
  return goOff ? Math.min(floor, capacity - rows.filter(({ found }) => found !== undefined).length) : floor;
}
