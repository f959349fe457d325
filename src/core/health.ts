import type { Instance } from './instances.ts';

/** Serves as far as the service shows: provisioned, running, agent ready, and healthy where anybody looks. */
export function isServing(instance: Instance): boolean {
  return (
    instance.provisioningState === 'Succeeded' &&
    instance.power === 'running' &&
    instance.agent?.state === 'succeeded' &&
    (instance.health === undefined || instance.health.state === 'healthy')
  );
}

/** What an instance must show after a write to it. */
export interface Expectation {
  /** Exact image; absent where the change is none of the image. */
  readonly image?: string | undefined;
  /** Milliseconds since the epoch: signs older than this say nothing about the write. */
  readonly since: number;
  /** Whether the write takes the instance down, so that its signs must be younger. */
  readonly disruptive: boolean;
}

export type Look =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'unhealthy'; readonly message: string }
  | { readonly kind: 'settling'; readonly message: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** Nothing of the write shows: not on the target, and as if nobody had touched it. */
  | { readonly kind: 'untouched' };

/** What one look at an instance says about a write to it. Unknown or stale is never healthy. */
export function lookAt(instance: Instance, expected: Expectation): Look {
  const failure = failureSince(instance, expected.since);
  if (failure !== undefined) return failure;
  const onTarget = isOnTarget(instance, expected.image);
  const settled = instance.provisioningState === 'Succeeded' || instance.provisioningState === 'Failed';
  if (!onTarget) {
    return settled && instance.power === 'running'
      ? { kind: 'untouched' }
      : { kind: 'settling', message: `${instance.provisioningState}, ${instance.power ?? 'no power state'}` };
  }
  if (instance.provisioningState !== 'Succeeded')
    return { kind: 'settling', message: instance.provisioningState };
  if (instance.power !== 'running')
    return { kind: 'settling', message: `power ${instance.power ?? 'unknown'}` };
  if (instance.agent?.state !== 'succeeded')
    return { kind: 'settling', message: 'the guest agent is not ready' };
  const { health } = instance;
  if (health === undefined) return { kind: 'healthy' };
  if (health.state === 'unhealthy')
    return { kind: 'unhealthy', message: health.message ?? 'reports itself unhealthy' };
  if (health.state !== 'healthy') return { kind: 'settling', message: `health is ${health.state}` };
  const isStale = expected.disruptive && health.at !== undefined && health.at < expected.since;
  return isStale
    ? { kind: 'settling', message: 'its health report is older than the upgrade' }
    : { kind: 'healthy' };
}

export function isOnTarget(instance: Instance, image: string | undefined): boolean {
  return instance.latestModelApplied && (image === undefined || instance.image === image);
}

/** A failure that came after the write; an older one is no evidence against it (arm-vmss.md 5a, azure-cli#33307). */
function failureSince({ provisioning }: Instance, since: number): Look | undefined {
  if (provisioning === undefined || provisioning.at === undefined || provisioning.at < since)
    return undefined;
  const [state, code] = provisioning.state.split('/');
  if (state !== 'failed') return undefined;
  return {
    kind: 'failed',
    code: code ?? 'ProvisioningFailed',
    message: provisioning.message ?? 'provisioning failed',
  };
}
