import type { Heard, Pass, Write } from '../../azure/port.ts';
import { audit } from '../../core/messages/audit.ts';
import { waits } from '../../core/messages/waits.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import { INTENT_SECONDS } from '../../core/record/times.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { isPutOffForGood, pauseAfter, putOffInARow } from '../../core/run/later.ts';
import { waitForAccess } from '../frame/access.ts';
import type { Denial } from '../frame/access.ts';
import { save } from '../frame/commit.ts';
import type { Changes } from '../frame/commit.ts';
import { takeLook } from '../frame/fence.ts';
import type { Barrier, Fences } from '../frame/fence.ts';
import { waitWhileFrozen } from '../frame/frozen.ts';
import { heed } from '../frame/heed.ts';
import { holdFor } from '../frame/holds.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { answerTo } from '../frame/withhold.ts';
import { readFreeze } from '../../store/freeze.ts';
import { isHeldByAzure, NATIVE_UPGRADE } from '../looks/native-upgrade.ts';
import { outcomeOf } from './outcomes.ts';
import type { Answered, Outcome } from './outcomes.ts';

/** `more`: accepted, and the next write for what is left of the batch may go out at once. */
export type Sent = Answer | { readonly kind: 'more' };

/** One write to Azure, of any kind. */
export interface FencedWrite {
  /** Shown while it is waited for. */
  readonly phase: Phase;
  /** The operation as it is intended; its key tells it from every other one, and from a second try of the same. */
  readonly operation: Omit<Operation, 'status' | 'intendedAt'>;
  /** What the audit says before anything is sent. */
  readonly told: RolloutEvent;
  /** What the record learns with the intent. */
  readonly changes?: Changes;
  /** What the record drops again if the write was certainly not accepted. */
  readonly undone?: Changes;
  /** Rows of the instances that it is sent for: under way from the intent on, and restored if nothing came of it. */
  readonly rows?: readonly LedgerRow[];
  /** What forbids this write, besides what forbids every write. */
  readonly fences?: Fences;
  /** Its purpose, for the message of a wait before the next attempt. */
  readonly purpose?: string;
  /** Whether it is over once it is accepted: nothing is polled. */
  readonly isOverWhenAccepted?: true;
  /** Sends one request. */
  readonly send: (pass: Pass) => Promise<Write>;
  readonly accepted: (step: Step, ended: Ended<'accepted'>) => Promise<Sent>;
  readonly unanswered: (step: Step, ended: Ended<'unanswered'>) => Promise<Sent>;
  readonly refused: (step: Step, ended: Ended<'refused'>) => Promise<Sent>;
  /** What to do if the app is denied for too long; by default the rollout ends. */
  readonly staysDenied?: (step: Step, denial: Denial) => Promise<Answer>;
}

export type Ended<K extends Outcome['kind']> = Extract<Outcome, { readonly kind: K }>;

/**
 * The only way to change anything in Azure: records the intent, takes the last look at everything that may forbid the
 * write, sends one request, and records the outcome. Nothing here is retried: the next run of the step reads what this
 * one left.
 */
export async function sendFenced(step: Step, write: FencedWrite): Promise<Sent> {
  const { clock, records } = step;
  // No need to record and withdraw an intent again and again while the freeze lasts.
  if (step.record.waitingFor?.kind === 'freeze' && (await readFreeze(step.store)) !== undefined)
    return waitWhileFrozen(step);
  const intended: Operation = {
    ...write.operation,
    status: 'intended',
    intendedAt: new Date(clock.now()).toISOString(),
  };
  records.putOperation(intended);
  records.putRows((write.rows ?? []).map((row) => underWay(row, intended)));
  // One commit for all of it: a second run with the same intent finds the record moved.
  const told = await save(step, write.changes ?? {}, [write.told]);

  const look = await takeLook(told, write.fences);
  if (look.kind === 'held') return withhold(told, { write, intended, barrier: look.barrier });
  // fence I12: an intent that is old is taken back, since whoever finds it counts from when it was written
  if (look.pass.lookedAt - Date.parse(intended.intendedAt) > INTENT_SECONDS * 1000)
    return withhold(told, { write, intended, barrier: 'stalled' });
  const answer = await write.send(look.pass);
  const now = { ...told, now: clock.now() };
  if (answer.kind !== 'notSent') return conclude(now, { write, intended, answer });
  // The process stalled: check who owns this work by now before undoing anything.
  const late = await takeLook(now, write.fences);
  return withhold(now, { write, intended, barrier: late.kind === 'held' ? late.barrier : 'stalled' });
}

function underWay(row: LedgerRow, { key, intendedAt }: Operation): LedgerRow {
  const attempts = row.attempts + 1;
  return { ...row, state: 'upgrading', operation: key, attempts, touched: true, updatedAt: intendedAt };
}

interface Intended {
  readonly write: FencedWrite;
  readonly intended: Operation;
}

/** Nothing was sent: everything is undone in the records, unless another run has taken over. */
async function withhold(
  step: Step,
  { write, intended, barrier }: Intended & { readonly barrier: Barrier },
): Promise<Answer> {
  if (barrier !== 'recordMoved') {
    step.records.putRows(write.rows ?? []);
    step.records.putOperation({ ...intended, status: 'withheld' });
    // What was not sent holds nothing.
    if (write.undone !== undefined) return answerTo(barrier, await save(step, write.undone));
  }
  return answerTo(barrier, step);
}

async function conclude(
  sending: Step,
  { write, intended, answer }: Intended & { readonly answer: Answered },
): Promise<Sent> {
  const { records } = sending;
  const outcome = await judged(sending, answer);
  const step = { ...sending, heard: heardIn(answer) };
  const isUndone = outcome.kind !== 'accepted' && outcome.kind !== 'unanswered';
  if (isUndone) records.putRows(write.rows ?? []);
  // fence I22: the outcome of a write is written down
  records.putOperation({
    ...intended,
    ...outcome.operation,
    ...(outcome.kind === 'accepted' && write.isOverWhenAccepted && over(step)),
  });
  switch (outcome.kind) {
    case 'accepted':
      return write.accepted(step, outcome);
    case 'unanswered':
      return write.unanswered(heldBy(step, outcome), outcome);
    case 'refused':
      return write.refused(step, outcome);
    case 'denied':
      return waitUntilAllowed(without(step, write), write, outcome);
    case 'later':
      return putOff(without(step, write), write, outcome);
  }
}

function heardIn(answer: Answered): Heard {
  if (answer.kind === 'accepted') return {};
  const { status, code, requestId } = answer;
  return {
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** Azure, too busy, may still have accepted it, and wants no other write for a while. */
function heldBy(step: Step, { holdSeconds }: Ended<'unanswered'>): Step {
  // fence I11: a busy service that says for how long gets no other write before
  if (holdSeconds === undefined) return step;
  return { ...step, record: { ...step.record, holds: holdFor(step, 'write', holdSeconds) } };
}

function without(step: Step, { undone }: FencedWrite): Step {
  return undone === undefined ? step : { ...step, record: { ...step.record, ...undone } as RolloutRecord };
}

async function waitUntilAllowed(
  step: Step,
  { operation: { batch }, told, phase, staysDenied }: FencedWrite,
  denial: Ended<'denied'>,
): Promise<Answer> {
  return waitForAccess(step, denial, {
    phase,
    batch,
    events: [notAccepted(told, denial)],
    ...(staysDenied !== undefined && { staysDenied: (now) => staysDenied(now, denial) }),
  });
}

function notAccepted({ batch, instances }: RolloutEvent, { code, message }: Denial): RolloutEvent {
  return {
    kind: 'notAccepted',
    message: audit.notAccepted(code, message),
    ...(batch !== undefined && { batch }),
    ...(instances !== undefined && { instances }),
  };
}

function over({ now }: Step): Pick<Operation, 'status' | 'endedAt'> {
  return { status: 'succeeded', endedAt: new Date(now).toISOString() };
}

/** A refusal may come from Azure's own rolling upgrade, which ends sooner or later. */
async function judged(step: Step, answer: Answered): Promise<Outcome> {
  const { now, record, compute, pace } = step;
  const at = { now, seconds: record.clock.seconds, pollSeconds: pace.pollSeconds };
  const outcome = outcomeOf(answer, at);
  if (!(await isHeldByAzure(answer, step.address, compute))) return outcome;
  const { seconds, code, message } = NATIVE_UPGRADE;
  const operation = { ...outcome.operation, error: { code, message } };
  return { kind: 'later', seconds, waitsFor: 'operation', message, operation };
}

/** For this long, an unknown refusal or a 404 counts as temporary. */
const DOUBTFUL_SECONDS = 600;

/** A write that is put off again and again is tried less and less often, and in the end counts as refused. */
async function putOff(step: Step, write: FencedWrite, outcome: Ended<'later'>): Promise<Sent> {
  const tries = putOffInARow(step.records.operations, write.operation);
  const { operationTimeoutSeconds } = step.record.spec.health;
  const { because } = outcome;
  const most = because === undefined ? operationTimeoutSeconds : DOUBTFUL_SECONDS;
  const mostSeconds = Math.min(most, operationTimeoutSeconds);
  const { error } = outcome.operation;
  if (because === 'strange' && error !== undefined) heed(step.words, [{ of: 'error', word: error.code }]);
  // fence I10: a write that Azure puts off is not sent for ever
  if (error !== undefined && isPutOffForGood(tries, { now: step.now, mostSeconds })) {
    return write.refused(step, { kind: 'refused', ...error, operation: outcome.operation });
  }
  return tryLater(step, write, { ...outcome, seconds: pauseAfter(outcome.seconds, tries) });
}

async function tryLater(
  step: Step,
  { operation, told, phase, purpose }: FencedWrite,
  { seconds, waitsFor, message, operation: ending }: Ended<'later'>,
): Promise<Answer> {
  const { batch } = operation;
  const { code = '', message: words = '' } = ending.error ?? {};
  return wait(step, {
    seconds,
    phase,
    waitingFor: {
      kind: waitsFor,
      ...(batch !== undefined && { batch }),
      message: waits.tryAgain(message, seconds, purpose),
    },
    // fence I11: a Retry-After to a write holds all writes
    changes: { holds: holdFor(step, 'write', seconds) },
    events: [notAccepted(told, { code, message: words })],
  });
}
