import { FIXED_PROPERTIES, NO_SUCH_PROPERTY } from './fixed-properties.ts';

/** How much a change disturbs an instance, from least to most. */
export const CHANGE_CLASSES = ['none', 'restart', 'reimage', 'deallocate', 'impossible'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

export function isMoreDisruptive(a: ChangeClass, b: ChangeClass): boolean {
  return CHANGE_CLASSES.indexOf(a) > CHANGE_CLASSES.indexOf(b);
}

export function mostDisruptive(classes: readonly ChangeClass[]): ChangeClass {
  return classes.reduce<ChangeClass>((most, next) => (isMoreDisruptive(next, most) ? next : most), 'none');
}

const PROFILE = 'properties.virtualMachineProfile';

/**
 * What may be changed, by its path in ARM's shape without list positions; a path covers everything below it too, and
 * the first one that leads to a property holds. Facts: arm-vmss.md 3.3.
 */
const CLASSES: readonly (readonly [path: string, changeClass: ChangeClass])[] = [
  ['sku', 'deallocate'],
  ['tags', 'none'],
  ['properties.automaticRepairsPolicy', 'none'],
  ['properties.overprovision', 'none'],
  ['properties.scaleInPolicy', 'none'],
  [`${PROFILE}.osProfile`, 'reimage'],
  [`${PROFILE}.storageProfile`, 'reimage'],
  [`${PROFILE}.diagnosticsProfile`, 'none'],
  [`${PROFILE}.scheduledEventsProfile`, 'none'],
  [`${PROFILE}.networkProfile`, 'restart'],
  [`${PROFILE}.securityProfile`, 'restart'],
  [`${PROFILE}.licenseType`, 'restart'],
  [`${PROFILE}.evictionPolicy`, 'restart'],
  [`${PROFILE}.billingProfile`, 'restart'],
  [`${PROFILE}.capacityReservation`, 'restart'],
  [`${PROFILE}.applicationProfile`, 'restart'],
  [`${PROFILE}.hardwareProfile`, 'restart'],
  [`${PROFILE}.serviceArtifactReference`, 'restart'],
  [`${PROFILE}.securityPostureReference`, 'restart'],
];

/** Whether a table names this property, in ARM's shape, or something inside of it. */
export function isKnownPart(path: string): boolean {
  return [...Object.keys(FIXED_PROPERTIES), ...CLASSES.map(([known]) => known)].some((known) =>
    `${known}.`.toLowerCase().startsWith(`${path}.`.toLowerCase()),
  );
}

/** What changing the property at this path takes, or what to do instead; whatever no table names is refused. */
export function classOf(path: string): { readonly class: ChangeClass; readonly remedy?: string } {
  // ARM reads names without regard to case: what is fixed is so under each spelling.
  const asked = `${path}.`.toLowerCase();
  const leadsTo = (to: string): boolean => asked.startsWith(`${to}.`.toLowerCase());
  const fixed = Object.entries(FIXED_PROPERTIES).find(([property]) => leadsTo(property));
  if (fixed !== undefined) return { class: 'impossible', remedy: fixed[1] };
  const [, changeClass] = CLASSES.find(([property]) => leadsTo(property)) ?? [];
  return changeClass === undefined
    ? { class: 'impossible', remedy: NO_SUCH_PROPERTY }
    : { class: changeClass };
}
