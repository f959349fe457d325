import type { Ports } from '../activities/frame/ports.ts';
import { formatScaleSetId, parseScaleSetId } from '../azure/address.ts';
import type { Read, ScaleSetAddress } from '../azure/port.ts';
import type { Instance } from '../core/instance/instances.ts';
import { isEnded } from '../core/record/phase.ts';
import { schedules as words } from '../core/messages/schedules.ts';
import { upgradesItself } from '../core/model/guards.ts';
import type { Model } from '../core/model/model.ts';
import { versionShown } from '../core/model/gallery.ts';
import { locationOf } from '../core/model/scale-set.ts';
import { tagsOf } from '../core/model/tags.ts';
import { compareVersions } from '../core/model/versions.ts';
import { blocked, waits } from '../core/schedule/decision.ts';
import type { Decision } from '../core/schedule/decision.ts';
import type { SetFacts } from '../core/schedule/decide.ts';
import { namedSets, RING_TAG, ringOf, SCHEDULE_TAG } from '../core/schedule/schedule.ts';
import type { Schedule } from '../core/schedule/schedule.ts';
import { isOfSource, versionedImageOf } from '../core/schedule/source.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { readLease } from '../store/leases.ts';
import type { Store } from '../store/port.ts';
import { readRollout } from '../store/rollouts.ts';
import type { Catalogue, ImageHere } from './published-versions.ts';
import { listScaleSets } from './read-scale-sets.ts';

/** What is seen of one set, or what that already decides. */
export type Seen =
  | ({ readonly kind: 'facts'; readonly here: ImageHere } & SetFacts)
  | {
      readonly kind: 'decided';
      readonly scaleSet: string;
      readonly ring: number;
      readonly decision: Decision;
    };

interface World {
  readonly ports: Ports;
  readonly catalogue: Catalogue;
}

/** A set that a schedule is for, with its model where that is known already. */
interface Meant {
  readonly address: ScaleSetAddress;
  readonly model?: Model;
}

export interface Sight {
  readonly sets: readonly Seen[];
  /** Why sets that only their tag makes part of the schedule may be missing. */
  readonly unreadable?: string;
}

/** Sets looked at side by side. */
const AT_ONCE = 8;

/** Looks at every set that a schedule is for, by its name there or by the set's own tag. */
export async function seeSets(name: string, schedule: Schedule, world: World): Promise<Sight> {
  const { sets: meant, unreadable } = await meantBy(name, schedule, world.ports);
  const seen: Seen[] = [];
  for (let from = 0; from < meant.length; from += AT_ONCE) {
    const asked = meant.slice(from, from + AT_ONCE).map((set) => seeSet(set, schedule, world));
    seen.push(...(await Promise.all(asked)));
  }
  const sets = seen.toSorted((a, b) => a.ring - b.ring || (a.scaleSet < b.scaleSet ? -1 : 1));
  return { sets, ...(unreadable !== undefined && { unreadable }) };
}

async function meantBy(
  name: string,
  schedule: Schedule,
  ports: Ports,
): Promise<{ readonly sets: readonly Meant[]; readonly unreadable?: string }> {
  const named = namedSets(schedule).flatMap((id): Meant[] => {
    const address = parseScaleSetId(id);
    return address === undefined ? [] : [{ address }];
  });
  const listed = await listScaleSets(ports);
  const tagged =
    listed.kind === 'ok'
      ? listed.value.found.filter(({ model }) => tagsOf(model)[SCHEDULE_TAG] === name)
      : [];
  // A set that is both named and listed need not be read again.
  const sets = new Map([...named, ...tagged].map((set) => [scaleSetKey(formatScaleSetId(set.address)), set]));
  const all = [...sets.values()];
  return listed.kind === 'ok' ? { sets: all } : { sets: all, unreadable: whyNot(listed) };
}

async function seeSet(
  { address, model: listed }: Meant,
  schedule: Schedule,
  { ports: { compute, store }, catalogue }: World,
): Promise<Seen> {
  const scaleSet = formatScaleSetId(address);
  const read = listed === undefined ? await compute.scaleSet(address) : undefined;
  const model = read?.kind === 'ok' ? read.value.model : listed;
  const ring = ringOf(schedule, scaleSet, model && tagsOf(model)[RING_TAG]);
  const decided = (decision: Decision): Seen => ({ kind: 'decided', scaleSet, ring, decision });
  if (model === undefined) return decided(read === undefined ? unreadable('') : withoutIt(read));
  const image = versionedImageOf(model);
  if (image === undefined) return decided(blocked('noVersions', words.noVersions));
  if (!isOfSource(image, schedule.source)) return decided(blocked('otherImage', words.otherImage));
  if (upgradesItself(model)) return decided(blocked('automaticOsUpgrade', words.automaticOsUpgrade));
  const here = { image, subscriptionId: address.subscriptionId, location: locationOf(model) };
  const [instances, published, heldBy] = await Promise.all([
    compute.instances(address),
    catalogue.versions(here),
    holderOf(scaleSet, store),
  ]);
  if (instances.kind !== 'ok') return decided(withoutIt(instances));
  if (published.kind !== 'ok') return decided(withoutIt(published));
  return {
    kind: 'facts',
    scaleSet,
    ring,
    here,
    image: image.key,
    modelVersion: image.version,
    running: versionsOn(instances.value),
    ...published.value,
    ...(heldBy !== undefined && { heldBy }),
  };
}

/** The versions that instances run, the oldest first. */
function versionsOn(instances: readonly Instance[]): readonly string[] {
  return [...new Set(instances.map((one) => versionShown(one.image)))].toSorted(compareVersions);
}

/** The rollout that holds a set; a lease whose rollout was never written down, or has ended, keeps nobody off for long. */
async function holderOf(scaleSet: string, store: Store): Promise<string | undefined> {
  const rolloutId = (await readLease(store, scaleSet))?.rolloutId;
  const holder = rolloutId === undefined ? undefined : await readRollout(store, rolloutId);
  return holder === undefined || isEnded(holder.record.phase) ? undefined : rolloutId;
}

const unreadable = (why: string): Decision => waits('unreadable', words.unreadable(why));

/** What a read says of a set that cannot be looked at now. */
export function withoutIt(read: Exclude<Read<unknown>, { readonly kind: 'ok' }> | Read<unknown>): Decision {
  if (read.kind === 'missing') return blocked('missing', words.missing);
  return unreadable(read.kind === 'ok' ? '' : whyNot(read));
}

/** Why Azure did not say, in a few words. */
export function whyNot(read: Exclude<Read<unknown>, { readonly kind: 'ok' }>): string {
  if (read.kind === 'throttled') return words.throttled(read.retryAfterSeconds);
  if (read.kind === 'unreachable') return read.message;
  return `${read.code}: ${read.message}`;
}
