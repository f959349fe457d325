import { phaseOfEnded } from '../health/batch-verdict.ts';
import { byInstanceId } from '../instance/instances.ts';
import { fallBacks } from '../messages/instances.ts';
import { coldLast, isHalfDone, isOver, isUnderWay, sameAction } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Operation } from '../record/operation.ts';
import type { BatchProgress, RolloutRecord } from '../record/rollout.ts';
import { affordable } from './capacity.ts';
import { needsApproval } from './gate.ts';

/** A scale set keeps so many writes in store and gains one each 15 seconds (arm-vmss.md 3.6: 4/12 a minute). */
const STORE = 12;
const SECONDS_A_WRITE = 15;

/** So many are left in store for what a person or a rollback may have to send. */
const RESERVE = 4;

/** Batches that slide into each other, by their indexes, both included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * How far batches slide from this one on: up to the next one that needs an approval. Canaries never slide, and nothing
 * slides unless the spec says so.
 */
export function stretchFrom(record: RolloutRecord, from: number): Stretch | undefined {
  const { spec, batches } = record;
  const first = batches[from];
  if (
    spec.strategy.pacing !== 'sliding' ||
    first === undefined ||
    // fence I2: a canary never slides
    first.canary === true
  )
    return undefined;
  // fence I4: sliding stops at the next batch that needs an approval
  const next = batches.findIndex(({ index }) => index > from && needsApproval(record, index));
  // Each batch asks whether a window is open.
  if (spec.windows !== undefined && spec.startIn === undefined) return { from, to: from };
  return { from, to: (next === -1 ? batches.length : next) - 1 };
}

export function isWithin({ batch, direction }: LedgerRow, { from, to }: Stretch): boolean {
  return direction === 'forward' && batch >= from && batch <= to;
}

/** Why batches must no longer slide: Azure refuses concurrent operations, or cuts them short. */
export function reasonToFallBack(operations: readonly Operation[]): string | undefined {
  const ours = operations.filter(({ sliding }) => sliding === true);
  const conflicts = ours.filter(({ conflict }) => conflict === true).length;
  const preemptions = ours.filter(({ status }) => status === 'preempted').length;
  if (conflicts >= 2) return fallBacks.conflicts(conflicts);
  if (preemptions >= 2) return fallBacks.preemptions(preemptions);
  return undefined;
}

/** What sliding still has to send; after a fall back, only instances between two actions. */
export function isToSend(row: LedgerRow, { fellBack }: RolloutRecord): boolean {
  return row.state === 'pending' && (fellBack === undefined || isHalfDone(row));
}

/**
 * Seconds until the next write may go out: refills are grouped, the more the less the service has in store for writes of
 * this set.
 */
export function secondsUntilRefill(
  operations: readonly Operation[],
  now: number,
  { few = false }: { readonly few?: boolean } = {},
): number {
  const sent = operations.map(({ intendedAt, answeredAt }) => Date.parse(answeredAt ?? intendedAt));
  sent.sort((a, b) => a - b);
  const last = sent.at(-1) ?? Number.NEGATIVE_INFINITY;
  const spare = Math.max(0, storeAt(sent, last) - RESERVE);
  const apart = (SECONDS_A_WRITE / (1 + spare / (STORE - RESERVE))) * (few ? 2 : 1);
  // fence V1: two writes never wait for their acceptance side by side
  return Math.max(0, apart - (now - last) / 1000);
}

/** So small a share of all slots is not worth a write as soon as more of them. */
const FEW = 0.05;

/** Whether so few slots are free, of `most`, that their write had better wait for others. */
export function isFew(free: number, most: number): boolean {
  return free < most * FEW;
}

/** Writes in store after the last of these, by the service's own rule. */
function storeAt(sent: readonly number[], until: number): number {
  let [left, at] = [STORE, sent[0] ?? until];
  for (const time of sent) {
    left = Math.min(STORE, left + (time - at) / 1000 / SECONDS_A_WRITE) - 1;
    at = time;
  }
  return left;
}

export interface Room {
  readonly serving: ReadonlySet<string>;
  readonly floor: number;
  /** How many may be down at once, whoever took them down. */
  readonly most: number;
  /** Whether instances of different zones must never be down together. */
  readonly zonesApart: boolean;
}

/**
 * Which of the waiting rows take the freed slots: in the order of their batches, never more than leave the floor
 * standing. Those between two actions come first, since they already hold a slot; instances that are down anyway go when
 * no other can. Those that end switched off come last and need no slot.
 */
export function refill(
  rows: readonly LedgerRow[],
  waiting: readonly LedgerRow[],
  { serving, floor, most, zonesApart }: Room,
): readonly string[] {
  const halfDone = sameAction(waiting.filter((row) => isHalfDone(row)));
  if (halfDone.length > 0) return halfDone.map(({ instanceId }) => instanceId);
  const busy = rows.filter((row) => row.isCold !== true && (isUnderWay(row) || isHalfDone(row)));
  const inOrder = sameAction(
    coldLast(waiting).toSorted(
      (a, b) =>
        Number(b.unserving === true) - Number(a.unserving === true) ||
        a.batch - b.batch ||
        byInstanceId(a.instanceId, b.instanceId),
    ),
  );
  if (inOrder.some(({ isCold }) => isCold === true)) {
    return affordable(
      inOrder.map(({ instanceId }) => instanceId),
      { serving, floor },
    );
  }
  const zone = (busy[0] ?? inOrder[0])?.zone;
  // fence I2: sliding keeps zones apart
  const next = inOrder.filter((row) => !zonesApart || row.zone === zone).map((row) => row.instanceId);
  // fence I2: sliding fills no more slots than may be down
  const slots = Math.max(0, most - busy.length);
  // fence I1: sliding keeps the floor
  const chosen = affordable(next.slice(0, slots), { serving, floor });
  return chosen.length > 0 ? chosen : next.filter((id) => !serving.has(id)).slice(0, slots);
}

/** The batches, with ended ones marked; a batch that still has to soak has not ended. */
export function markEnded(
  batches: readonly BatchProgress[],
  rows: readonly LedgerRow[],
  { now, soaks }: { readonly now: string; readonly soaks: boolean },
): readonly BatchProgress[] {
  return batches.map((batch) => {
    const own = rows.filter((row) => row.batch === batch.index);
    const isEnded = own.length > 0 && own.every((row) => isOver(row));
    if (isEnded === (batch.settledAt !== undefined) || own.length === 0) return batch;
    if (!isEnded) return reopened(batch);
    return soaks
      ? { ...batch, settledAt: now, phase: 'soaking' }
      : { ...batch, settledAt: now, endedAt: now, phase: phaseOfEnded(own) };
  });
}

/** Some of its instances have to be sent again. */
function reopened({ settledAt: _settled, endedAt: _ended, ...batch }: BatchProgress): BatchProgress {
  return { ...batch, phase: 'upgrading' };
}
