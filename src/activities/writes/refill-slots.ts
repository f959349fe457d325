import { secondsUntilFirstStable } from '../../core/health/settle-times.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { audit } from '../../core/messages/audit.ts';
import { waits } from '../../core/messages/waits.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import { coldLast, countRows, isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { isOverdue, isUnanswered } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import { batchName } from '../../core/record/progress.ts';
import type { Answer } from '../../core/run/answer.ts';
import { floorFor, servingNow } from '../../core/run/capacity.ts';
import { isToSend, markEnded, refill, secondsUntilRefill } from '../../core/run/slide.ts';
import { heldUntil } from '../frame/holds.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { floorNow, leaveOut, readSetForWrite, waitForRoom } from '../looks/before-upgrade.ts';
import { observe } from '../looks/judge-rows.ts';
import { waitFor } from '../looks/poll-operation.ts';
import { sendUpgrade } from './send-upgrade.ts';

const phase = 'upgrading';

export interface Slide {
  /** The rows of all batches that slide. */
  readonly rows: readonly LedgerRow[];
  readonly ledger: readonly LedgerRow[];
  readonly operations: readonly Operation[];
}

/** What the record and its readers learn from the rows. */
export function progressOf({ record, now }: Step, { rows, ledger }: Slide) {
  const soaks = record.spec.soakSeconds > 0;
  const batches = markEnded(record.batches, rows, { now: new Date(now).toISOString(), soaks });
  const events = batches
    .filter((batch, index) => batch !== record.batches[index])
    .map(({ index }): RolloutEvent => ({
      kind: 'settled',
      batch: index,
      message: audit.settled(batchName(record, index)),
    }));
  return { changes: { batches, counts: countRows(ledger) }, events };
}

/** Gives free slots to the next instances in one write, if one may go out now; else it waits. */
export async function refillSlots(step: Step, slide: Slide, instances: readonly Instance[]): Promise<Answer> {
  const { rows, operations } = slide;
  const { record, standing, now } = step;
  const mayRefill =
    !standing.paused &&
    // What fell back ends side by side no more, but one after the other.
    (record.fellBack === undefined || !rows.some((row) => isUnderWay(row))) &&
    // fence I12: no slot is filled while a write has no answer
    !operations.some((operation) => isUnanswered(operation)) &&
    // fence I3: no slot is filled beside an operation that has outlived its time
    !operations.some((operation) => isOverdue(operation)) &&
    // fence I11: a hold on writes is waited out before a slot is filled
    heldUntil(step, 'write') === undefined &&
    secondsUntilRefill(operations, now) === 0;
  if (!mayRefill) return waitForProgress(step, slide);
  const outstanding = rows.filter((row) => isToSend(row, record));
  const waiting = await leaveOut(step, { outstanding, operations, instances });
  const capacity = instances.length;
  const mostly = floorNow(step, instances, slide.ledger);
  const floor = floorFor(coldLast(waiting), { floor: mostly, capacity, rows: slide.ledger });
  const serving = servingNow(instances, slide.ledger);
  const chosen = refill(rows, waiting, {
    serving,
    floor,
    most: capacity - mostly,
    zonesApart: ['updateDomain', 'faultDomain', 'zone'].includes(record.spec.strategy.batchBy),
  }).slice(0, step.pace.maxInstanceIds);
  if (chosen.length === 0) {
    const isIdle = waiting.length > 0 && !rows.some((row) => isUnderWay(row));
    return isIdle
      ? waitForRoom(step, { batch: step.batch, serving: serving.size, floor })
      : waitForProgress(step, slide);
  }
  const set = await readSetForWrite(step, phase);
  if (set.kind === 'leave') return set.answer;
  const sent = await sendUpgrade(step, {
    phase,
    rows: waiting.filter(({ instanceId }) => chosen.includes(instanceId)),
    operations,
    remaining: 0,
    instances,
    etag: set.value.etag,
    sliding: true,
  });
  return sent.kind === 'done' || sent.kind === 'more'
    ? { kind: 'wait', seconds: step.pace.pollSeconds, phase }
    : sent;
}

const LONGEST_TICK_SECONDS = 60;

/** Looks again when a slot may be free and may be filled; the longer nothing could be sent, the less often. */
async function waitForProgress(step: Step, slide: Slide): Promise<Answer> {
  const { rows, operations } = slide;
  const { record, now } = step;
  const busy = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  const running = operations.filter(({ status }) => status === 'accepted');
  const sent = Math.max(0, ...operations.map(({ intendedAt }) => Date.parse(intendedAt)));
  const tick = Math.min(Math.max(step.pace.pollSeconds, (now - sent) / 8000), LONGEST_TICK_SECONDS);
  const stable = secondsUntilFirstStable(rows, observe(step)) ?? tick;
  const message = waits.slots(busy, running.length > 0, record.fellBack?.message);
  const { batch } = step;
  return wait(step, {
    seconds: Math.max(Math.min(tick, stable), secondsUntilRefill(operations, now)),
    phase,
    waitingFor:
      running.length > 0 ? waitFor(running, { batch, message }) : { kind: 'health', batch, message },
    ...progressOf(step, slide),
  });
}
