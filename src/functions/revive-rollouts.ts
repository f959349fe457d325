import type { TimerHandler } from '@azure/functions';
import * as df from 'durable-functions';
import { finishTakeOver } from '../operations/take-over.ts';
import { isEnded } from '../core/record/phase.ts';
import { listHeldLeases, releaseLease } from '../store/leases.ts';
import { insertRollout, readRollout } from '../store/rollouts.ts';
import type { App } from './app.ts';
import { ensureRunning } from './workflow.ts';

/**
 * Starts the workflow of every live rollout that has none: the app died between writing it down and starting it, or
 * the workflow itself was lost. Lists what it did not come to list. Frees scale sets whose rollout ended without doing so.
 */
export function reviveRollouts(app: App): TimerHandler {
  return async (_timer, context) => {
    const { store } = app.ports();
    const client = df.getClient(context);
    for (const lease of await listHeldLeases(store)) {
      try {
        const stored = await readRollout(store, lease.rolloutId);
        if (stored === undefined) continue;
        const { record } = stored;
        await insertRollout(store, record);
        if (isEnded(record.phase)) {
          // fence I10: a scale set whose rollout ended and died is freed by the timer
          await releaseLease(store, lease);
          continue;
        }
        await finishTakeOver(store, lease, record);
        // fence I9: a workflow that is missing is started
        if ((await ensureRunning(client, lease.rolloutId)) === 'started') {
          context.warn(`rollout ${lease.rolloutId} had no workflow; started it`);
        }
      } catch (error) {
        // One that cannot be helped now must not keep the others from it.
        context.error(`rollout ${lease.rolloutId} could not be looked after`, error);
      }
    }
  };
}
