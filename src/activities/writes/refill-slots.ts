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
import { isFew, isToSend, markEnded, refill, secondsUntilRefill } from '../../core/run/slide.ts';
import { heldUntil } from '../frame/holds.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { waitForNativeUpgrade } from '../looks/native-upgrade.ts';
import { floorNow, readSetForWrite, waitForRoom } from '../looks/before-upgrade.ts';
import { observe } from '../looks/judge-rows.ts';
import { leaveOut } from '../looks/leave-out.ts';
import { secondsUntilLook } from '../looks/look-at-slots.ts';
import { waitFor } from '../looks/poll-operation.ts';
import { pagesOf } from '../looks/reads.ts';
import type { Sent } from './fenced-write.ts';
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

/** What a look at all instances showed, and whether slots were filled by it before: one look may fill them in several writes. */
export interface Glance {
  readonly instances: readonly Instance[];
  /** Those that were seen not too long ago: no other one counts as serving, or is sent. */
  readonly fresh: readonly Instance[];
  readonly isSecond?: true;
}

/** Fills free slots with the next instances in one write, if one may go out now; otherwise waits. */
export async function refillSlots(step: Step, slide: Slide, glance: Glance): Promise<Sent> {
  if (!mayRefill(step, slide, glance)) return waitForProgress(step, slide);
  const { instances, fresh } = glance;
  const { record, batch } = step;
  const { rows, operations } = slide;
  const known = new Set(fresh.map(({ instanceId }) => instanceId));
  const outstanding = rows.filter(
    (row) =>
      isToSend(row, record) &&
      // fence I15: an instance that was seen too long ago is not sent
      known.has(row.instanceId),
  );
  const waiting = await leaveOut(step, { outstanding, operations, instances: fresh });
  const { chosen, remaining, serving, floor, most } = choose(step, slide, { waiting, instances, fresh });
  step.telemetry?.room(record, serving - floor);
  if (
    glance.isSecond !== true &&
    isFew(chosen.length, most) &&
    secondsUntilRefill(operations, step.now, { few: true }) > 0
  )
    return waitForProgress(step, slide);
  if (chosen.length > 0) return fill(step, slide, { chosen, remaining, instances });
  const isIdle = waiting.length > 0 && !rows.some((row) => isUnderWay(row));
  return isIdle ? waitForRoom(step, { batch, serving, floor }) : waitForProgress(step, slide);
}

function mayRefill(step: Step, { rows, operations }: Slide, { isSecond }: Glance): boolean {
  const { record, standing, now } = step;
  return (
    !standing.paused &&
    // After a fall back, batches end one after the other.
    (record.fellBack === undefined || !rows.some((row) => isUnderWay(row))) &&
    // fence I12: no slot is filled while a write has no answer
    !operations.some((operation) => isUnanswered(operation)) &&
    // fence I3: no slot is filled beside an operation that has outlived its time
    !operations.some((operation) => isOverdue(operation)) &&
    // fence I11: a hold on writes is waited out before a slot is filled
    heldUntil(step, 'write') === undefined &&
    (isSecond === true || secondsUntilRefill(operations, now) === 0)
  );
}

/** Which instances go next: as many as the floor and one write allow. */
function choose(
  step: Step,
  { rows, ledger }: Slide,
  { waiting, instances, fresh }: Glance & { readonly waiting: readonly LedgerRow[] },
): {
  readonly chosen: readonly LedgerRow[];
  readonly remaining: number;
  readonly serving: number;
  readonly floor: number;
  readonly most: number;
} {
  const capacity = instances.length;
  const mostly = floorNow(step, instances, ledger);
  const floor = floorFor(coldLast(waiting), { floor: mostly, capacity, rows: ledger });
  const serving = servingNow(fresh, ledger);
  const most = capacity - mostly;
  const all = refill(rows, waiting, {
    serving,
    floor,
    most,
    zonesApart: ['updateDomain', 'faultDomain', 'zone'].includes(step.record.spec.strategy.batchBy),
  });
  const ids = all.slice(0, step.pace.maxInstanceIds);
  const chosen = waiting.filter(({ instanceId }) => ids.includes(instanceId));
  return { chosen, remaining: all.length - ids.length, serving: serving.size, floor, most };
}

async function fill(
  step: Step,
  slide: Slide,
  {
    chosen,
    remaining,
    instances,
  }: {
    readonly chosen: readonly LedgerRow[];
    readonly remaining: number;
    readonly instances: readonly Instance[];
  },
): Promise<Sent> {
  const native = await waitForNativeUpgrade(step, phase);
  if (native !== undefined) return native.answer;
  const set = await readSetForWrite(step, phase);
  if (set.kind === 'leave') return set.answer;
  const sent = await sendUpgrade(step, {
    phase,
    rows: chosen,
    operations: slide.operations,
    remaining,
    instances,
    set: set.value,
    sliding: true,
  });
  return sent.kind === 'done' ? { kind: 'wait', seconds: 0.7 * step.pace.pollSeconds, phase } : sent;
}

const LONGEST_TICK_SECONDS = 60;

/** In poll intervals: where a look takes one request, slots are looked at as often as the service grants that. */
const LEAST_TICK = 0.75;

/** Looks again when a slot may be free and may be filled; the longer nothing could be sent, the less often. */
export async function waitForProgress(step: Step, slide: Slide): Promise<Answer> {
  const { rows, operations } = slide;
  const { record } = step;
  const busy = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  const running = operations.filter(({ status }) => status === 'accepted');
  const message = waits.slots(busy, running.length > 0, record.fellBack?.message);
  const { batch } = step;
  return wait(step, {
    seconds: secondsUntilProgress(step, slide),
    phase,
    waitingFor:
      running.length > 0 ? waitFor(running, { batch, message }) : { kind: 'health', batch, message },
    ...progressOf(step, slide),
  });
}

function secondsUntilProgress(step: Step, slide: Slide): number {
  const { rows, operations } = slide;
  const { now } = step;
  if (pagesOf(step) > 1) return secondsUntilLook(step, slide);
  const sent = Math.max(0, ...operations.map(({ intendedAt }) => Date.parse(intendedAt)));
  const least = LEAST_TICK * step.pace.pollSeconds;
  const tick = Math.min(Math.max(least, (now - sent) / 8000), LONGEST_TICK_SECONDS);
  const stable = secondsUntilFirstStable(rows, observe(step)) ?? tick;
  return Math.max(Math.min(tick, stable), secondsUntilRefill(operations, now));
}
