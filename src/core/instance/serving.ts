import type { Instance } from './instances.ts';

/** Serves as far as the service shows: provisioned, running, agent ready where it has one, and healthy where anybody looks. */
export function isServing(instance: Instance): boolean {
  // fence I1: an instance whose health is not well does not count as serving
  return (
    instance.provisioningState === 'Succeeded' &&
    // fence I1: an instance that is switched off does not count as serving
    instance.power === 'running' &&
    // fence I1: an instance without a ready agent does not count as serving
    isAgentReady(instance) &&
    (instance.health === undefined || instance.health.state === 'healthy')
  );
}

/** An instance that has no agent by design has none to wait for. */
export function isAgentReady({ agent, isAgentless }: Pick<Instance, 'agent' | 'isAgentless'>): boolean {
  return isAgentless === true || agent?.state === 'succeeded';
}

/** A view that lacks what every machine has says nothing of how it is: it may have been made in that moment. */
export function isVague({ power, agent, isAgentless, provisioning }: Instance): boolean {
  const hasNoAgent = power === 'running' && agent === undefined && isAgentless !== true;
  return power === undefined || provisioning === undefined || hasNoAgent;
}

/** Runs, and its health could not be determined. */
export function isUnclear(instance: Instance): boolean {
  return instance.health?.state === 'unknown' && isServing({ ...instance, health: { state: 'healthy' } });
}

export function isOnTarget(instance: Instance, image: string | undefined): boolean {
  // fence I13: an instance is on the target only with the exact image
  // fence I13: an instance is on the target only on the latest model
  return instance.latestModelApplied && (image === undefined || instance.image === image);
}
