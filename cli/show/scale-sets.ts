import type { ScaleSet, ScaleSetInstance, ScaleSetSummary } from '../api/scale-sets.ts';
import { shortIdOf } from '../find/short-id.ts';
import { label } from '../messages/labels.ts';
import { fields, table } from './table.ts';

export function scaleSetTable(sets: readonly ScaleSetSummary[]): string {
  return table(
    ['Name', 'Group', 'Region', 'Mode', 'Capacity', 'Size', 'Image', 'State', 'HeldBy'],
    sets.map((set) => [
      set.name,
      set.resourceGroup,
      set.location,
      set.orchestrationMode,
      set.capacity,
      set.vmSize,
      imageOf(set),
      set.provisioningState,
      set.heldBy && shortIdOf(set.heldBy),
    ]),
  );
}

export function scaleSetText(set: ScaleSet): string {
  return fields([
    ['id', set.id],
    ['name', set.name],
    [label.resourceGroup, set.resourceGroup],
    ['region', set.location],
    ['zones', set.zones.join(', ')],
    ['mode', set.orchestrationMode],
    ['capacity', set.capacity],
    ['size', set.vmSize],
    ['image', imageOf(set)],
    [label.upgradePolicy, set.upgradePolicy],
    ['state', set.provisioningState],
    [label.heldBy, set.heldBy],
  ]);
}

export function scaleSetInstanceTable(instances: readonly ScaleSetInstance[]): string {
  return table(
    ['Instance', 'Domain', 'Zone', 'Latest', 'Provisioning', 'Power', 'Health', 'Protected', 'Image'],
    instances.map((instance) => [
      instance.instanceId,
      instance.updateDomain,
      instance.zone,
      instance.latestModelApplied,
      instance.provisioningState,
      instance.power,
      instance.health,
      protectionOf(instance),
      instance.image,
    ]),
  );
}

export function scaleSetInstanceText(instance: ScaleSetInstance): string {
  return fields([
    ['instance', instance.instanceId],
    ['name', instance.name],
    [label.updateDomain, instance.updateDomain],
    [label.faultDomain, instance.faultDomain],
    ['zone', instance.zone],
    ['size', instance.vmSize],
    ['image', instance.image],
    [label.onTheModel, instance.latestModelApplied],
    ['provisioning', instance.provisioningState],
    ['power', instance.power],
    ['health', instance.health],
    [label.guestAgent, instance.agent],
    ['protected', protectionOf(instance)],
  ]);
}

/** The part that changes, of all that names an image. */
function imageOf({ image }: ScaleSetSummary): string | undefined {
  return image?.['exactVersion'] ?? image?.['version'] ?? image?.['id'];
}

function protectionOf({ protection }: ScaleSetInstance): string {
  return [
    ...(protection.fromScaleSetActions ? ['actions'] : []),
    ...(protection.fromScaleIn ? ['scale-in'] : []),
  ].join(', ');
}
