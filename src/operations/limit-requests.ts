import type { Ports } from '../activities/frame/ports.ts';
import { isSameCaller, keyOf } from '../core/access/caller.ts';
import type { Caller } from '../core/access/caller.ts';
import type { Act } from '../core/access/rights.ts';
import { listClaims } from '../store/leases.ts';
import type { Store } from '../store/port.ts';
import { readRollout } from '../store/rollouts.ts';
import { tally } from '../store/tallies.ts';

/** How much one caller may ask for, across all instances of the app. */
export interface Limits {
  /** Starts, also of what is refused later; plans leave nothing behind, and are not counted. */
  readonly startsPerMinute: number;
  /** Everything else that changes something. */
  readonly commandsPerMinute: number;
  /** Rollouts of one caller that have not ended. */
  readonly openRollouts: number;
}

/** More is not taken in this minute. */
export interface Limited {
  readonly most: number;
  readonly retryAfterSeconds: number;
}

/** What speaks against one more request of this caller, if anything; it is counted by that. */
export async function limitRequest(
  act: Act,
  caller: Caller,
  { limits, ports }: { readonly limits: Limits; readonly ports: Ports },
): Promise<Limited | undefined> {
  const now = ports.clock.now();
  const isStart = act === 'start';
  const most = isStart ? limits.startsPerMinute : limits.commandsPerMinute;
  const minute = Math.floor(now / 60_000);
  const what = isStart ? 'starts' : 'commands';
  if ((await tally(ports.store, { what, who: keyOf(caller.name), minute, most })) <= most) return undefined;
  return { most, retryAfterSeconds: Math.ceil(((minute + 1) * 60_000 - now) / 1000) };
}

/** How many rollouts of this caller hold a scale set or wait for one; not counted one by one while all together are fewer than `most`. */
export async function openRolloutsOf(by: string, most: number, store: Store): Promise<number> {
  const held = await listClaims(store);
  if (held.length < most) return held.length;
  const found = await Promise.all(held.map(({ rolloutId }) => readRollout(store, rolloutId)));
  return found.filter((one) => one !== undefined && isSameCaller(one.record.requestedBy, by)).length;
}
