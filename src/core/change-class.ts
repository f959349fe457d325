/** How much a change disturbs an instance, from least to most. */
export const CHANGE_CLASSES = ['none', 'restart', 'reimage', 'deallocate', 'impossible'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

export function isMoreDisruptive(a: ChangeClass, b: ChangeClass): boolean {
  return CHANGE_CLASSES.indexOf(a) > CHANGE_CLASSES.indexOf(b);
}

export function mostDisruptive(classes: readonly ChangeClass[]): ChangeClass {
  return classes.reduce<ChangeClass>((most, next) => (isMoreDisruptive(next, most) ? next : most), 'none');
}

interface Rule {
  /** Path in ARM's shape, without list positions; covers everything below it too. */
  readonly path: string;
  readonly class: ChangeClass;
  /** For what cannot be changed: what to do instead. */
  readonly remedy?: string;
}

const AT_CREATION = 'it is fixed when the scale set is created; make a new scale set';
const NOT_BY_ROLLOUT = 'change it by other means; a rollout never touches it';
const PROFILE = 'properties.virtualMachineProfile';

/** The first rule whose path leads to a property holds. Facts: arm-vmss.md 3.3 and 3.4. */
const RULES: readonly Rule[] = [
  { path: 'location', class: 'impossible', remedy: AT_CREATION },
  { path: 'name', class: 'impossible', remedy: AT_CREATION },
  { path: 'id', class: 'impossible', remedy: AT_CREATION },
  { path: 'type', class: 'impossible', remedy: AT_CREATION },
  { path: 'etag', class: 'impossible', remedy: 'Azure sets it; leave it out' },
  { path: 'plan', class: 'impossible', remedy: AT_CREATION },
  { path: 'zones', class: 'impossible', remedy: 'zones can only be added, and not by a rollout' },
  { path: 'identity', class: 'impossible', remedy: NOT_BY_ROLLOUT },
  { path: 'sku.capacity', class: 'impossible', remedy: 'scale by autoscale or az vmss scale' },
  { path: 'sku', class: 'deallocate' },
  { path: 'tags', class: 'none' },
  { path: 'properties.provisioningState', class: 'impossible', remedy: 'Azure sets it; leave it out' },
  { path: 'properties.uniqueId', class: 'impossible', remedy: 'Azure sets it; leave it out' },
  { path: 'properties.timeCreated', class: 'impossible', remedy: 'Azure sets it; leave it out' },
  { path: 'properties.orchestrationMode', class: 'impossible', remedy: AT_CREATION },
  { path: 'properties.platformFaultDomainCount', class: 'impossible', remedy: AT_CREATION },
  { path: 'properties.singlePlacementGroup', class: 'impossible', remedy: NOT_BY_ROLLOUT },
  { path: 'properties.upgradePolicy', class: 'impossible', remedy: NOT_BY_ROLLOUT },
  { path: 'properties.automaticRepairsPolicy', class: 'none' },
  { path: 'properties.overprovision', class: 'none' },
  { path: 'properties.scaleInPolicy', class: 'none' },
  { path: `${PROFILE}.osProfile.computerNamePrefix`, class: 'impossible', remedy: AT_CREATION },
  { path: `${PROFILE}.osProfile`, class: 'reimage' },
  {
    path: `${PROFILE}.storageProfile.osDisk.managedDisk.storageAccountType`,
    class: 'impossible',
    remedy: AT_CREATION,
  },
  { path: `${PROFILE}.storageProfile.osDisk.createOption`, class: 'impossible', remedy: AT_CREATION },
  { path: `${PROFILE}.storageProfile.imageReference.publisher`, class: 'impossible', remedy: AT_CREATION },
  { path: `${PROFILE}.storageProfile.imageReference.offer`, class: 'impossible', remedy: AT_CREATION },
  { path: `${PROFILE}.storageProfile.imageReference`, class: 'reimage' },
  { path: `${PROFILE}.storageProfile`, class: 'reimage' },
  {
    path: `${PROFILE}.extensionProfile`,
    class: 'impossible',
    remedy: 'extensions cannot be changed by set: sending the list back would drop their protected settings',
  },
  { path: `${PROFILE}.diagnosticsProfile`, class: 'none' },
  { path: `${PROFILE}.scheduledEventsProfile`, class: 'none' },
  { path: `${PROFILE}.networkProfile`, class: 'restart' },
  { path: `${PROFILE}.priority`, class: 'impossible', remedy: AT_CREATION },
  { path: PROFILE, class: 'restart' },
];

/** What changing the property at this path takes; whatever no rule names is refused. */
export function classOf(path: string): { readonly class: ChangeClass; readonly remedy?: string } {
  const rule = RULES.find((candidate) => path === candidate.path || path.startsWith(`${candidate.path}.`));
  return rule ?? { class: 'impossible', remedy: 'it is not a property that a rollout may change' };
}
