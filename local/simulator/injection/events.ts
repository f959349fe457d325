import { isObject, type JsonObject } from '../model/json.ts';
import { mergePatch, writablePart } from '../model/merge.ts';
import { upgradesItself } from '../model/policies.ts';
import { ScaleSetModel } from '../model/schema.ts';
import { DEFAULT_IMAGE } from '../store/default-images.ts';
import type { Instance } from '../store/instance.ts';
import { isRolling } from '../store/rolling-upgrade.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { evict } from '../work/eviction.ts';
import { namedInstances, startManualUpgrade } from '../work/manual-upgrade.ts';
import { writeModel } from '../work/model-write.ts';
import { publishImage } from '../work/os-upgrade.ts';
import { rollOutByPlatform } from '../work/rolling/start.ts';
import { repair } from '../work/repairs.ts';
import type { ActiveFault, World } from '../world.ts';
import { NO_MISHAPS } from '../faults/mishaps.ts';
import type { OnceFault } from '../faults/schema.ts';
import { isOfSet } from '../faults/targets.ts';

/** Lets something happen that nobody asked the service for. */
export function fire(world: World, active: ActiveFault, fault: OnceFault): void {
  active.spent = true;
  world.log.write(world.now(), { kind: 'fault', fault: active.id, what: 'fired' });
  if (fault.kind === 'imagePublication') {
    const { version, sku = DEFAULT_IMAGE.sku } = fault;
    const { offer = DEFAULT_IMAGE.offer, publisher = DEFAULT_IMAGE.publisher } = fault;
    publishImage(world, { publisher, offer, sku, version });
    return;
  }
  if (fault.kind === 'clockJump') {
    world.wireTime.jump(fault.seconds);
    return;
  }
  for (const set of world.scaleSets.values()) {
    if (isOfSet(fault, set.name)) interfere(world, set, fault);
  }
}

type SetEvent = Exclude<OnceFault, { kind: 'imagePublication' | 'clockJump' }>;

/** Somebody else writes, or the platform acts, past our client, its leases and its fences. */
function interfere(world: World, set: ScaleSet, fault: SetEvent): void {
  switch (fault.kind) {
    case 'foreignUpgrade':
      startManualUpgrade(world, set, namedInstances(world, set, fault.instances), NO_MISHAPS);
      return;
    case 'foreignCapacity': {
      const capacity = Math.max(0, set.model.sku.capacity + fault.change);
      patchAsForeigner(world, set, { sku: { capacity } });
      return;
    }
    case 'foreignModel':
      patchAsForeigner(world, set, fault.patch);
      return;
    case 'autoscale':
      autoscale(world, set, fault.change);
      return;
    case 'eviction':
      for (const instance of present(set, fault.instances)) evict(world, set, instance, fault.policy);
      return;
    case 'osUpgrade':
      if (upgradesItself(set.model) && !isRolling(set.rolling)) rollOutByPlatform(world, set);
      return;
    case 'repair':
      for (const instance of present(set, fault.instances)) repair(world, set, instance, fault.action);
  }
}

/** Scales in no further than the instances that may leave allow. */
function autoscale(world: World, set: ScaleSet, change: number): void {
  const free = liveInstances(set).filter(({ state }) => state.protection?.protectFromScaleIn !== true);
  const capacity = set.model.sku.capacity + Math.max(change, -free.length);
  patchAsForeigner(world, set, { sku: { capacity: Math.max(0, capacity) } }, true);
}

function patchAsForeigner(world: World, set: ScaleSet, patch: JsonObject, sparesProtected = false): void {
  const model: unknown = set.model;
  const merged: unknown = mergePatch(isObject(model) ? model : {}, writablePart(patch));
  writeModel(world, set, {
    model: ScaleSetModel.parse(merged),
    patch,
    by: 'foreign',
    operation: 'patch',
    sparesProtected,
  });
}

function present(set: ScaleSet, ids: readonly string[]): Instance[] {
  return liveInstances(set).filter(({ id, state }) => ids.includes(id) && state.provisioning !== 'Deleting');
}
