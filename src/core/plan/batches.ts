import type { SwitchedOff } from '../actions/switched-off.ts';
import { domainsOf, placeOf } from '../instance/domains.ts';
import { byInstanceId } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import { isServing } from '../instance/serving.ts';
import { batchNames } from '../messages/instances.ts';
import type { RolloutSpec } from '../spec/spec.ts';

type Strategy = Pick<RolloutSpec['strategy'], 'batchBy' | 'steps' | 'canary' | 'order'>;

export interface PlannedBatch {
  readonly index: number;
  readonly name: string;
  readonly instances: readonly string[];
  /** A trial before the others: it is always waited for, however the others are paced. */
  readonly canary?: true;
}

interface Group {
  /** Absent where the batch is just one of many of its kind: its index tells them apart. */
  readonly name?: string;
  readonly instances: readonly Instance[];
  readonly canary?: true;
}

export interface Limits {
  /** How many may be down at once. */
  readonly most: number;
  readonly switchedOff?: readonly SwitchedOff[];
}

/**
 * Divides the targeted instances into batches as the strategy says, the canary first; a batch larger than `most` is
 * split into several of about one size. Instances that are started first come before those that serve already: they
 * take nothing away, and once they serve there is more room. Those that are to be off come last, when the others have
 * shown that the change is good; they prove nothing and count in no share.
 */
export function batchesOf(
  targets: readonly Instance[],
  strategy: Strategy,
  { most, switchedOff = [] }: Limits,
): readonly PlannedBatch[] {
  const how = new Map(switchedOff.map(({ instance, as }) => [instance, as]));
  const isStarted = ({ instanceId }: Instance): boolean => how.get(instanceId) === 'started';
  const ordered = inOrder(targets, strategy);
  const warm = ordered.filter(({ instanceId }) => !how.has(instanceId) || how.get(instanceId) === 'started');
  const canary = canaryOf(warm, strategy, isStarted);
  const isCanary = new Set(canary.flatMap(({ instances }) => instances));
  const rest = warm.filter((instance) => !isCanary.has(instance));
  const started = placesOf(rest.filter(isStarted), strategy);
  const serving = rest.filter((instance) => !isStarted(instance));
  const last = (as: SwitchedOff['as'], name: string): readonly Group[] => {
    const instances = ordered.filter(({ instanceId }) => how.get(instanceId) === as);
    return instances.length === 0 ? [] : [{ name, instances }];
  };
  const groups = [
    ...canary,
    ...started.map((instances, index) => ({ name: numbered(batchNames.startedFirst, index), instances })),
    ...groupsOf(serving, strategy, warm.length),
  ];
  return [
    ...groups.flatMap((group) => split(group, most)),
    ...last('offAgain', batchNames.offAgain),
    ...last('cold', batchNames.off),
  ].map(({ name, instances, canary: trial }, index) => ({
    index,
    name: name ?? batchNames.index(index),
    instances: instances.map(({ instanceId }) => instanceId).sort(byInstanceId),
    ...(trial && { canary: trial }),
  }));
}

function inOrder(instances: readonly Instance[], { order }: Strategy): readonly Instance[] {
  const rank = (instance: Instance): number => (order === 'unhealthyFirst' ? Number(isServing(instance)) : 0);
  return instances.toSorted((a, b) => rank(a) - rank(b) || byInstanceId(a.instanceId, b.instanceId));
}

/** Whether batches stay within one zone. */
export function isByDomain(
  batchBy: Strategy['batchBy'],
): batchBy is Extract<Strategy['batchBy'], 'updateDomain' | 'faultDomain' | 'zone'> {
  return batchBy === 'updateDomain' || batchBy === 'faultDomain' || batchBy === 'zone';
}

/**
 * The first instances; those of the first zone where batches stay within one. Whoever is started
 * for it makes the room that the others may need.
 */
function canaryOf(
  ordered: readonly Instance[],
  strategy: Strategy,
  isStarted: (instance: Instance) => boolean,
): readonly Group[] {
  const inPlaces = placesOf(ordered, strategy).flat();
  const startedFirst = inPlaces.toSorted((a, b) => Number(isStarted(b)) - Number(isStarted(a)));
  // fence I2: the canary goes first, alone
  const chosen = startedFirst.slice(0, strategy.canary ?? 0);
  const serving = chosen.filter((instance) => !isStarted(instance));
  const groups = [...placesOf(chosen.filter(isStarted), strategy), ...placesOf(serving, strategy)];
  return groups.map((instances, index) => ({
    name: numbered(batchNames.canary, index),
    instances,
    canary: true,
  }));
}

/** What may be together in a batch: anybody, or the instances of one zone. */
function placesOf(instances: readonly Instance[], { batchBy }: Strategy): readonly (readonly Instance[])[] {
  if (!isByDomain(batchBy)) return instances.length === 0 ? [] : [instances];
  return [...Map.groupBy(instances, placeOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => members);
}

function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name} ${index + 1}`;
}

function groupsOf(
  rest: readonly Instance[],
  { batchBy, steps = [] }: Strategy,
  targeted: number,
): readonly Group[] {
  if (isByDomain(batchBy)) return domainsOf(rest, batchBy);
  const sizes = steps.map((step) => sizeOf(step, targeted));
  return batchBy === 'steps' ? stepped(rest, sizes, targeted) : chunked(rest, sizes[0] ?? targeted);
}

/** A share is one of the targeted instances, rounded up. */
function sizeOf(step: number | string, targeted: number): number {
  return typeof step === 'number' ? step : Math.ceil((Number(step.slice(0, -1)) * targeted) / 100);
}

/** Each step says how many are done after it, canary included; the last one is taken again until all are. */
function stepped(rest: readonly Instance[], sizes: readonly number[], targeted: number): readonly Group[] {
  const groups: Group[] = [];
  const before = targeted - rest.length;
  let done = before;
  let goal = 0;
  for (let index = 0; done < targeted; index += 1) {
    goal = index < sizes.length ? (sizes[index] ?? targeted) : goal + (sizes.at(-1) ?? targeted);
    if (goal <= done) continue;
    const instances = rest.slice(done - before, goal - before);
    groups.push({ instances });
    done += instances.length;
  }
  return groups;
}

function chunked(instances: readonly Instance[], size: number): readonly Group[] {
  return Array.from({ length: Math.ceil(instances.length / size) }, (_, index) => ({
    instances: instances.slice(index * size, (index + 1) * size),
  }));
}

function split(group: Group, most: number): readonly Group[] {
  const { name, instances, canary } = group;
  const pieces = Math.ceil(instances.length / most);
  // fence I2: no batch is larger than may be down
  if (pieces <= 1) return [group];
  return chunked(instances, Math.ceil(instances.length / pieces)).map((piece, index) => ({
    ...piece,
    ...(name !== undefined && { name: batchNames.part(name, index + 1) }),
    ...(canary && { canary }),
  }));
}
