import { mishapsOf } from '../faults/mishaps.ts';
import { optionalInstanceIdsOf, type Call, type Reply } from '../calls/call.ts';
import { checkOverlap, namedInstances } from '../work/manual-upgrade.ts';
import { startAction } from '../work/action.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';
import { askedAction } from './asked-action.ts';
import { findScaleSet } from './find.ts';
import { checkHibernation } from './hibernation.ts';

/** An action on the instances that the body names, or on all of them (arm-vmss.md 2). */
export function actOnSet(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const ids = optionalInstanceIdsOf(call) ?? ['*'];
  const asked = askedAction(call);
  checkAcceptance(world, set);
  checkHibernation(set, asked.options);
  const instances = namedInstances(world, set, ids);
  checkOverlap(world, set, instances);
  const mishaps = mishapsOf(world, call.traits);
  return acceptedReply(world, call, set, startAction(world, set, { ...asked, instances, mishaps }));
}
