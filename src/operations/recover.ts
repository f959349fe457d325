import type { Ports } from '../activities/frame/ports.ts';
import { isEnded } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { judgeDead } from '../core/run/recovery.ts';
import type { Recovery } from '../core/run/recovery.ts';
import { readLease } from '../store/leases.ts';
import { enlist } from '../store/list.ts';
import { readRollout, RecordMovedError, rewriteRecord } from '../store/rollouts.ts';
import type { StoredRollout } from '../store/rollouts.ts';
import { finishTakeOver } from './take-over.ts';
import type { Workflows } from './workflows.ts';

/**
 * Starts the workflow of a rollout again if it is dead; answers with the rollout as it is to be shown. All that the
 * workflow has done is in the records, so the new one comes past it.
 *
 * Of several at once one starts it: whoever writes the record first. It was read before the host was asked, so that
 * nobody writes who does not know that another one has set it going meanwhile. What costs most comes only where
 * something is wrong: else it is one question to the host.
 */
export async function recover(
  found: StoredRollout,
  ports: Ports,
  workflows: Pick<Workflows, 'look' | 'start'>,
): Promise<RolloutRecord> {
  for (let stored: StoredRollout | undefined = found; ;) {
    const { record }: StoredRollout = stored;
    // fence I9: a rollout that ends while it is looked at is not started again
    if (isEnded(record.phase)) return record;
    const workflow = await workflows.look(record.id);
    if (workflow.kind !== 'none') return record;
    const judged = judgeDead(record, workflow, ports.clock.now());
    if (judged.kind === 'wait') return judged.record;
    const written = await noteDown(stored, judged, ports);
    if (written === undefined) {
      stored = await readRollout(ports.store, record.id);
      if (stored === undefined) return record;
      continue;
    }
    await completeStart(written, ports);
    // fence I9: a workflow that is missing is started
    await workflows.start(record);
    return written;
  }
}

/** The record with what happened; undefined when somebody else has written it meanwhile. */
async function noteDown(
  stored: StoredRollout,
  { record, event }: Recovery,
  { store, clock }: Ports,
): Promise<RolloutRecord | undefined> {
  const time = new Date(clock.now()).toISOString();
  try {
    // fence I9: of several that find a workflow dead one starts it
    return await rewriteRecord(store, stored, { record, events: [event], time });
  } catch (error) {
    if (error instanceof RecordMovedError) return undefined;
    throw error;
  }
}

/** A start or a take-over that died in the middle may have left the rollout unlisted, or its lease with an older token. */
async function completeStart(record: RolloutRecord, { store }: Ports): Promise<void> {
  await enlist(store, record);
  const lease = await readLease(store, record.scaleSet);
  if (lease?.rolloutId === record.id) await finishTakeOver(store, { ...lease, rolloutId: record.id }, record);
}
