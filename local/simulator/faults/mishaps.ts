import type { World } from '../world.ts';
import type { RequestTraits } from '../calls/call.ts';
import { faultFor } from './match.ts';
import type { FaultOf } from './schema.ts';

/** What faults do to one operation. */
export interface Mishaps {
  readonly fails: FaultOf<'operationFails'> | undefined;
  readonly preempted: FaultOf<'operationPreempted'> | undefined;
  readonly canceled: FaultOf<'operationCanceled'> | undefined;
  readonly skips: FaultOf<'silentlySkips'> | undefined;
}

export const NO_MISHAPS: Mishaps = {
  fails: undefined,
  preempted: undefined,
  canceled: undefined,
  skips: undefined,
};

export function mishapsOf(world: World, request: RequestTraits): Mishaps {
  return {
    fails: faultFor(world, 'operationFails', request),
    preempted: faultFor(world, 'operationPreempted', request),
    canceled: faultFor(world, 'operationCanceled', request),
    skips: faultFor(world, 'silentlySkips', request),
  };
}

/** A list that is absent means all. */
export function isAmong(ids: readonly string[] | undefined, id: string): boolean {
  return ids === undefined || ids.includes(id);
}
