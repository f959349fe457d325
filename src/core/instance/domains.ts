import { batchNames } from '../messages/instances.ts';
import type { Instance } from './instances.ts';

export type DomainKind = 'updateDomain' | 'faultDomain' | 'zone';

/** Instances that share a domain, in the order in which they came. */
export interface Domain {
  readonly name: string;
  readonly key: string;
  readonly instances: readonly Instance[];
}

/**
 * Groups instances by a kind of domain. Domains are numbered anew in each zone, so none reaches across two of those; in
 * a set of several placement groups, which number them anew as well, domain 2 is that of all groups together.
 */
export function domainsOf(instances: readonly Instance[], kind: DomainKind): readonly Domain[] {
  const zones = new Set(instances.map(({ zone }) => zone ?? ''));
  // fence I2: a batch by domains never mixes zones
  const domains = Map.groupBy(instances, (instance) => `${placeOf(instance)}|${numberIn(instance, kind)}`);
  return [...domains]
    .map(([key, members]) => {
      const { zone = '' } = members[0] ?? {};
      const inZone = zones.size > 1 && kind !== 'zone' ? batchNames.inZone(zone) : '';
      return { key, name: `${nameOf(members[0], kind)}${inZone}`, instances: members };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The zone: what a batch that goes by domains stays within. */
export function placeOf({ zone = '' }: Instance): string {
  return zone;
}

/** One that does not show its domain is in none that anybody knows: it is not taken for the first. */
function numberIn(instance: Instance, kind: DomainKind): string {
  return kind === 'zone' ? '' : (instance[kind]?.toString().padStart(4, '0') ?? UNSHOWN);
}

/** After every number. */
const UNSHOWN = 'unshown';

function nameOf(instance: Instance | undefined, kind: DomainKind): string {
  switch (kind) {
    case 'updateDomain':
      return batchNames.updateDomain(instance?.updateDomain);
    case 'faultDomain':
      return batchNames.faultDomain(instance?.faultDomain);
    case 'zone':
      return batchNames.zone(instance?.zone);
  }
}

/**
 * The size of the largest update domain, which sets the default of `maxUnavailable`; 0 where no instance shows its own.
 * Those that do not, as in zonal sets, are no domain: Azure does not say that they may be down together.
 */
export function largestDomain(instances: readonly Instance[]): number {
  const showing = instances.filter(({ updateDomain }) => updateDomain !== undefined);
  return Math.max(0, ...domainsOf(showing, 'updateDomain').map((domain) => domain.instances.length));
}
