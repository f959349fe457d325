import { mishapsOf } from '../faults/mishaps.ts';
import { optionalInstanceIdsOf, queryOf, type Call, type Reply } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import type { OperationKind } from '../log/entries.ts';
import type { ActionClass, WorkOptions } from '../store/instance.ts';
import { checkOverlap, namedInstances } from '../work/manual-upgrade.ts';
import { startAction } from '../work/action.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet } from './find.ts';
import { checkHibernation } from './hibernation.ts';

type Asked = { readonly kind: OperationKind; readonly class: ActionClass };

/** An action on the instances that the body names, or on all of them (arm-vmss.md 2). */
function onSet(asked: Asked, optionsOf: (call: Call) => WorkOptions = () => ({})): Route['handle'] {
  return (world: World, call: Call): Reply => {
    const set = findScaleSet(world, call);
    const ids = optionalInstanceIdsOf(call) ?? ['*'];
    const options = optionsOf(call);
    checkAcceptance(world, set);
    checkHibernation(set, options);
    const instances = namedInstances(world, set, ids);
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

function isTrue(call: Call, option: string): boolean {
  return queryOf(call, option)?.toLowerCase() === 'true';
}

export const reimage = onSet({ kind: 'reimage', class: 'reimage' });
export const reimageAll = onSet({ kind: 'reimageAll', class: 'reimage' }, () => ({ allDisks: true }));
export const start = onSet({ kind: 'start', class: 'start' });
export const restart = onSet({ kind: 'restart', class: 'restart' });
export const redeploy = onSet({ kind: 'redeploy', class: 'redeploy' });
export const reapply = onSet({ kind: 'reapply', class: 'reapply' });
export const powerOff = onSet({ kind: 'powerOff', class: 'powerOff' }, (call) => ({
  skipShutdown: isTrue(call, 'skipShutdown'),
}));
export const deallocate = onSet({ kind: 'deallocate', class: 'deallocate' }, (call) => ({
  hibernate: isTrue(call, 'hibernate'),
}));
