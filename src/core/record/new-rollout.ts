import { startClock } from './active-clock.ts';
import type { RolloutRecord } from './rollout.ts';
import { runbookFor } from './runbook.ts';

/** The record of a rollout that was just accepted: its scale set is reserved, and nothing has happened yet. */
export function newRollout(
  accepted: Pick<
    RolloutRecord,
    'id' | 'spec' | 'requestedBy' | 'createdAt' | 'fencingToken' | 'keyRow' | 'tags' | 'waitingFor'
  >,
): RolloutRecord {
  return {
    ...accepted,
    scaleSet: accepted.spec.scaleSet,
    runbook: runbookFor(accepted.spec),
    phase: 'accepted',
    direction: 'forward',
    modelState: 'before',
    batches: [],
    lastEvent: 0,
    seenCommand: 0,
    carriedOut: 0,
    clock: startClock(accepted.createdAt),
    holds: {},
  };
}
