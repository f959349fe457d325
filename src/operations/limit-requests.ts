import type { Ports } from '../activities/frame/ports.ts';
import { isSameCaller, keyOf } from '../core/access/caller.ts';
import type { Caller } from '../core/access/caller.ts';
import type { Act } from '../core/access/rights.ts';
import { listClaims } from '../store/leases.ts';
import type { Claim } from '../store/leases.ts';
import { listMissing, MISSING_MS } from '../store/missing-sets.ts';
import type { Store } from '../store/port.ts';
import { readRollout } from '../store/rollouts.ts';
import { tally } from '../store/tallies.ts';

/** How much one caller may ask for, across all instances of the app. */
export interface Limits {
  /** Starts, also of what is refused later. */
  readonly startsPerMinute: number;
  /** Plans leave nothing behind, but each reads a whole scale set. */
  readonly plansPerMinute: number;
  /** Everything else that changes something. */
  readonly commandsPerMinute: number;
  /** Rollouts of one caller that have not ended. */
  readonly openRollouts: number;
  /** Rollouts that have not ended in one subscription, whoever has asked for them. */
  readonly openPerSubscription: number;
  /** Starts of one caller on scale sets that are not there. */
  readonly missingPerHour: number;
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
  const minute = Math.floor(now / 60_000);
  const { what, most } = countedAs(act, limits);
  if ((await tally(ports.store, { what, who: keyOf(caller.name), minute, most })) <= most) return undefined;
  return { most, retryAfterSeconds: Math.ceil(((minute + 1) * 60_000 - now) / 1000) };
}

function countedAs(act: Act, limits: Limits): { readonly what: string; readonly most: number } {
  if (act === 'start') return { what: 'starts', most: limits.startsPerMinute };
  if (act === 'plan') return { what: 'plans', most: limits.plansPerMinute };
  return { what: 'commands', most: limits.commandsPerMinute };
}

/** One more rollout is too many. */
export interface TooMany {
  readonly kind: 'tooMany';
  /** Of this caller, in this subscription, or of this caller on scale sets that are not there. */
  readonly of: 'caller' | 'subscription' | 'missing';
  readonly most: number;
  readonly retryAfterSeconds?: number;
}

/** What a start is held against; a schedule, which counts its own, knows the first alone. */
export interface StartLimits {
  readonly openRollouts: number;
  readonly openPerSubscription?: number;
  readonly missingPerHour?: number;
}

interface Start {
  readonly by: string;
  readonly scaleSet: string;
  readonly limits: StartLimits;
}

/** Whether one more rollout of this caller over this scale set is too many. */
export async function tooManyBy(
  start: Start,
  ports: Pick<Ports, 'store' | 'clock'>,
): Promise<TooMany | undefined> {
  const { by, scaleSet, limits } = start;
  const { openRollouts, openPerSubscription = Infinity } = limits;
  const held = await listClaims(ports.store);
  const inSubscription = held.filter((lease) => subscriptionOf(lease.scaleSet) === subscriptionOf(scaleSet));
  if (inSubscription.length >= openPerSubscription)
    return { kind: 'tooMany', of: 'subscription', most: openPerSubscription };
  if ((await countOwn(held, by, openRollouts, ports.store)) >= openRollouts)
    return { kind: 'tooMany', of: 'caller', most: openRollouts };
  return tooManyMissing(start, ports);
}

function subscriptionOf(scaleSet: string): string {
  return scaleSet.split('/')[2]?.toLowerCase() ?? '';
}

/** How many rollouts of this caller hold a scale set or wait for one; not counted one by one while all together are fewer than `most`. */
async function countOwn(held: readonly Claim[], by: string, most: number, store: Store): Promise<number> {
  if (held.length < most) return held.length;
  const found = await Promise.all(held.map(({ rolloutId }) => readRollout(store, rolloutId)));
  return found.filter((one) => one !== undefined && isSameCaller(one.record.requestedBy, by)).length;
}

async function tooManyMissing(
  { by, limits: { missingPerHour: most } }: Start,
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
): Promise<TooMany | undefined> {
  if (most === undefined || most === Infinity) return undefined;
  const missing = await listMissing(store, keyOf(by), clock.now());
  // Once the oldest of the last so many is forgotten, one more is not too many.
  const first = missing.at(-most);
  if (first === undefined) return undefined;
  const retryAfterSeconds = Math.ceil((Date.parse(first.at) + MISSING_MS - clock.now()) / 1000);
  return { kind: 'tooMany', of: 'missing', most, retryAfterSeconds };
}
