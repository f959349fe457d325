import type { Ports } from '../activities/frame/ports.ts';
import type { Lease } from '../core/record/lease.ts';
import { isEnded } from '../core/record/phase.ts';
import { waitOf } from '../core/run/recovery.ts';
import { listHeldLeases, releaseLease } from '../store/leases.ts';
import { enlist } from '../store/list.ts';
import { noteEnd } from '../store/set-ends.ts';
import { readRollout } from '../store/rollouts.ts';
import { recover } from './recover.ts';
import type { Workflows } from './workflows.ts';

/**
 * Looks after every rollout that holds a scale set, and tells of those whose workflow was lost. Where all is well that
 * is one list of leases, and one question to the host for each of them. Answers with those leases.
 */
export async function reviveRollouts(
  ports: Ports,
  workflows: Workflows,
  tell: (rollout: string, what: string) => void,
): Promise<readonly Required<Lease>[]> {
  const held = await listHeldLeases(ports.store);
  for (const lease of held) {
    try {
      const told = await lookAfter(lease, ports, workflows);
      if (told !== undefined) tell(lease.rolloutId, told);
    } catch (error) {
      // One that cannot be helped now must not keep the others from it.
      workflows.onTrouble(lease.rolloutId, error);
    }
  }
  return held;
}

/**
 * Starts the workflow of a live rollout that has none: the app died between writing it down and starting it, or the
 * workflow itself was lost. Frees the scale set of one that has ended without doing so.
 */
async function lookAfter(
  lease: Required<Lease>,
  ports: Ports,
  workflows: Workflows,
): Promise<string | undefined> {
  const { store } = ports;
  if ((await workflows.look(lease.rolloutId)).kind === 'running') return undefined;
  const stored = await readRollout(store, lease.rolloutId);
  if (stored === undefined) return undefined;
  if (isEnded(stored.record.phase)) {
    await enlist(store, stored.record);
    await noteEnd(store, stored.record);
    // fence I10: a scale set whose rollout ended and died is freed by the timer
    await releaseLease(store, lease);
    return undefined;
  }
  const wait = waitOf(await recover(stored, ports, workflows));
  return wait?.kind === 'recovery' ? wait.message : undefined;
}
