import { byInstanceId } from '../instance/instances.ts';
import { left } from '../messages/failures.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { isStarted } from '../record/off-rows.ts';
import { releaseCommand } from '../record/quarantine.ts';
import type { HeldGuard, Left, RolloutRecord } from '../record/rollout.ts';

/** What differs from the goal at the end of a rollout; `undefined` if it reached the goal. */
export function leftBy(record: RolloutRecord, rows: readonly LedgerRow[]): Left | undefined {
  const heldGuards = heldBy(record);
  const { pinned } = record;
  const others = {
    ...quarantinedIn(record, rows),
    ...(heldGuards.length > 0 && { heldGuards }),
    ...(pinned !== undefined && { pinned }),
  };
  if (record.phase === 'rolledBack') {
    const ids = others.quarantined?.map(({ instance }) => instance);
    const instances = ids === undefined ? {} : { quarantined: ids };
    return Object.keys(others).length === 0 ? undefined : { model: 'before', instances, ...others };
  }
  const isDone = rows.every(({ state }) => state === 'done' || state === 'gone');
  if (record.phase === 'succeeded' && isDone && heldGuards.length === 0) return undefined;
  const named = Map.groupBy(
    rows.filter(({ state }) => state !== 'gone'),
    stateOf,
  );
  const ids = (name: Where): Partial<Left['instances']> => {
    const found = named.get(name) ?? [];
    return found.length === 0 ? {} : { [name]: found.map(({ instanceId }) => instanceId).sort(byInstanceId) };
  };
  const started = rows.filter((row) => isStarted(row)).map(({ instanceId }) => instanceId);
  return {
    model: modelOf(record),
    instances: { ...ids('before'), ...ids('after'), ...ids('unknown'), ...ids('quarantined') },
    ...(started.length > 0 && { started: started.sort(byInstanceId) }),
    ...others,
  };
}

/** Instances that are left in quarantine. */
export function quarantinedIn(
  { scaleSet }: RolloutRecord,
  rows: readonly LedgerRow[],
): Pick<Left, 'quarantined'> {
  const quarantined = rows
    .filter(({ state }) => state === 'quarantined')
    .sort((a, b) => byInstanceId(a.instanceId, b.instanceId))
    .map(({ instanceId, quarantine = { by: '', since: '' } }) => {
      const { isProtected: _protected, ...why } = quarantine;
      return { instance: instanceId, ...why, remedy: releaseCommand(scaleSet, instanceId) };
    });
  return quarantined.length === 0 ? {} : { quarantined };
}

type Where = 'before' | 'after' | 'unknown' | 'quarantined';

function stateOf({ direction, state, touched, ended }: LedgerRow): Where {
  if (state === 'quarantined') return 'quarantined';
  if (ended !== undefined) return ended;
  if (!touched) return 'before';
  if (state !== 'done' || direction === 'stop') return 'unknown';
  return direction === 'forward' ? 'after' : 'before';
}

function modelOf({ modelState, failure }: RolloutRecord): Left['model'] {
  if (failure?.code === 'conflict') return 'foreign';
  return modelState === 'after' ? 'after' : 'before';
}

/** Guards that a rollout holds; once it has ended, those that it could not restore. */
export function heldBy({
  policyHeld,
  repairsHeld,
  osUpgradesHeld,
  id,
  spec,
}: RolloutRecord): readonly HeldGuard[] {
  // A rollout that only tried to restore them cannot be undone.
  const holder = spec.restoreGuardsOf ?? id;
  const policy = {
    guard: 'upgradePolicy' as const,
    was: policyHeld ?? '',
    remedy: left.policy(holder),
  };
  const repairs = {
    guard: 'automaticRepairs' as const,
    was: 'enabled',
    remedy: left.repairs(holder),
  };
  const osUpgrades = {
    guard: 'automaticOsUpgrade' as const,
    was: 'enabled',
    remedy: left.osUpgrades(holder),
  };
  return [
    ...(policyHeld === undefined ? [] : [policy]),
    ...(repairsHeld === undefined ? [] : [repairs]),
    ...(osUpgradesHeld === undefined ? [] : [osUpgrades]),
  ];
}
