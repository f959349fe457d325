import type { Ports } from '../activities/frame/ports.ts';
import { formatScaleSetId } from '../azure/address.ts';
import type { InstanceResource, ListedScaleSet, Read, ScaleSet, ScaleSetAddress } from '../azure/port.ts';
import { createReadCache } from '../azure/read-cache.ts';
import type { ReadCache } from '../azure/read-cache.ts';
import type { Model } from '../core/model/model.ts';
import { asLedgerHas } from '../core/run/as-ledger.ts';
import { lackingIn, membersOf } from '../core/run/membership.ts';
import type { LedgerRow } from '../core/record/ledger.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { listHeldLeases, readLease } from '../store/leases.ts';
import { readRollout } from '../store/rollouts.ts';
import { rowsOf } from './seen-rows.ts';

const caches = new WeakMap<Ports, ReadCache>();

/** Somebody who looks may see what was read a moment ago; a step never does. */
function cacheOf(ports: Ports): ReadCache {
  const known = caches.get(ports);
  if (known !== undefined) return known;
  const made = createReadCache(ports.clock, ports.pace.cacheSeconds);
  caches.set(ports, made);
  return made;
}

export interface VisibleScaleSets {
  readonly found: readonly (ListedScaleSet & { readonly heldBy: string | undefined })[];
  /** Subscriptions that are there but may not be read: no reason to hide the others. */
  readonly unreadable: readonly {
    readonly subscriptionId: string;
    readonly code: string;
    readonly message: string;
  }[];
}

/** Every scale set that the app may see, and which rollout works on it. */
export async function listScaleSets(ports: Ports): Promise<Read<VisibleScaleSets>> {
  const { compute, store } = ports;
  const subscriptions = await cacheOf(ports).read('subscriptions', () => compute.subscriptions());
  if (subscriptions.kind !== 'ok') return subscriptions;
  const sets: ListedScaleSet[] = [];
  const unreadable: VisibleScaleSets['unreadable'][number][] = [];
  for (const { subscriptionId, read } of await readSubscriptions(ports, subscriptions.value)) {
    if (read.kind === 'ok') sets.push(...read.value);
    else if (read.kind === 'throttled' || read.kind === 'unreachable') return read;
    else unreadable.push({ subscriptionId, code: read.code, message: read.message });
  }
  const leases = await listHeldLeases(store);
  const holders = new Map(leases.map(({ scaleSet, rolloutId }) => [scaleSetKey(scaleSet), rolloutId]));
  const found = sets.map((set) => ({
    ...set,
    heldBy: holders.get(scaleSetKey(formatScaleSetId(set.address))),
  }));
  return { kind: 'ok', value: { found, unreadable } };
}

/** Subscriptions asked at one time; a tenant may have hundreds. */
const AT_ONCE = 8;

interface SubscriptionRead {
  readonly subscriptionId: string;
  readonly read: Read<readonly ListedScaleSet[]>;
}

async function readSubscriptions(ports: Ports, ids: readonly string[]): Promise<readonly SubscriptionRead[]> {
  const reads: SubscriptionRead[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const asked = ids.slice(from, from + AT_ONCE).map(async (subscriptionId) => ({
      subscriptionId,
      read: await cacheOf(ports).read(`scaleSets ${subscriptionId}`, () =>
        ports.compute.scaleSets(subscriptionId),
      ),
    }));
    reads.push(...(await Promise.all(asked)));
    // The others would be answered no better.
    if (reads.some(({ read: { kind } }) => kind === 'throttled' || kind === 'unreachable')) break;
  }
  return reads;
}

export interface VisibleScaleSet extends ScaleSet {
  readonly instanceView: Model;
  readonly heldBy: string | undefined;
}

/** One scale set with its instance view, and which rollout works on it. */
export async function readScaleSet(address: ScaleSetAddress, ports: Ports): Promise<Read<VisibleScaleSet>> {
  const id = formatScaleSetId(address);
  const key = scaleSetKey(id);
  const cache = cacheOf(ports);
  const [set, view, lease] = await Promise.all([
    cache.read(`scaleSet ${key}`, () => ports.compute.scaleSet(address)),
    cache.read(`view ${key}`, () => ports.compute.scaleSetView(address)),
    readLease(ports.store, id),
  ]);
  if (set.kind !== 'ok') return set;
  if (view.kind !== 'ok') return view;
  return { kind: 'ok', value: { ...set.value, instanceView: view.value, heldBy: lease?.rolloutId } };
}

/** A list of all instances is a request a page: while a rollout looks at them itself, its ledger tells what is new. */
const WHILE_HELD_SECONDS = 60;

/** The instances of one scale set, with what Azure says of each, and what the rollout has seen since that holds it. */
export async function readInstances(
  address: ScaleSetAddress,
  ports: Ports,
): Promise<Read<readonly InstanceResource[]>> {
  const { compute, store, pace } = ports;
  const id = formatScaleSetId(address);
  const list = (seconds: number) =>
    cacheOf(ports).dated(`instances ${scaleSetKey(id)}`, () => compute.instanceResources(address), seconds);
  const holder = (await readLease(store, id))?.rolloutId;
  const rollout = holder === undefined ? undefined : await readRollout(store, holder);
  const rows = rollout && (await rowsOf(rollout, store));
  if (rollout === undefined || rows === undefined) return (await list(pace.cacheSeconds)).read;
  const kept = await list(Math.max(WHILE_HELD_SECONDS, pace.cacheSeconds));
  // A list that lacks somebody is none to be kept for a minute.
  const { read, at } = isShort(kept.read, rollout.record, rows) ? await list(pace.cacheSeconds) : kept;
  if (read.kind !== 'ok') return read;
  return { kind: 'ok', value: mergedOnce(read.value, rows, at - pace.viewLagSeconds * 1000) };
}

interface Merged {
  readonly listed: readonly InstanceResource[];
  readonly merged: readonly InstanceResource[];
}

const merges = new WeakMap<readonly LedgerRow[], Merged>();

/** The same list for everybody who looks while neither Azure's list nor the ledger has changed. */
function mergedOnce(
  listed: readonly InstanceResource[],
  rows: readonly LedgerRow[],
  since: number,
): readonly InstanceResource[] {
  const known = merges.get(rows);
  // A list was read at one time: with the list, the time is the same.
  if (known?.listed === listed) return known.merged;
  const merged = asLedgerHas(listed, rows, since);
  merges.set(rows, { listed, merged });
  return merged;
}

function isShort(
  read: Read<readonly InstanceResource[]>,
  record: RolloutRecord,
  rows: readonly LedgerRow[],
): boolean {
  if (read.kind !== 'ok') return false;
  const listed = read.value.map(({ instance }) => instance);
  return lackingIn(listed, membersOf(record, rows)).length > 0;
}
