import type { Ports } from '../activities/frame/ports.ts';
import { alarmOfFreeze, alarmsOf } from '../core/run/alarms.ts';
import type { Alarm } from '../core/run/alarms.ts';
import { readFreeze } from '../store/freeze.ts';
import type { Claim } from '../store/leases.ts';
import { readRollout } from '../store/rollouts.ts';
import { tellOverdue } from './tell-overdue.ts';

/**
 * What is wrong for longer than it should be, of every rollout that holds a scale set or waits for one, and of the
 * app as a whole; people outside are told of it, too.
 */
export async function raiseAlarms(
  held: readonly Claim[],
  { store, clock }: Ports,
): Promise<readonly Alarm[]> {
  const [freeze, ...found] = await Promise.all([
    readFreeze(store),
    ...held.map(({ rolloutId }) => readRollout(store, rolloutId)),
  ]);
  const rollouts = found.filter((stored) => stored !== undefined);
  const alarms = rollouts.flatMap(({ record, commands }) => alarmsOf(record, commands, clock.now()));
  await tellOverdue(rollouts, { store, clock });
  return freeze === undefined ? alarms : [alarmOfFreeze(freeze), ...alarms];
}
