import { isServing } from './health.ts';
import type { Model } from './model.ts';
import { isObject } from './paths.ts';
import type { PlanInput } from './plan.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';

/** Scale sets that no rollout may touch, whatever it would change. */
export function checkScaleSet({ model: { properties }, rollingUpgrade }: PlanInput): Refusal | undefined {
  const settings = isObject(properties) ? properties : {};
  if (settings['provisioningState'] === 'Deleting') {
    return refuse('scaleSetDeleting', 'the scale set is being deleted');
  }
  if (settings['orchestrationMode'] === 'Flexible') {
    return refuse('notOnFlexible', 'a Flexible scale set has no update domains to go by');
  }
  if (isServiceFabric(settings)) {
    return refuse('serviceFabricManaged', 'Service Fabric upgrades this scale set itself');
  }
  if (rollingUpgrade === 'running') {
    return refuse('nativeUpgradeRunning', 'a rolling upgrade of Azure itself runs on this scale set');
  }
  return undefined;
}

function isServiceFabric(settings: Model): boolean {
  const profile = settings['virtualMachineProfile'];
  const extensions = isObject(profile) ? profile['extensionProfile'] : undefined;
  return /"type":"ServiceFabric(Linux)?Node"/i.test(JSON.stringify(extensions ?? null));
}

/** Whether the scale set is well enough to begin, and whether anybody could tell. */
export function checkState(
  { spec, instances }: PlanInput,
  floor: number,
  hasTargets: boolean,
): Refusal | undefined {
  const { requireSignal, fixForward, maxUnhealthyInstancePercent } = spec.health;
  if (requireSignal && instances.some(({ health }) => health === undefined)) {
    return refuse('noHealthSignal', 'there are instances whose health nobody reports');
  }
  if (!hasTargets || fixForward) return undefined;
  const down = instances.filter((instance) => !isServing(instance)).map(({ instanceId }) => instanceId);
  const isMany = down.length * 100 > maxUnhealthyInstancePercent * instances.length;
  const serving = instances.length - down.length;
  if (!isMany && serving >= floor) return undefined;
  return refuse(
    'tooManyUnhealthy',
    isMany
      ? `${down.length} of ${instances.length} instances do not serve (${down.join(', ')}), more than ${maxUnhealthyInstancePercent} %`
      : `${serving} instances serve, fewer than the floor of ${floor}`,
  );
}
