import { valueAt } from '../model/json.ts';
import { changeInstance } from '../views/change.ts';
import type { Instance } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { secondsOfIso } from '../time/iso-duration.ts';
import { scheduleIn, type World } from '../world.ts';
import { completePart, releaseInstance } from './operation.ts';
import { secondsOf } from './timing.ts';

/** With a terminate notification an instance serves on until that has expired (arm-vmss.md 3.3). */
export function leave(world: World, set: ScaleSet, instance: Instance, operation: Operation): void {
  const notice = noticeSeconds(set);
  if (notice === 0) {
    removeInstance(world, set, instance, operation);
    return;
  }
  operation.pending.add(instance.id);
  changeInstance(world, set, instance, { provisioning: 'Deleting', provisioningTime: world.now() });
  scheduleIn(world, notice, () => {
    if (instance.state.exists) removeInstance(world, set, instance, operation);
    else completePart(world, set, operation, instance.id);
  });
}

function noticeSeconds(set: ScaleSet): number {
  const path = 'properties.virtualMachineProfile.scheduledEventsProfile.terminateNotificationProfile';
  if (valueAt(set.model, `${path}.enable`) !== true) return 0;
  const timeout = valueAt(set.model, `${path}.notBeforeTimeout`);
  return secondsOfIso(typeof timeout === 'string' ? timeout : 'PT5M') ?? 0;
}

/** Takes an instance out of service and then away; whatever it was busy with ends here. */
export function removeInstance(
  world: World,
  set: ScaleSet,
  instance: Instance,
  operation: Operation | undefined,
): void {
  instance.work = undefined;
  instance.epoch += 1;
  instance.probed = false;
  releaseInstance(world, set, instance.id, operation);
  operation?.pending.add(instance.id);
  changeInstance(world, set, instance, {
    provisioning: 'Deleting',
    provisioningTime: world.now(),
    power: 'stopping',
    agent: 'notReady',
    agentTime: world.now(),
  });
  scheduleIn(world, secondsOf(world, set, instance, world.profile.timing.remove), () => {
    changeInstance(world, set, instance, { exists: false });
    if (operation !== undefined) completePart(world, set, operation, instance.id);
  });
}
