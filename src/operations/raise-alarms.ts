import type { Ports } from '../activities/frame/ports.ts';
import type { Lease } from '../core/record/lease.ts';
import { alarmOfFreeze, alarmsOf } from '../core/run/alarms.ts';
import type { Alarm } from '../core/run/alarms.ts';
import { readFreeze } from '../store/freeze.ts';
import { readRollout } from '../store/rollouts.ts';

/** What is wrong for longer than it should be, of every rollout that holds a scale set and of the app as a whole. */
export async function raiseAlarms(
  held: readonly Required<Lease>[],
  { store, clock }: Ports,
): Promise<readonly Alarm[]> {
  const [freeze, ...found] = await Promise.all([
    readFreeze(store),
    ...held.map(({ rolloutId }) => readRollout(store, rolloutId)),
  ]);
  const alarms = found.flatMap((stored) =>
    stored === undefined ? [] : alarmsOf(stored.record, stored.commands, clock.now()),
  );
  return freeze === undefined ? alarms : [alarmOfFreeze(freeze), ...alarms];
}
