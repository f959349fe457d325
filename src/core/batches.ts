import type { Instance } from './instances.ts';

export interface PlannedBatch {
  readonly index: number;
  readonly name: string;
  readonly instances: readonly string[];
}

/** Numeric where both are numbers: instance 9 comes before instance 10. */
export function byInstanceId(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (Number.isFinite(difference) && difference !== 0) return difference;
  return a < b ? -1 : Number(a > b);
}

interface Domain {
  readonly name: string;
  readonly key: string;
  readonly instances: string[];
}

/** Update domains are numbered anew in each zone and placement group (arm-vmss.md 3.2). */
function domainsOf(instances: readonly Instance[]): readonly Domain[] {
  const zones = new Set(instances.map(({ zone }) => zone ?? ''));
  const groups = new Set(instances.map(({ placementGroup }) => placementGroup ?? ''));
  const domains = new Map<string, Domain>();
  for (const instance of instances) {
    const { zone = '', placementGroup = '', updateDomain = 0 } = instance;
    const key = [zone, placementGroup, String(updateDomain).padStart(4, '0')].join('|');
    const group = groups.size > 1 ? ` of group ${placementGroup.slice(0, 8)}` : '';
    const inZone = zones.size > 1 ? ` in zone ${zone}` : '';
    const domain = domains.get(key) ?? {
      key,
      name: `update domain ${updateDomain}${group}${inZone}`,
      instances: [],
    };
    domains.set(key, domain);
    domain.instances.push(instance.instanceId);
  }
  return [...domains.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The size of the largest update domain, which sets the default of `maxUnavailable`. */
export function largestDomain(instances: readonly Instance[]): number {
  return Math.max(0, ...domainsOf(instances).map((domain) => domain.instances.length));
}

/** A batch for each update domain; one that is larger than `most` is split into several of about one size. */
export function batchesByUpdateDomain(instances: readonly Instance[], most: number): readonly PlannedBatch[] {
  const parts = domainsOf(instances).flatMap(({ name, instances: ids }) => {
    const pieces = Math.ceil(ids.length / most);
    const size = Math.ceil(ids.length / pieces);
    const sorted = ids.toSorted(byInstanceId);
    return Array.from({ length: pieces }, (_, piece) => ({
      name: pieces === 1 ? name : `${name}, part ${piece + 1}`,
      instances: sorted.slice(piece * size, (piece + 1) * size),
    })).filter((part) => part.instances.length > 0);
  });
  return parts.map((part, index) => ({ index, ...part }));
}
