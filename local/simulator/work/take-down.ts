import { imageReferenceOf, isWindows, type ScaleSetModel } from '../model/schema.ts';
import type { Duration, Timing } from '../profile.ts';
import { changeInstance } from '../views/change.ts';
import { isOff } from '../store/instance.ts';
import type { DataDisk, Instance, InstanceState, Work } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { dataDisksOf } from './data-disks.ts';
import { bootGuest } from './guest.ts';
import { healthNow, healthWhileDown } from './health.ts';
import { exactVersionOf, osDiskName } from './plan.ts';
import { valueAt } from '../model/json.ts';
import { beginUpdating, endWork, step } from './steps.ts';
import { secondsOf } from './timing.ts';

/**
 * Stops an instance, changes it and starts it again: a new disk, another size, another host, or nothing but the
 * restart. An instance that does not run is changed at rest.
 */
export function takeDown(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  const { timing } = world.profile;
  const wasUp = work.bringsUp;
  const total = secondsOf(
    world,
    set,
    instance,
    durationOf(timing, set.models.get(work.target) ?? set.model, work),
  );
  const stop = Math.min(secondsOf(world, set, instance, timing.stop), total * 0.3);
  const boot = Math.min(secondsOf(world, set, instance, timing.start), total * 0.3);
  beginUpdating(world, set, instance);
  if (wasUp && (work.inherits || !isOff(instance))) stopGuest(world, set, instance, stop);
  step(world, instance, total - boot, () => {
    work.committed = true;
    changeInstance(world, set, instance, {
      ...(wasUp ? ({ power: 'starting', extensions: [] } as const) : {}),
      ...changesOf(world, set, instance, work),
    });
  });
  step(world, instance, total, () => {
    if (wasUp) changeInstance(world, set, instance, { power: 'running' });
    endWork(world, set, instance, work);
    if (wasUp) bootGuest(world, set, instance, work.failure?.reason);
  });
}

/** Ends this life of the guest. */
export function stopGuest(world: World, set: ScaleSet, instance: Instance, seconds: number): void {
  instance.epoch += 1;
  instance.probed = false;
  changeInstance(world, set, instance, { power: 'stopping', agent: 'notReady', agentTime: world.now() });
  step(world, instance, seconds, () => {
    changeInstance(world, set, instance, {
      power: 'stopped',
      ...healthNow(world, healthWhileDown(world, set, instance)),
    });
  });
}

function durationOf(timing: Timing, model: ScaleSetModel, work: Work): Duration {
  if (work.class === 'resize') return timing.resize;
  if (work.class === 'restart') return timing.restart;
  if (work.class === 'redeploy') return timing.redeploy;
  return isWindows(model) ? timing.windowsImageReplacement : timing.imageReplacement;
}

function changesOf(world: World, set: ScaleSet, instance: Instance, work: Work): Partial<InstanceState> {
  if (work.failure !== undefined && !work.failure.changed) return {};
  const replaces = work.class === 'image' || work.class === 'reimage';
  return {
    generation: work.target,
    ...(replaces && !isOnlyReset(world, set, work)
      ? (work.options.disk ?? newDisk(world, set, instance, work.target))
      : {}),
    ...(work.options.allDisks === true ? { dataDisks: newDataDisks(world, set, instance, work) } : {}),
  };
}

/** An ephemeral disk is reset to what it was made from (azure-cli#28670). */
function isOnlyReset({ profile }: World, set: ScaleSet, { class: kind, options, target }: Work): boolean {
  if (!profile.ephemeralReimageKeepsImage || kind !== 'reimage' || options.forcesEphemeral === true)
    return false;
  const path = 'properties.virtualMachineProfile.storageProfile.osDisk.diffDiskSettings.option';
  return valueAt(set.models.get(target) ?? set.model, path) === 'Local';
}

function newDisk(
  world: World,
  set: ScaleSet,
  instance: Instance,
  generation: number,
): { exactVersion: string; osDisk: string } {
  const reference = imageReferenceOf(set.models.get(generation) ?? set.model);
  return {
    exactVersion: exactVersionOf(world, reference),
    osDisk: osDiskName(world, set.name, instance.id),
  };
}

/** Disks that the model gives are made anew; those that somebody attached stay (arm-vmss.md 3.3). */
function newDataDisks(world: World, set: ScaleSet, instance: Instance, work: Work): DataDisk[] {
  const attached = instance.state.dataDisks.filter((disk) => disk.createOption === 'Attach');
  return [...dataDisksOf(world, set, instance.id, set.models.get(work.target)), ...attached];
}
