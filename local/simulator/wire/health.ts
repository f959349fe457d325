import type { HealthSignal } from '../model/schema.ts';
import type { HealthState, InstanceState } from '../store/instance.ts';
import type { World } from '../world.ts';
import { lastReport, type Status } from './statuses.ts';

/** The extension's default interval (arm-vmss.md 3.1). */
const PROBE_MILLISECONDS = 5000;

const DISPLAY: Record<HealthState, string> = {
  healthy: 'The VM is reporting itself as healthy',
  unhealthy: 'The VM is reporting itself as unhealthy or is unreachable',
  initializing: 'The VM is initializing',
  unknown: 'The health of the VM is unknown',
};

/** The health extension writes its report anew with each probe, so a settled state keeps a young time. */
function healthTime(world: World, state: InstanceState): number {
  const reports = world.profile.healthTime === 'reported' && state.agent === 'ready';
  return reports ? lastReport(world, PROBE_MILLISECONDS, state.healthTime) : state.healthTime;
}

/** `vmHealth`; absent where nothing reports health. */
export function healthView(
  world: World,
  state: InstanceState,
  instead?: string,
): { status: Status } | undefined {
  const { health } = state;
  if (health === undefined) return undefined;
  return {
    status: {
      code: `HealthState/${instead ?? health}`,
      level: health === 'healthy' || health === 'initializing' ? 'Info' : 'Error',
      displayStatus: DISPLAY[health],
      time: world.wireTime.date(healthTime(world, state)),
    },
  };
}

/** What the health extension itself reports, in ARM's form (arm-vmss.md 3.1). */
export function healthSubstatuses(world: World, state: InstanceState, signal: HealthSignal): Status[] {
  const { health } = state;
  if (health === undefined) return [];
  const time = world.wireTime.date(healthTime(world, state));
  const fine = health === 'healthy' || health === 'initializing';
  const appHealth: Status = {
    code: `ComponentStatus/AppHealthStatus/${fine ? 'succeeded' : 'failed'}`,
    level: fine ? 'Info' : 'Error',
    displayStatus: fine ? 'Provisioning succeeded' : 'Provisioning failed',
    message: `Application found to be ${fine ? 'healthy' : 'unhealthy'}`,
    time,
  };
  return signal === 'rich' ? [appHealth, richStatus(health, time)] : [appHealth];
}

function richStatus(health: HealthState, time: string): Status {
  const outcome = health === 'initializing' ? 'transitioning' : health === 'unknown' ? 'failed' : 'succeeded';
  return {
    code: `ComponentStatus/ApplicationHealthState/${outcome}`,
    level: outcome === 'failed' ? 'Error' : 'Info',
    displayStatus: outcome === 'failed' ? 'Provisioning failed' : 'Provisioning succeeded',
    message: `${health.charAt(0).toUpperCase()}${health.slice(1)}`,
    time,
  };
}
