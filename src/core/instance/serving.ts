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

/** Runs, and nobody can tell whether it serves. */
export function isUnclear(instance: Instance): boolean {
  return instance.health?.state === 'unknown' && isServing({ ...instance, health: { state: 'healthy' } });
}

export function isOnTarget(instance: Instance, image: string | undefined): boolean {
  return instance.latestModelApplied && (image === undefined || instance.image === image);
}
