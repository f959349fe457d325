import { entityNotFound } from '../errors/catalogue.ts';
import { mishapsOf } from '../faults/mishaps.ts';
import { param, queryOf, type Call, type Reply } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import type { OperationKind } from '../log/entries.ts';
import type { ActionClass, Instance, WorkOptions } from '../store/instance.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { startAction } from '../work/action.ts';
import { checkOverlap } from '../work/manual-upgrade.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet } from './find.ts';
import { checkHibernation } from './hibernation.ts';

type Asked = { readonly kind: OperationKind; readonly class: ActionClass };

/** An action on one instance; protection does not hold here (arm-vmss.md 3.3). */
function onInstance(asked: Asked, optionsOf: (call: Call) => WorkOptions = () => ({})): Route['handle'] {
  return (world: World, call: Call): Reply => {
    const set = findScaleSet(world, call);
    const instances = presentInstances(set, param(call, 'instance'));
    const options = optionsOf(call);
    checkAcceptance(world, set);
    checkHibernation(set, options);
    checkOverlap(world, set, instances);
    const mishaps = mishapsOf(world, call.traits);
    return acceptedReply(
      world,
      call,
      set,
      startAction(world, set, { ...asked, instances, mishaps, options }),
    );
  };
}

/** `*` stands for all instances in the path too (recorded, arm-vmss.md 2). */
function presentInstances(set: ScaleSet, id: string): Instance[] {
  const present = liveInstances(set).filter(({ state }) => state.provisioning !== 'Deleting');
  const named = id === '*' ? present : present.filter((instance) => instance.id === id);
  if (named.length === 0 && id !== '*') throw entityNotFound();
  return named;
}

function isTrue(call: Call, option: string): boolean {
  return queryOf(call, option)?.toLowerCase() === 'true';
}

export const reimageInstance = onInstance({ kind: 'instanceReimage', class: 'reimage' });
export const reimageAllOfInstance = onInstance({ kind: 'instanceReimageAll', class: 'reimage' }, () => ({
  allDisks: true,
}));
export const startInstance = onInstance({ kind: 'instanceStart', class: 'start' });
export const restartInstance = onInstance({ kind: 'instanceRestart', class: 'restart' });
export const redeployInstance = onInstance({ kind: 'instanceRedeploy', class: 'redeploy' });
export const powerOffInstance = onInstance({ kind: 'instancePowerOff', class: 'powerOff' }, (call) => ({
  skipShutdown: isTrue(call, 'skipShutdown'),
}));
export const deallocateInstance = onInstance({ kind: 'instanceDeallocate', class: 'deallocate' }, (call) => ({
  hibernate: isTrue(call, 'hibernate'),
}));
