import type { Access } from './access/check.ts';
import type { Fault } from './faults/schema.ts';
import type { OperationKind } from './operations/table.ts';
import type { Log } from './log/log.ts';
import type { Profile } from './profile.ts';
import type { ImageCatalogue } from './store/images.ts';
import type { Instance } from './store/instance.ts';
import type { OperationStore } from './store/operations.ts';
import type { ScaleSet } from './store/scale-set.ts';
import type { Buckets } from './throttle/buckets.ts';
import type { WireTime } from './time/clock.ts';
import type { RandomStreams } from './time/random.ts';

/** A fault with what has come of it so far. */
export interface ActiveFault {
  readonly id: string;
  readonly fault: Fault;
  /** Requests that matched until now. */
  matched: number;
  spent: boolean;
}

/** A write that is being accepted; another one to the same set meanwhile is refused. */
export interface Acceptance {
  readonly from: number;
  /** Simulated end; `undefined` while only the answer ends it. */
  until: number | undefined;
}

/** Which instances a list leaves out although they are there. */
export type Lacking = 'all' | readonly string[];

/** All that the simulated service knows. Its functions take it first and change nothing else. */
export interface World {
  /** Simulated time of what is happening just now: an event's own, else the clock's. */
  now(): number;
  schedule(time: number, run: () => void): void;
  readonly started: number;
  readonly subscriptionId: string;
  readonly location: string;
  readonly profile: Profile;
  /** What one of the callers may do. */
  readonly access: Access | undefined;
  readonly random: RandomStreams;
  readonly wireTime: WireTime;
  readonly log: Log;
  readonly scaleSets: Map<string, ScaleSet>;
  /** By lower-case name; a group stays known when its last set is gone. */
  readonly resourceGroups: Map<string, string>;
  readonly images: ImageCatalogue;
  readonly operations: OperationStore;
  readonly faults: ActiveFault[];
  readonly buckets: Buckets;
  readonly acceptances: Map<string, Acceptance>;
  acceptedWrites: number;
  /** By kind of write: the scale sets, in small letters, that have accepted one so far. */
  readonly accepted: Map<OperationKind, Set<string>>;
  /** By scale set: until when its lists lack instances. */
  readonly shortMoments: Map<string, { readonly until: number; readonly lacking: Lacking }>;
  /** Called after each change of an instance's health; automatic repairs listen here. */
  readonly onHealthChange: (set: ScaleSet, instance: Instance) => void;
}

export function secondsSinceStart(world: World): number {
  return (world.now() - world.started) / 1000;
}

export function scheduleIn(world: World, seconds: number, run: () => void): void {
  world.schedule(world.now() + seconds * 1000, run);
}

/** Scale sets are found by name without regard to case, as everything in ARM. */
export function scaleSetKey(subscriptionId: string, resourceGroup: string, name: string): string {
  return `${subscriptionId}/${resourceGroup}/${name}`.toLowerCase();
}

export function keyOf(set: ScaleSet): string {
  return scaleSetKey(set.subscriptionId, set.resourceGroup, set.name);
}
