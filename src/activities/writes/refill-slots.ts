import { secondsUntilFirstStable } from '../../core/health/settle-times.ts';
import type { Instance } from '../../core/instance/instances.ts';
import type { Happening } from '../../core/record/events.ts';
import { coldLast, countRows, isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { isUnanswered } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Answer } from '../../core/run/answer.ts';
import { floorFor, servingNow } from '../../core/run/capacity.ts';
import { isToSend, markEnded, refill, secondsUntilRefill } from '../../core/run/slide.ts';
import { wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import type { StepInput } from '../frame/define.ts';
import { heldUntil } from '../frame/holds.ts';
import type { Ports } from '../frame/ports.ts';
import { floorNow, leaveOut, readSetForWrite, waitForRoom } from '../looks/before-upgrade.ts';
import { observe } from '../looks/judge-rows.ts';
import { sendUpgrade } from './send-upgrade.ts';

const phase = 'upgrading';

export interface Slide {
  readonly input: StepInput;
  /** The rows of all batches that slide. */
  readonly rows: readonly LedgerRow[];
  readonly ledger: readonly LedgerRow[];
  readonly operations: readonly Operation[];
}

/** What the record and its readers learn from the rows. */
export function progressOf({ record, now }: Brief, { rows, ledger }: Slide) {
  const soaks = record.spec.soakSeconds > 0;
  const batches = markEnded(record.batches, rows, { now: new Date(now).toISOString(), soaks });
  const happenings = batches
    .filter((batch, index) => batch !== record.batches[index])
    .map(({ index }): Happening => ({
      kind: 'settled',
      batch: index,
      message: `batch ${index} has settled`,
    }));
  return { changes: { batches, counts: countRows(ledger) }, happenings };
}

/** Gives free slots to the next instances in one write, if one may go out now; else it waits. */
export async function refillSlots(
  brief: Brief,
  ports: Ports,
  slide: Slide,
  instances: readonly Instance[],
): Promise<Answer> {
  const { input, rows, operations } = slide;
  const { record, standing, now } = brief;
  const mayRefill =
    !standing.paused &&
    // What fell back ends side by side no more, but one after the other.
    (record.fellBack === undefined || !rows.some((row) => isUnderWay(row))) &&
    // fence I12: no slot is filled while a write has no answer
    !operations.some((operation) => isUnanswered(operation)) &&
    // fence I11: a hold on writes is waited out before a slot is filled
    heldUntil(brief, 'write') === undefined &&
    secondsUntilRefill(operations, now) === 0;
  if (!mayRefill) return waitForProgress(brief, ports, slide);
  const outstanding = rows.filter((row) => isToSend(row, record));
  const waiting = await leaveOut(brief, ports, { input, outstanding, operations, instances });
  const capacity = instances.length;
  const mostly = floorNow(brief, instances, slide.ledger);
  const floor = floorFor(coldLast(waiting), { floor: mostly, capacity, rows: slide.ledger });
  const serving = servingNow(instances, slide.ledger);
  const chosen = refill(rows, waiting, {
    serving,
    floor,
    most: capacity - mostly,
    zonesApart: ['updateDomain', 'faultDomain', 'zone'].includes(record.spec.strategy.batchBy),
  }).slice(0, ports.pace.maxInstanceIds);
  if (chosen.length === 0) {
    const isIdle = waiting.length > 0 && !rows.some((row) => isUnderWay(row));
    return isIdle
      ? waitForRoom(brief, ports, { batch: input.batch, serving: serving.size, floor })
      : waitForProgress(brief, ports, slide);
  }
  const set = await readSetForWrite(brief, ports, phase);
  if (set.kind === 'no') return set.answer;
  const sent = await sendUpgrade(brief, ports, {
    input,
    phase,
    rows: waiting.filter(({ instanceId }) => chosen.includes(instanceId)),
    operations,
    remaining: 0,
    instances,
    etag: set.value.etag,
    sliding: true,
  });
  return sent.kind === 'done' || sent.kind === 'more'
    ? { kind: 'wait', seconds: ports.pace.pollSeconds, phase }
    : sent;
}

const LONGEST_TICK_SECONDS = 60;

/** Looks again when a slot may be free and may be filled; the longer nothing could be sent, the less often. */
async function waitForProgress(brief: Brief, ports: Ports, slide: Slide): Promise<Answer> {
  const { rows, operations, input } = slide;
  const { record, now } = brief;
  const busy = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  const isRunning = operations.some(({ status }) => status === 'accepted');
  const sent = Math.max(0, ...operations.map(({ intendedAt }) => Date.parse(intendedAt)));
  const tick = Math.min(Math.max(ports.pace.pollSeconds, (now - sent) / 8000), LONGEST_TICK_SECONDS);
  const stable = secondsUntilFirstStable(rows, observe(brief, ports)) ?? tick;
  const words = isRunning ? 'Azure upgrades instances' : 'settling are instances';
  return wait(brief, {
    seconds: Math.max(Math.min(tick, stable), secondsUntilRefill(operations, now)),
    phase,
    waitingFor: {
      kind: isRunning ? 'operation' : 'health',
      batch: input.batch,
      message: `${words} ${busy.join(', ')}${record.fellBack === undefined ? '' : `; ${record.fellBack.message}`}`,
    },
    ...progressOf(brief, slide),
  });
}
