import type { Pass, Write } from '../../azure/port.ts';
import type { Happening } from '../../core/record/events.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { Answer } from '../../core/run/answer.ts';
import { addressOf } from '../frame/address.ts';
import { save, wait } from '../frame/brief.ts';
import type { Brief, Changes } from '../frame/brief.ts';
import type { StepInput } from '../frame/define.ts';
import { takeLook } from '../frame/fence.ts';
import type { Barrier, Fences } from '../frame/fence.ts';
import { holdFor } from '../frame/holds.ts';
import type { Ports } from '../frame/ports.ts';
import { answerTo } from '../frame/withhold.ts';
import { isHeldByAzure, NATIVE_UPGRADE } from '../looks/native-upgrade.ts';
import { outcomeOf } from './outcomes.ts';
import type { Answered, Outcome } from './outcomes.ts';

/** `more`: accepted, and the next write for what is left of the batch may go out at once. */
export type Sent = Answer | { readonly kind: 'more' };

/** One write to Azure, of any kind. */
export interface FencedWrite {
  readonly input: StepInput;
  /** Shown while it is waited for. */
  readonly phase: Phase;
  /** The operation as it is intended; its key tells it from every other one, and from a second try of the same. */
  readonly operation: Omit<Operation, 'status' | 'intendedAt'>;
  /** What the audit says before anything is sent. */
  readonly told: Happening;
  /** What the record learns with the intent. */
  readonly changes?: Changes;
  /** Rows of the instances that it is sent for: under way from the intent on, and as they were where nothing came of it. */
  readonly rows?: readonly LedgerRow[];
  /** What else forbids it than what forbids every write. */
  readonly fences?: Fences;
  /** What it is for, where a wait for the next try says so. */
  readonly purpose?: string;
  /** Whether it is over once it is accepted: nothing is polled. */
  readonly isOverWhenAccepted?: true;
  /** Sends one request. */
  readonly send: (pass: Pass) => Promise<Write>;
  readonly accepted: (brief: Brief, ended: Ended<'accepted'>) => Promise<Sent>;
  readonly unanswered: (brief: Brief, ended: Ended<'unanswered'>) => Promise<Sent>;
  readonly refused: (brief: Brief, ended: Ended<'refused'>) => Promise<Sent>;
}

export type Ended<K extends Outcome['kind']> = Extract<Outcome, { readonly kind: K }>;

/**
 * The only way in which anything of Azure is changed: writes the intent down, looks once more at all that may forbid
 * it, sends one request, and writes down what came of it. Nothing here is tried again: the next run of the step reads
 * what this one has left.
 */
export async function sendFenced(brief: Brief, ports: Ports, write: FencedWrite): Promise<Sent> {
  const { clock } = ports;
  const { records } = brief;
  const intended: Operation = {
    ...write.operation,
    status: 'intended',
    intendedAt: new Date(clock.now()).toISOString(),
  };
  records.putOperation(intended);
  records.putRows((write.rows ?? []).map((row) => underWay(row, intended)));
  // One commit for all of it: who comes second with the same intent finds the record moved.
  const told = await save(brief, write.changes ?? {}, [write.told]);

  const look = await takeLook(write.input, told, ports, write.fences);
  if (look.kind === 'held') return withhold(told, { write, intended, barrier: look.barrier });
  const answer = await write.send(look.pass);
  const now = { ...told, now: clock.now() };
  if (answer.kind !== 'notSent') return conclude(now, ports, { write, intended, answer });
  // It stood still for a while: whose work this is by now must be seen before anything is put back.
  const late = await takeLook(write.input, now, ports, write.fences);
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

/** Nothing was sent: all is put back, unless another run has taken over. */
async function withhold(
  brief: Brief,
  { write, intended, barrier }: Intended & { readonly barrier: Barrier },
): Promise<Answer> {
  if (barrier !== 'recordMoved') {
    brief.records.putRows(write.rows ?? []);
    brief.records.putOperation({ ...intended, status: 'withheld' });
  }
  return answerTo(barrier, brief);
}

async function conclude(
  brief: Brief,
  ports: Ports,
  { write, intended, answer }: Intended & { readonly answer: Answered },
): Promise<Sent> {
  const { records } = brief;
  const outcome = await judged(brief, ports, answer);
  const isUndone = outcome.kind === 'later' || outcome.kind === 'refused';
  if (isUndone) records.putRows(write.rows ?? []);
  // fence I22: the outcome of a write is written down
  records.putOperation({
    ...intended,
    ...outcome.operation,
    ...(outcome.kind === 'accepted' && write.isOverWhenAccepted && over(brief)),
  });
  switch (outcome.kind) {
    case 'accepted':
      return write.accepted(brief, outcome);
    case 'unanswered':
      return write.unanswered(brief, outcome);
    case 'refused':
      return write.refused(brief, outcome);
    case 'later':
      return tryLater(brief, write, outcome);
  }
}

function over({ now }: Brief): Pick<Operation, 'status' | 'endedAt'> {
  return { status: 'succeeded', endedAt: new Date(now).toISOString() };
}

/** A refusal may come only from an upgrade of Azure's own, which ends sooner or later. */
async function judged(brief: Brief, { compute, pace }: Ports, answer: Answered): Promise<Outcome> {
  const { now, record } = brief;
  const at = { now, seconds: record.clock.seconds, pollSeconds: pace.pollSeconds };
  const outcome = outcomeOf(answer, at);
  if (!(await isHeldByAzure(answer, addressOf(brief), compute))) return outcome;
  const { seconds, code, message } = NATIVE_UPGRADE;
  const operation = { ...outcome.operation, error: { code, message } };
  return { kind: 'later', seconds, waitsFor: 'operation', message, operation };
}

async function tryLater(
  brief: Brief,
  { operation, told, phase, purpose }: FencedWrite,
  { seconds, waitsFor, message, operation: ending }: Ended<'later'>,
): Promise<Answer> {
  const { batch } = operation;
  const { code = '', message: words = '' } = ending.error ?? {};
  const waits = `${message}: trying again in ${seconds} seconds`;
  return wait(brief, {
    seconds,
    phase,
    waitingFor: {
      kind: waitsFor,
      ...(batch !== undefined && { batch }),
      message: purpose === undefined ? waits : `${purpose}: ${waits}`,
    },
    // fence I11: a Retry-After to a write holds all writes
    changes: { holds: holdFor(brief, 'write', seconds) },
    happenings: [
      {
        kind: 'notAccepted',
        message: `${code}: ${words}`,
        ...(told.batch !== undefined && { batch: told.batch }),
        ...(told.instances !== undefined && { instances: told.instances }),
      },
    ],
  });
}
