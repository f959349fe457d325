import { entityNotFound } from '../errors/catalogue.ts';
import { mishapsOf } from '../faults/mishaps.ts';
import { param, type Call, type Reply } from '../calls/call.ts';
import type { Instance } from '../store/instance.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { startAction } from '../work/action.ts';
import { checkOverlap } from '../work/manual-upgrade.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';
import { askedAction } from './asked-action.ts';
import { findScaleSet } from './find.ts';
import { checkHibernation } from './hibernation.ts';

/** An action on one instance; protection does not hold here (arm-vmss.md 3.3). */
export function actOnInstance(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const instances = presentInstances(set, param(call, 'instance'));
  const asked = askedAction(call);
  checkAcceptance(world, set);
  checkHibernation(set, asked.options);
  checkOverlap(world, set, instances);
  const mishaps = mishapsOf(world, call.traits);
  return acceptedReply(world, call, set, startAction(world, set, { ...asked, instances, mishaps }));
}

/** `*` stands for all instances in the path too (recorded, arm-vmss.md 2). */
function presentInstances(set: ScaleSet, id: string): Instance[] {
  const present = liveInstances(set).filter(({ state }) => state.provisioning !== 'Deleting');
  const named = id === '*' ? present : present.filter((instance) => instance.id === id);
  if (named.length === 0 && id !== '*') throw entityNotFound();
  return named;
}
