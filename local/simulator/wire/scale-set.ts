import { shownState } from '../faults/shown.ts';
import { valueAt } from '../model/json.ts';
import { withoutSecrets } from '../model/secrets.ts';
import { visibleState } from '../views/change.ts';
import type { InstanceState } from '../store/instance.ts';
import { etagText, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { extensionStatus, provisioningStatus } from './statuses.ts';

export function scaleSetId(set: ScaleSet): string {
  return (
    `/subscriptions/${set.subscriptionId}/resourceGroups/${set.resourceGroup}` +
    `/providers/Microsoft.Compute/virtualMachineScaleSets/${set.name}`
  );
}

/** A scale set as a resource (arm-vmss.md 2.3). The model is never shown late, only the views are. */
export function scaleSetResource(world: World, set: ScaleSet): object {
  const { sku, tags, zones, properties, ...others } = set.model;
  const { virtualMachineProfile, ...rest } = properties;
  const timeCreated = world.wireTime.date(set.created);
  const profileTime = world.profile.stampsProfile ? world.wireTime.date(set.profileChanged) : timeCreated;
  return {
    name: set.name,
    id: scaleSetId(set),
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    location: set.location,
    tags: tags ?? {},
    sku,
    ...(zones === undefined ? {} : { zones }),
    ...others,
    etag: etagText(set.etag),
    properties: {
      ...withoutSecrets(rest),
      virtualMachineProfile: { ...withoutSecrets(virtualMachineProfile), timeCreated: profileTime },
      provisioningState: shownState(world, set),
      uniqueId: set.uniqueId,
      timeCreated,
    },
  };
}

/** The instance view of a set counts what the views show of its instances. */
export function scaleSetView(world: World, set: ScaleSet): object {
  const states = [...set.instances.values()]
    .map((instance) => visibleState(world, instance))
    .filter((state) => state !== undefined);
  const { time, failure } = set.provisioning;
  const state = shownState(world, set);
  const extensions = extensionSummaries(world, states);
  return {
    virtualMachine: {
      statusesSummary: summary(
        states.map((shown) => provisioningStatus(world, shown.provisioning, 0, shown.failure).code),
      ),
    },
    ...(extensions.length > 0 ? { extensions } : {}),
    statuses: [provisioningStatus(world, state, time, failure)],
    ...(valueAt(set.model, 'properties.automaticRepairsPolicy.enabled') === true
      ? { orchestrationServices: [{ serviceName: 'AutomaticRepairs', serviceState: set.repairs }] }
      : {}),
  };
}

function extensionSummaries(world: World, states: readonly InstanceState[]): object[] {
  const codes = new Map<string, string[]>();
  for (const extension of states.flatMap((state) => state.extensions)) {
    const known = codes.get(extension.extension.name) ?? [];
    codes.set(extension.extension.name, [...known, extensionStatus(world, extension).code]);
  }
  return [...codes].map(([name, list]) => ({ name, statusesSummary: summary(list) }));
}

function summary(codes: readonly string[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count }));
}
