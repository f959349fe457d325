import type { Instance } from '../instance/instances.ts';
import { isAgentReady } from '../instance/serving.ts';
import { isExtensionBusy } from '../instance/strange-words.ts';

/** In poll intervals: how much longer a guest takes at least whose agent is not ready, or whose extensions still run. */
const WITHOUT_AGENT = 2.5;
const WITH_EXTENSIONS = 1.5;

/** Seconds that the slowest of these guests needs at least before it can be well, by how far each has come. */
export function startLeft(instances: readonly Instance[], pollSeconds: number): number {
  const polls = instances.map((instance) => {
    if (!isAgentReady(instance)) return WITHOUT_AGENT;
    const isBusy = instance.extensions?.some((extension) => isExtensionBusy(extension)) === true;
    return isBusy ? WITH_EXTENSIONS : 0;
  });
  return Math.max(0, ...polls) * pollSeconds;
}
