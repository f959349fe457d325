import type { ExtensionState, InstanceState } from '../store/instance.ts';
import type { ProvisioningFailure } from '../store/failure.ts';
import type { World } from '../world.ts';

/** InstanceViewStatus of the API. */
export interface Status {
  readonly code: string;
  readonly level: 'Info' | 'Warning' | 'Error';
  readonly displayStatus: string;
  readonly message?: string;
  readonly time?: string;
}

/** `ProvisioningState/<state>[/<errorCode>]` (arm-vmss.md 3.1). */
export function provisioningStatus(
  world: World,
  state: string,
  time: number,
  failure?: ProvisioningFailure,
): Status {
  const shared = { time: world.wireTime.date(time) };
  if (state !== 'Failed') {
    const displayStatus = state === 'Succeeded' ? 'Provisioning succeeded' : state;
    return { code: `ProvisioningState/${state.toLowerCase()}`, level: 'Info', displayStatus, ...shared };
  }
  return {
    code: failure === undefined ? 'ProvisioningState/failed' : `ProvisioningState/failed/${failure.code}`,
    level: 'Error',
    displayStatus: 'Provisioning failed',
    ...(failure === undefined ? {} : { message: failure.message }),
    ...shared,
  };
}

/** Has no time (arm-vmss.md 2.3). */
export function powerStatus(power: string): Status {
  return { code: `PowerState/${power}`, level: 'Info', displayStatus: `VM ${power}` };
}

const HEARTBEAT_MILLISECONDS = 15_000;

export function agentView(world: World, state: InstanceState): object {
  const ready = state.agent === 'ready';
  const time = ready ? lastReport(world, HEARTBEAT_MILLISECONDS, state.agentTime) : state.agentTime;
  const status: Status = ready
    ? {
        code: 'ProvisioningState/succeeded',
        level: 'Info',
        displayStatus: 'Ready',
        message: 'Guest Agent is running',
        time: world.wireTime.date(time),
      }
    : {
        code: 'ProvisioningState/Unavailable',
        level: 'Warning',
        displayStatus: 'Not Ready',
        message: 'VM status blob is found but not yet populated.',
        time: world.wireTime.date(time),
      };
  return {
    vmAgentVersion: ready ? '2.11.1.4' : 'Unknown',
    statuses: [status],
    extensionHandlers: ready ? state.extensions.map((extension) => handlerView(extension)) : [],
  };
}

/** The last time by which something that reports at an interval has reported. */
export function lastReport(world: World, interval: number, since: number): number {
  return since + Math.floor(Math.max(0, world.now() - since) / interval) * interval;
}

function handlerView({ extension, status }: ExtensionState): object {
  const installed = status !== 'transitioning';
  return {
    type: `${extension.properties.publisher}.${extension.properties.type}`,
    typeHandlerVersion: `${extension.properties.typeHandlerVersion ?? '1.0'}.0.0`,
    status: {
      code: installed ? 'ProvisioningState/succeeded' : 'ProvisioningState/NotReady',
      level: 'Info',
      displayStatus: installed ? 'Ready' : 'Not Ready',
    },
  };
}

const EXTENSION_STATUS: Record<ExtensionState['status'], Status> = {
  succeeded: {
    code: 'ProvisioningState/succeeded',
    level: 'Info',
    displayStatus: 'Provisioning succeeded',
    message: 'Enable succeeded',
  },
  transitioning: { code: 'ProvisioningState/transitioning', level: 'Info', displayStatus: 'Transitioning' },
  failed: { code: 'ProvisioningState/failed/1', level: 'Error', displayStatus: 'Provisioning failed' },
};

export function extensionStatus(world: World, { status, failure, exitCode, time }: ExtensionState): Status {
  return {
    ...EXTENSION_STATUS[status],
    ...(exitCode === undefined ? {} : { code: `ProvisioningState/failed/${exitCode}` }),
    ...(failure === undefined ? {} : { message: failure.message }),
    time: world.wireTime.date(time),
  };
}
