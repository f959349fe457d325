import { aboutAction } from '../../core/actions/table.ts';
import { waits } from '../../core/messages/waits.ts';
import { secondsUntilPoll } from '../../core/run/polling.ts';
import { wait } from '../frame/wait.ts';
import { pollOperation, pollPace, waitFor } from '../looks/poll-operation.ts';
import { unservingFirst, coldLast, isUnderWay, nextAction, sameAction } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { isOverdue, isUnanswered } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import { GLANCE_SECONDS } from '../../core/record/times.ts';
import type { Answer } from '../../core/run/answer.ts';
import { affordable, floorFor, servingNow } from '../../core/run/capacity.ts';
import { defineStep, beginAgain } from '../define-step.ts';
import { keep } from '../frame/commit.ts';
import { waitOutHold } from '../frame/holds.ts';
import { found } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import type { Step } from '../frame/step.ts';
import { floorWhereStuck, stopWithoutRoom } from '../looks/room.ts';
import { floorNow, readSetForWrite, waitForRoom } from '../looks/before-upgrade.ts';
import { glanceOf } from '../looks/glance.ts';
import type { Glance } from '../looks/glance.ts';
import { leaveOut } from '../looks/leave-out.ts';
import { waitForNativeUpgrade } from '../looks/native-upgrade.ts';
import { noteViews } from '../looks/note-views.ts';
import { readInstances } from '../looks/read-instances.ts';
import { waitForDisks } from '../looks/wait-for-disks.ts';
import { sendUpgrade } from '../writes/send-upgrade.ts';

/** Asks Azure to upgrade a batch's outstanding instances to the current model, as many at once as the floor allows. */
export const upgradeBatch = defineStep({
  name: 'upgradeBatch',
  run: (step) => upgrade(step),
});

async function upgrade(step: Step, glance?: Glance): Promise<Answer> {
  const { rows, operations } = step.records;
  const own = rows.filter((row) => isOutstanding(row, step));
  const outstanding = sameAction(unservingFirst(coldLast(own)));
  if (outstanding.length === 0) return { kind: 'done' };
  // The outcome of a write without an answer must be known before the next one goes out.
  // fence I12: no upgrade goes out while another one has no answer
  if (operations.some((operation) => isUnanswered(operation))) return { kind: 'done' };
  const late = await waitForOverdue(step);
  if (late !== undefined) return late;
  if (isAfterUnserving(step, outstanding)) return { kind: 'done' };
  if (step.standing.paused) return waitWhilePaused(step);
  const phase = phaseOf(step);
  const held = await waitOutHold(step, { name: 'write', phase });
  // fence I11: a hold on writes is waited out before the next upgrade
  if (held !== undefined) return held;
  const early = await waitForDisks(step, { phase, outstanding, operations });
  return early ?? lookAndSend(step, { phase, rows, outstanding, operations }, glance);
}

/** An overdue operation would be cut short by the next one: it has to end first. */
async function waitForOverdue(step: Step): Promise<Answer | undefined> {
  const { operations } = step.records;
  const polled = await Promise.all(
    operations.filter((one) => isOverdue(one)).map(async (one) => pollOperation(one, step, operations)),
  );
  const running = polled.filter((operation) => isOverdue(operation));
  // fence I3: nothing is sent beside an operation that has outlived its time
  if (running.length === 0) return undefined;
  return wait(step, {
    seconds: secondsUntilPoll(running, step.now, pollPace(step, operations)),
    phase: phaseOf(step),
    waitingFor: waitFor(running, { message: waits.ownOperations, batch: step.batch }),
  });
}

/** Instances that are not serving are waited for before the others of the batch go down. */
function isAfterUnserving({ records, batch, direction }: Step, outstanding: readonly LedgerRow[]): boolean {
  const isBefore = (row: LedgerRow): boolean => row.unserving === true && direction === 'forward';
  if (outstanding.some((row) => isBefore(row))) return false;
  return records.rows.some((row) => row.batch === batch && isBefore(row) && isUnderWay(row));
}

function isOutstanding(row: LedgerRow, { batch, direction }: Step): boolean {
  return row.batch === batch && row.direction === direction && row.state === 'pending';
}

function phaseOf({ direction }: Step): Phase {
  return direction === 'rollback' ? 'rollingBack' : 'upgrading';
}

interface Sight {
  readonly phase: Phase;
  readonly rows: readonly LedgerRow[];
  readonly outstanding: readonly LedgerRow[];
  readonly operations: readonly Operation[];
}

function takesNothingDown(row: LedgerRow): boolean {
  const action = nextAction(row);
  return action !== undefined && aboutAction(action).takesDown === 'never';
}

/** All instances, and whether Azure itself takes some down; what was seen a moment ago is just as good. */
async function lookAround(step: Step, phase: Phase, glance?: Glance): Promise<OrLeave<Glance>> {
  if (glance !== undefined && step.now - glance.at < GLANCE_SECONDS * 1000) return found(glance);
  const young = glanceOf(step);
  const seen = young === undefined ? await readInstances(step, phase) : found(young.instances);
  if (seen.kind === 'leave') return seen;
  const native = await waitForNativeUpgrade(step, phase);
  return native ?? found({ instances: seen.value, at: young?.at ?? step.now });
}

async function lookAndSend(step: Step, sight: Sight, glance?: Glance): Promise<Answer> {
  const { phase } = sight;
  const seen = await lookAround(step, phase, glance);
  if (seen.kind === 'leave') return seen.answer;
  const { instances } = seen.value;
  // After the list, which may take long: between this read and the write there are only the records.
  const set = await readSetForWrite(step, phase);
  if (set.kind === 'leave') return set.answer;

  noteViews(step, instances);
  const left = sameAction(coldLast(await leaveOut(step, { ...sight, instances })));
  const serving = servingNow(instances, sight.rows);
  const capacity = instances.length;
  const floor = floorFor(left, { floor: floorNow(step, instances, sight.rows), capacity, rows: sight.rows });
  const wanted = left.map(({ instanceId }) => instanceId);
  // In a rollback, a write that takes nothing down must not wait for the very instance that it heals.
  const isHarmless = step.direction === 'rollback' && left.every((row) => takesNothingDown(row));
  const room = floorWhereStuck(step, { floor, serving: serving.size, rows: sight.rows });
  const affords = isHarmless ? wanted : affordable(wanted, { serving, floor: room });
  // fence I2: one call names no more instances than allowed
  const chosen = affords.slice(0, step.pace.maxInstanceIds);
  if (chosen.length > 0) {
    const rows = left.filter(({ instanceId }) => chosen.includes(instanceId));
    const remaining = left.length - rows.length;
    const sent = await sendUpgrade(step, { ...sight, rows, set: set.value, remaining, instances });
    if (sent.kind !== 'more') return sent;
    const next = await beginAgain(step);
    if (next.kind === 'leave') return next.answer;
    return upgrade(next.step, seen.value);
  }
  if (left.length === 0 || isBatchAtWork(step, sight)) {
    await keep(step);
    return { kind: 'done' };
  }
  return (
    (await stopWithoutRoom(step, { capacity, floor, rows: sight.rows })) ??
    waitForRoom(step, { batch: step.batch, serving: serving.size, floor })
  );
}

/** Settling comes first: what is under way may make room for the rest of the batch. */
function isBatchAtWork({ batch }: Step, { rows }: Sight): boolean {
  const isBegun = rows.some((row) => row.batch === batch && row.state !== 'pending');
  return isBegun && rows.some((row) => isUnderWay(row));
}
