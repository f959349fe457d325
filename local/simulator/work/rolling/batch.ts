import type { Instance } from '../../store/instance.ts';
import type { RollingUpgrade } from '../../store/rolling-upgrade.ts';
import { liveInstances, signalOf, type ScaleSet } from '../../store/scale-set.ts';

/**
 * The next batch: at least one instance, at most the policy's share of the set, within one zone and one update domain
 * unless it may cross zones (arm-vmss.md 3.3).
 */
export function nextBatch(set: ScaleSet, upgrade: RollingUpgrade): Instance[] {
  const waiting = upgrade.pending
    .map((id) => set.instances.get(id))
    .filter((instance) => instance !== undefined)
    .filter(({ state }) => state.exists && state.provisioning !== 'Deleting');
  const { policy } = upgrade;
  const order = policy.prioritizeUnhealthyInstances === true ? unhealthyFirst(set, waiting) : waiting;
  const [first] = order;
  if (first === undefined) return [];
  const size = Math.max(1, Math.floor((set.model.sku.capacity * policy.maxBatchInstancePercent) / 100));
  const together = order.filter(
    (instance) =>
      policy.enableCrossZoneUpgrade === true ||
      (instance.zone === first.zone && instance.updateDomain === first.updateDomain),
  );
  return together.slice(0, size);
}

/** In the order in which the service walks: zone after zone, update domain after update domain. */
export function walkOrder(instances: readonly Instance[]): Instance[] {
  return [...instances].sort(
    (a, b) =>
      (a.zone ?? '').localeCompare(b.zone ?? '') ||
      a.updateDomain - b.updateDomain ||
      Number(a.id) - Number(b.id),
  );
}

function unhealthyFirst(set: ScaleSet, instances: readonly Instance[]): Instance[] {
  return [...instances].sort((a, b) => Number(isWell(set, a)) - Number(isWell(set, b)));
}

/** Healthy where health is reported, else running with a ready agent; what is switched off does no harm. */
export function isWell(set: ScaleSet, instance: Instance): boolean {
  const { state } = instance;
  if (state.provisioning === 'Failed') return false;
  if (isAtRest(instance)) return true;
  return signalOf(set, instance) === 'none'
    ? state.power === 'running' && state.agent === 'ready'
    : state.health === 'healthy';
}

function isAtRest({ state, work }: Instance): boolean {
  return work === undefined && (state.power === 'stopped' || state.power === 'deallocated');
}

/** The share of the set's instances that are unhealthy; one that is still initializing is not (arm-vmss.md 3.1). */
export function unhealthyPercent(set: ScaleSet): number {
  const live = liveInstances(set).filter(({ state }) => state.provisioning !== 'Deleting');
  const sick = live.filter(
    (instance) => !isWell(set, instance) && instance.state.health !== 'initializing' && !isNew(instance),
  );
  return live.length === 0 ? 0 : (sick.length * 100) / live.length;
}

function isNew({ state }: Instance): boolean {
  return state.provisioning === 'Creating';
}
