import { param, type Call, type Reply } from '../calls/call.ts';
import { runningOn } from '../store/operations.ts';
import { deleteScaleSet as deleteSet } from '../work/deletion.ts';
import { scaleSetKey, type World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';

/**
 * Deletes a set with all its instances, protected ones too; 204 when there is none (arm-vmss.md 2, 3.3).
 * Asked again meanwhile, it answers with the deletion that runs.
 */
export function deleteScaleSet(world: World, call: Call): Reply {
  const key = scaleSetKey(param(call, 'subscription'), param(call, 'group'), param(call, 'name'));
  const set = world.scaleSets.get(key);
  if (set === undefined) return { status: 204 };
  const [running] = runningOn(world.operations, set.name).filter(({ kind }) => kind === 'deleteScaleSet');
  if (running !== undefined) return acceptedReply(world, call, set, running);
  checkAcceptance(world, set);
  return acceptedReply(world, call, set, deleteSet(world, set));
}
