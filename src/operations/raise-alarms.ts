import type { Ports } from '../activities/frame/ports.ts';
import { alarmOfFreeze, alarmsOf } from '../core/run/alarms.ts';
import type { Alarm } from '../core/run/alarms.ts';
import { readFreeze } from '../store/freeze.ts';
import { listHeldLeases } from '../store/leases.ts';
import { readRollout } from '../store/rollouts.ts';

/** What is wrong for longer than it should be, of every rollout that holds a scale set and of the app as a whole. */
export async function raiseAlarms({ store, clock }: Ports): Promise<readonly Alarm[]> {
  const [leases, freeze] = await Promise.all([listHeldLeases(store), readFreeze(store)]);
  const found = await Promise.all(leases.map(({ rolloutId }) => readRollout(store, rolloutId)));
  const alarms = found.flatMap((stored) =>
    stored === undefined ? [] : alarmsOf(stored.record, stored.commands, clock.now()),
  );
  return freeze === undefined ? alarms : [alarmOfFreeze(freeze), ...alarms];
}
