import { fixed } from '../messages/paths.ts';
import { canonicalJson } from './canonical.ts';
import type { Json } from './model.ts';
import { isObject, isSameName, parsePath } from './paths.ts';
import { PROFILE_PROPERTIES } from './profile-properties.ts';
import { row } from './property.ts';
import type { Property } from './property.ts';

/** Properties of the scale set as such. What stands here and is not fixed changes the model only. */
const SET_PROPERTIES: readonly Property[] = [
  row('location', 'impossible', 'spec', fixed.atCreation),
  row('name', 'impossible', 'spec', fixed.atCreation),
  row('id', 'impossible', 'spec', fixed.atCreation),
  row('type', 'impossible', 'spec', fixed.atCreation),
  row('extendedLocation', 'impossible', 'spec', fixed.atCreation),
  row('placement', 'impossible', 'spec', fixed.atCreation),
  row('plan', 'impossible', 'spec', fixed.atCreation),
  row('etag', 'impossible', 'spec', fixed.byAzure),
  row('systemData', 'impossible', 'spec', fixed.byAzure),
  row('zones', 'impossible', 'modify', fixed.zones),
  row('identity', 'impossible', 'ours', fixed.notByRollout),
  row('tags', 'none', 'spec'),
  row('sku', 'deallocate', 'modify'),
  row('sku.capacity', 'impossible', 'ours', fixed.capacity),
  row('properties.provisioningState', 'impossible', 'spec', fixed.byAzure),
  row('properties.uniqueId', 'impossible', 'spec', fixed.byAzure),
  row('properties.timeCreated', 'impossible', 'spec', fixed.byAzure),
  row('properties.orchestrationMode', 'impossible', 'facts 3.4', fixed.atCreation),
  row('properties.platformFaultDomainCount', 'impossible', 'azure-docs#108952', fixed.atCreation),
  row('properties.zoneBalance', 'impossible', 'azurerm', fixed.atCreation),
  row('properties.hostGroup', 'impossible', 'azurerm', fixed.atCreation),
  row('properties.constrainedMaximumCapacity', 'impossible', 'spec', fixed.atCreation),
  row('properties.highSpeedInterconnectPlacement', 'impossible', 'spec', fixed.atCreation),
  row('properties.proximityPlacementGroup', 'impossible', 'proximity', fixed.whileAllDeallocated),
  row('properties.singlePlacementGroup', 'impossible', 'spec', fixed.notByRollout),
  row('properties.upgradePolicy', 'impossible', 'ours', fixed.notByRollout),
  row('properties.automaticRepairsPolicy', 'none', 'facts 3.3'),
  row('properties.overprovision', 'none', 'spec'),
  row('properties.doNotRunExtensionsOnOverprovisionedVMs', 'none', 'spec'),
  row('properties.scaleInPolicy', 'none', 'spec'),
  row('properties.scheduledEventsPolicy', 'none', 'spec'),
  row('properties.spotRestorePolicy', 'none', 'spec'),
  row('properties.priorityMixPolicy', 'none', 'spec'),
  row('properties.resiliencyPolicy', 'none', 'spec'),
  row('properties.zonalPlatformFaultDomainAlignMode', 'none', 'spec'),
  row('properties.skuProfile', 'none', 'spec'),
  row('properties.lifecycleHooksProfile', 'none', 'spec'),
  row('properties.externalHealthPolicy', 'none', 'spec'),
  row('properties.additionalCapabilities', 'none', 'spec'),
];

/** Every property of the model of 2026-04-01; a path covers all below it that has no row of its own. */
export const PROPERTIES: readonly Property[] = [...SET_PROPERTIES, ...PROFILE_PROPERTIES];

/** The row that a path, in ARM's shape without list positions, falls under. */
export function propertyAt(path: string): Property | undefined {
  // ARM reads names without regard to case: what is fixed is so under each spelling.
  const asked = `${path}.`.toLowerCase();
  return PROPERTIES.filter((property) => asked.startsWith(`${property.path}.`.toLowerCase())).reduce<
    Property | undefined
  >((nearest, next) => (next.path.length > (nearest?.path.length ?? 0) ? next : nearest), undefined);
}

/** What changing the property at this path takes, or what to do instead; what the table does not name is refused. */
export function classOf(path: string): Pick<Property, 'class' | 'remedy'> {
  return propertyAt(path) ?? { class: 'impossible', remedy: fixed.unknown };
}

/** Whether a value at a path, as az writes it, is no more than what the table has for "not there". */
export function saysNothing(path: string, value: Json): boolean {
  return isNothing(namesIn(path).join('.'), value);
}

function isNothing(path: string, value: Json): boolean {
  const own = propertyAt(path);
  const isOwn = own?.path.toLowerCase() === path.toLowerCase();
  if (own?.absent !== undefined && isOwn) return canonicalJson(own.absent) === canonicalJson(value);
  if (!isObject(value)) return false;
  const inside = Object.entries(value);
  return inside.length > 0 && inside.every(([name, item]) => isNothing(`${path}.${name}`, item ?? null));
}

function namesIn(path: string): readonly string[] {
  return (parsePath(path) ?? []).flatMap((step) => (step.kind === 'name' ? [step.name] : []));
}

/** What the table calls a part below this path, under whichever spelling az would take for it. */
export function nameAt(path: string, name: string): string {
  const depth = path.split('.').length;
  const below = PROPERTIES.filter((known) => known.path.toLowerCase().startsWith(`${path}.`.toLowerCase()));
  return (
    below.map((known) => known.path.split('.')[depth] ?? '').find((own) => isSameName(own, name)) ?? name
  );
}

/** Whether the table names this property, in ARM's shape, or something inside of it. */
export function isKnownPart(path: string): boolean {
  return PROPERTIES.some((known) => `${known.path}.`.toLowerCase().startsWith(`${path}.`.toLowerCase()));
}
