import { canonical, sameName, valueAt } from '../model/json.ts';
import {
  customIdOf,
  extensionsOf,
  imageReferenceOf,
  type ImageReference,
  type ScaleSetModel,
} from '../model/schema.ts';
import type { UpgradeClass } from '../operations/row.ts';
import type { Instance } from '../store/instance.ts';
import type { ProvisioningFailure } from '../store/failure.ts';
import { modelOf, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';

export function classify(
  world: World,
  set: ScaleSet,
  instance: Instance,
  target: ScaleSetModel,
): UpgradeClass {
  const from = modelOf(set, instance);
  if (movesImage(world, instance, imageReferenceOf(from), imageReferenceOf(target))) return 'image';
  if (!sameName(from.sku.name, target.sku.name)) return 'resize';
  const failed = instance.state.provisioning === 'Failed';
  if (failed || canonical(extensionsOf(from)) !== canonical(extensionsOf(target))) return 'extensions';
  const same =
    canonical(from.properties.virtualMachineProfile) === canonical(target.properties.virtualMachineProfile);
  return same ? 'none' : 'model';
}

/** `latest` in both models is no change: a newer version reaches an instance only by reimage (arm-vmss.md 3.3). */
function movesImage(world: World, instance: Instance, from: ImageReference, to: ImageReference): boolean {
  if (canonical(from) === canonical(to)) return false;
  return (
    !sameSku(from, to) ||
    !sameName(customIdOf(from), customIdOf(to)) ||
    !sameName(exactVersionOf(world, to), instance.state.exactVersion)
  );
}

function sameSku(a: ImageReference, b: ImageReference): boolean {
  return sameName(a.publisher, b.publisher) && sameName(a.offer, b.offer) && sameName(a.sku, b.sku);
}

/** The version that an instance gets from a reference now; for a managed image or a gallery version its id. */
export function exactVersionOf(world: World, reference: ImageReference): string {
  return world.images.resolve(reference) ?? reference.version ?? '';
}

export function osDiskName(world: World, scaleSet: string, instance: string): string {
  return `${scaleSet}_${scaleSet}_${instance}_OsDisk_1_${world.random('disks').hex(32)}`;
}

/** Why a running instance cannot take this model: something in it holds only for one that is deallocated first. */
export function needsDeallocation(
  world: World,
  set: ScaleSet,
  instance: Instance,
  target: ScaleSetModel,
): ProvisioningFailure | undefined {
  if (instance.state.power === 'deallocated') return undefined;
  const from = modelOf(set, instance);
  const moved = world.profile.changesWhileDeallocated.find(
    (path) => canonical(valueAt(from, path)) !== canonical(valueAt(target, path)),
  );
  if (moved === undefined) return undefined;
  return {
    code: 'OperationNotAllowed',
    message: `Property '${moved.split('.').at(-1)}' of VM '${set.name}_${instance.id}' can be changed only when the VM is deallocated.`,
  };
}
