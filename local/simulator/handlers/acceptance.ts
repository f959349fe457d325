import { concurrentRequest, markedForDeletion } from '../errors/catalogue.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { keyOf, type Acceptance, type World } from '../world.ts';

/**
 * One write at a time is being accepted per scale set; another one meanwhile conflicts (arm-vmss.md 5a). A set that is
 * being deleted takes no write but its deletion (3.4).
 */
export function checkAcceptance(world: World, set: ScaleSet): void {
  if (set.provisioning.state === 'Deleting') throw markedForDeletion(set.name);
  const accepting = world.acceptances.get(keyOf(set));
  if (accepting !== undefined && (accepting.until === undefined || accepting.until > world.now())) {
    throw concurrentRequest();
  }
}

/** Opens the acceptance of a write; answers with the simulated time that it takes. */
export function beginAcceptance(
  world: World,
  set: ScaleSet,
): { acceptance: Acceptance; milliseconds: number } {
  const [min, max] = world.profile.acceptanceSeconds;
  const milliseconds = world.random(`acceptance/${set.name}`).between(min, max) * 1000;
  const acceptance: Acceptance = { from: world.now(), until: undefined };
  world.acceptances.set(keyOf(set), acceptance);
  return { acceptance, milliseconds };
}
