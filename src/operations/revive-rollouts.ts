import type { Ports } from '../activities/frame/ports.ts';
import { isEnded } from '../core/record/phase.ts';
import { STARTING_SECONDS } from '../core/run/lease-health.ts';
import { waitOf } from '../core/run/recovery.ts';
import { listClaims } from '../store/leases.ts';
import type { Claim } from '../store/leases.ts';
import { enlist } from '../store/list.ts';
import { releaseClaim } from '../store/queue.ts';
import { noteEnd } from '../store/set-ends.ts';
import { readRollout } from '../store/rollouts.ts';
import { recover } from './recover.ts';
import type { Workflows } from './workflows.ts';

/**
 * Looks after every rollout that holds a scale set or waits for one, and tells of those whose workflow was lost. Where all is well that
 * is one list of leases, and one question to the host for each claim. Answers with those claims.
 */
export async function reviveRollouts(
  ports: Ports,
  workflows: Workflows,
  tell: (rollout: string, what: string) => void,
): Promise<readonly Claim[]> {
  const held = await listClaims(ports.store);
  for (const claim of held) {
    try {
      const told = await lookAfter(claim, ports, workflows);
      if (told !== undefined) tell(claim.rolloutId, told);
    } catch (error) {
      // One that cannot be helped now must not keep the others from it.
      workflows.onTrouble(claim.rolloutId, error);
    }
  }
  return held;
}

/**
 * Starts the workflow of a live rollout that has none: the app died between writing it down and starting it, or the
 * workflow itself was lost. Frees the scale set of one that has ended without doing so.
 */
async function lookAfter(claim: Claim, ports: Ports, workflows: Workflows): Promise<string | undefined> {
  const { store } = ports;
  if ((await workflows.look(claim.rolloutId)).kind === 'running') return undefined;
  const stored = await readRollout(store, claim.rolloutId);
  if (stored === undefined) {
    const age = ports.clock.now() - Date.parse(claim.since);
    // fence I10: a place in the queue of a start that died goes to the others after a while
    if (claim.token === 0 && age > STARTING_SECONDS * 1000) await releaseClaim(store, claim);
    return undefined;
  }
  if (isEnded(stored.record.phase)) {
    await enlist(store, stored.record);
    await noteEnd(store, stored.record);
    // fence I10: a scale set whose rollout ended and died is freed by the timer
    await releaseClaim(store, claim);
    return undefined;
  }
  const wait = waitOf(await recover(stored, ports, workflows));
  return wait?.kind === 'recovery' ? wait.message : undefined;
}
