import { valueAt } from '../model/json.ts';
import { isProtected, type Instance } from '../store/instance.ts';
import { isRolling } from '../store/rolling-upgrade.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { secondsOfIso } from '../time/iso-duration.ts';
import { scheduleIn, type World } from '../world.ts';
import { leave } from './removal.ts';
import { createOne } from './capacity.ts';
import { startOperation } from './operation.ts';
import { overtake } from './preempt.ts';
import { actOnInstance } from './upgrade.ts';

export type RepairAction = 'Replace' | 'Reimage' | 'Restart';

const POLICY = 'properties.automaticRepairsPolicy';
const RETRY_SECONDS = 60;

export function repairsItself(set: ScaleSet): boolean {
  return valueAt(set.model, `${POLICY}.enabled`) === true;
}

/** Repairs an instance that has been unhealthy for the whole grace period. */
export function watchForRepair(world: World, set: ScaleSet, instance: Instance): void {
  if (!repairsItself(set) || !isSick(instance)) return;
  const grace = valueAt(set.model, `${POLICY}.gracePeriod`);
  const seconds = secondsOfIso(typeof grace === 'string' ? grace : 'PT10M') ?? 600;
  const since = instance.state.healthTime;
  scheduleIn(world, seconds, () => considerRepair(world, set, instance, since));
}

/** After repairs were switched on or resumed, those that are sick by then are looked at too. */
export function watchAllForRepair(world: World, set: ScaleSet): void {
  for (const instance of liveInstances(set)) watchForRepair(world, set, instance);
}

function considerRepair(world: World, set: ScaleSet, instance: Instance, since: number): void {
  const { state, work } = instance;
  const isSame = isSick(instance) && state.healthTime === since && work === undefined;
  if (!isSame || !repairsItself(set) || set.repairs === 'Suspended' || isProtected(state)) return;
  const busy = liveInstances(set).filter((other) => other.work !== undefined).length;
  const atOnce = Math.max(1, Math.floor(set.model.sku.capacity * 0.05));
  if (isRolling(set.rolling) || set.provisioning.state !== 'Succeeded' || busy >= atOnce) {
    scheduleIn(world, RETRY_SECONDS, () => considerRepair(world, set, instance, since));
    return;
  }
  const action = valueAt(set.model, `${POLICY}.repairAction`);
  repair(world, set, instance, action === 'Reimage' || action === 'Restart' ? action : 'Replace');
}

function isSick({ state }: Instance): boolean {
  return state.exists && state.provisioning !== 'Deleting' && state.health === 'unhealthy';
}

/** What the platform does to an instance that it holds for broken. */
export function repair(world: World, set: ScaleSet, instance: Instance, action: RepairAction): void {
  const operation = startOperation(world, set, 'repair', [instance.id]);
  if (action !== 'Replace') {
    const order = { operation, failure: undefined };
    actOnInstance(world, set, instance, { ...order, class: action === 'Reimage' ? 'reimage' : 'restart' });
    overtake(world, set, [instance.id], operation);
    return;
  }
  leave(world, set, instance, operation);
  createOne(world, set, operation);
}
