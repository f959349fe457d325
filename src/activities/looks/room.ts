import { tooManyDown } from '../../core/health/batch-verdict.ts';
import { failures } from '../../core/messages/failures.ts';
import { refuse } from '../../core/messages/refusals.ts';
import { refused } from '../../core/messages/refused.ts';
import { isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Answer } from '../../core/run/answer.ts';
import type { Step } from '../frame/step.ts';
import { stopFor } from '../frame/stop.ts';

/** How long an undo waits for other instances to serve again. */
const UNDO_PATIENCE_SECONDS = 300;

/**
 * The floor for an undo that has waited for it in vain: other instances are not serving, but what the rollout touched
 * must still be undone, one instance at a time.
 */
export function floorWhereStuck(
  { record, direction, now, telemetry }: Step,
  {
    floor,
    serving,
    rows,
  }: { readonly floor: number; readonly serving: number; readonly rows: readonly LedgerRow[] },
): number {
  telemetry?.room(record, serving - floor);
  const isUndo = direction === 'rollback' || record.spec.rollbackOf !== undefined;
  const { waitingFor } = record;
  const waited = waitingFor?.kind === 'floor' ? (now - Date.parse(waitingFor.since)) / 1000 : 0;
  if (!isUndo || waited < UNDO_PATIENCE_SECONDS || rows.some((row) => isUnderWay(row))) return floor;
  return Math.min(floor, Math.max(1, serving - 1));
}

/** If more instances are down than the spec tolerates, including those that were before, the rollout stops. */
export async function stopForTooMany(step: Step, ledger: readonly LedgerRow[]): Promise<Answer | undefined> {
  const { health } = step.record.spec;
  const down = step.direction === 'forward' ? tooManyDown(ledger, health) : undefined;
  if (down === undefined) return undefined;
  const ids = down.map(({ instanceId }) => instanceId);
  const words = refused.tooManyUnhealthy(ids, ledger.length, health.maxUnhealthyInstancePercent);
  const { code, message, remedy } = refuse('tooManyUnhealthy', words);
  return stopFor(step, { code, message, remedy, instances: ids });
}

/** If instances that served neither before nor now use up `maxUnavailable`, waiting is pointless. */
export async function stopWithoutRoom(
  step: Step,
  {
    capacity,
    floor,
    rows,
  }: { readonly capacity: number; readonly floor: number; readonly rows: readonly LedgerRow[] },
): Promise<Answer | undefined> {
  if (step.direction !== 'forward') return undefined;
  const down = rows
    .filter(({ unserving, state }) => unserving === true && state === 'failed')
    .map(({ instanceId }) => instanceId);
  if (down.length === 0 || capacity - down.length > floor) return undefined;
  const { code, message, remedy } = refuse('tooManyUnhealthy', failures.stillNotServing(down, floor));
  return stopFor(step, { code, message, remedy, instances: down });
}
