import { ArmError } from '../errors/arm-error.ts';
import { operationNotAllowed } from '../errors/catalogue.ts';
import type { Call, Reply } from '../calls/call.ts';
import { valueAt } from '../model/json.ts';
import { customIdOf, imageReferenceOf, type ScaleSetModel } from '../model/schema.ts';
import { isRolling } from '../store/rolling-upgrade.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { historyItem, latestUpgradeView, noUpgradeView } from '../wire/rolling-upgrade.ts';
import { makesNewModel } from '../work/model-write.ts';
import { completeEmpty, startOperation } from '../work/operation.ts';
import { endUpgrade } from '../work/rolling/end.ts';
import { passRollingUpgrade } from '../work/rolling/guard.ts';
import { rollOut } from '../work/rolling/start.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet } from './find.ts';

/** The upgrade that runs, or the last one; what a set answers that never had one is unknown (arm-vmss.md 6). */
export function getLatestRollingUpgrade(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  if (set.rolling !== undefined) return { status: 200, body: latestUpgradeView(world, set, set.rolling) };
  if (world.profile.latestRollingUpgradeWhenNone === 200) return { status: 200, body: noUpgradeView(set) };
  throw new ArmError(404, {
    code: 'NotFound',
    message: `There is no rolling upgrade for Virtual Machine Scale Set '${set.name}'.`,
  });
}

export function listOsUpgradeHistory(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  return { status: 200, body: { value: set.history.map((upgrade) => historyItem(world, set, upgrade)) } };
}

/** The batch under way is carried through; the operation that the upgrade belongs to ends `Canceled`. */
export function cancelRollingUpgrade(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  checkAcceptance(world, set);
  const { rolling } = set;
  if (!isRolling(rolling)) {
    throw operationNotAllowed('There is no ongoing Rolling Upgrade to cancel.');
  }
  rolling.lastAction = 'Cancel';
  rolling.lastActionTime = world.now();
  endUpgrade(world, set, rolling, 'Cancelled');
  const operation = startOperation(world, set, 'cancelRollingUpgrade', []);
  completeEmpty(world, set, operation);
  return acceptedReply(world, call, set, operation);
}

/** Moves all instances to the newest image of the model. */
export function startOsUpgrade(world: World, call: Call): Reply {
  const set = writable(world, call);
  const id = customIdOf(imageReferenceOf(set.model));
  if (id !== undefined && !/galleries\//i.test(id)) {
    throw operationNotAllowed(
      'The OS Rolling Upgrade API cannot be used on a VM Scale Set unless the VM Scale Set is using a Platform Image.',
    );
  }
  return acceptedReply(world, call, set, rollOut(world, set, 'osImage', 'osRollingUpgrade'));
}

export function startExtensionUpgrade(world: World, call: Call): Reply {
  const set = writable(world, call);
  return acceptedReply(world, call, set, rollOut(world, set, 'extensions', 'extensionRollingUpgrade'));
}

function writable(world: World, call: Call): ScaleSet {
  const set = findScaleSet(world, call);
  checkAcceptance(world, set);
  passRollingUpgrade(world, set);
  return set;
}

/** Capacity and tags may change while a rolling upgrade runs; the model and the policy meet it. */
export function checkRollingUpgrade(world: World, set: ScaleSet, model: ScaleSetModel): void {
  const mode = 'properties.upgradePolicy.mode';
  const meets = makesNewModel(world, set.model, model) || valueAt(set.model, mode) !== valueAt(model, mode);
  if (meets) passRollingUpgrade(world, set);
}
