import { mishapsOf } from '../faults/mishaps.ts';
import { instanceIdsOf, param, type Call, type Reply } from '../calls/call.ts';
import { liveInstances } from '../store/scale-set.ts';
import { namedInstances } from '../work/manual-upgrade.ts';
import { deleteInstances } from '../work/deletion.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet } from './find.ts';

/** Deletes the named instances; the capacity goes down with them (recorded: create_and_modify). */
export function deleteNamedInstances(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const ids = instanceIdsOf(call);
  checkAcceptance(world, set);
  const instances = namedInstances(world, set, ids);
  const operation = deleteInstances(world, set, {
    kind: 'deleteInstances',
    instances,
    mishaps: mishapsOf(world, call.traits),
  });
  return acceptedReply(world, call, set, operation);
}

/** 204 when there is no such instance (arm-vmss.md 2). */
export function deleteInstance(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const instance = liveInstances(set).find(({ id }) => id === param(call, 'instance'));
  if (instance === undefined || instance.state.provisioning === 'Deleting') return { status: 204 };
  checkAcceptance(world, set);
  const operation = deleteInstances(world, set, {
    kind: 'deleteInstance',
    instances: [instance],
    mishaps: mishapsOf(world, call.traits),
  });
  return acceptedReply(world, call, set, operation);
}
