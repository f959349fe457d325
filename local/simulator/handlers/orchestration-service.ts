import { invalidParameter, operationNotAllowed } from '../errors/catalogue.ts';
import { bodyOf, type Call, type Reply } from '../calls/call.ts';
import { textOf } from '../model/json.ts';
import { completeEmpty, startOperation } from '../work/operation.ts';
import { repairsItself, watchAllForRepair } from '../work/repairs.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet } from './find.ts';

const STATES = { Suspend: 'Suspended', Resume: 'Running' } as const;

/** Suspends or resumes automatic repairs (arm-vmss.md 2). */
export function setOrchestrationServiceState(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const { serviceName, action } = bodyOf(call);
  if (serviceName !== 'AutomaticRepairs') {
    throw invalidParameter('serviceName', `The service '${textOf(serviceName) ?? ''}' is not supported.`);
  }
  if (action !== 'Suspend' && action !== 'Resume') {
    throw invalidParameter('action', `The action '${textOf(action) ?? ''}' is not supported.`);
  }
  checkAcceptance(world, set);
  if (!repairsItself(set)) {
    throw operationNotAllowed(
      `The service 'AutomaticRepairs' is not enabled on Virtual Machine Scale Set '${set.name}'.`,
    );
  }
  set.repairs = STATES[action];
  if (action === 'Resume') watchAllForRepair(world, set);
  const operation = startOperation(world, set, 'setOrchestrationServiceState', []);
  completeEmpty(world, set, operation);
  return acceptedReply(world, call, set, operation);
}
