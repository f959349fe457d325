import { mishapsOf } from '../faults/mishaps.ts';
import { instanceIdsOf, type Call, type Reply } from '../calls/call.ts';
import { operationHeaders } from '../wire/operation.ts';
import { checkOverlap, namedInstances, startManualUpgrade } from '../work/manual-upgrade.ts';
import type { World } from '../world.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet } from './find.ts';

/** Brings the named instances to the scale set's model; 202 with an operation to poll. */
export function upgradeInstances(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const ids = instanceIdsOf(call);
  checkAcceptance(world, set);
  const instances = namedInstances(world, set, ids);
  checkOverlap(world, set, instances);

  // Instances that have nothing to do are not charged for (recorded: create_and_modify).
  const outdated = instances.filter(({ state }) => !state.latestModelApplied).length;
  const operation = startManualUpgrade(world, set, instances, mishapsOf(world, call.traits));
  return {
    status: 202,
    headers: {
      ...operationHeaders(world, call, operation, 'POST'),
      'x-ms-request-charge': String(outdated),
    },
    accepted: { set, operation },
  };
}
