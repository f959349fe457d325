import { OPERATION_TIMEOUT } from '../../core/record/operation.ts';
import { waits } from '../../core/messages/waits.ts';
import { failures } from '../../core/messages/failures.ts';
import type { ScaleSet } from '../../azure/port.ts';
import {
  findsItsFields,
  hashOutside,
  isApplied,
  isThereAlready,
  modelHash,
  valuesHash,
} from '../../core/model/delta.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import type { Model } from '../../core/model/model.ts';
import {
  otherChanges,
  foreignPaths,
  isKnownSideEffect,
  sideEffectsLeft,
  withoutSideEffects,
} from '../../core/model/side-effects.ts';
import { POLICY_PART } from '../../core/model/parts.ts';
import type { ModelPart } from '../../core/model/parts.ts';
import { provisioningStateOf } from '../../core/model/scale-set.ts';
import { isUntracked, mayHaveArrived } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { EndPhase, Phase } from '../../core/record/phase.ts';
import type { Direction } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { lostInARow, MOST_LOST, pauseAfterLost } from '../../core/run/lost.ts';
import { secondsUntilPoll } from '../../core/run/polling.ts';
import type { KeptPlan } from '../../store/plans.ts';
import { redirect } from '../frame/redirect.ts';
import { leave } from '../frame/leave.ts';
import type { Leave } from '../frame/leave.ts';
import { wait } from '../frame/wait.ts';
import type { Step } from '../frame/step.ts';
import { endUnanswered } from '../frame/access.ts';
import { lostWriteSeconds } from '../../core/record/times.ts';
import { modelRefused, ignoredBy, refusalOf } from '../frame/refused.ts';
import { stopForForeignModel } from '../frame/stop.ts';
import { pollOperation, pollPace, waitFor } from './poll-operation.ts';
import { readScaleSet } from './reads.ts';

export interface Followed {
  readonly kept: KeptPlan;
  readonly part: ModelPart;
  /** Everything that this rollout changes in the model: only what is outside of it must stay as it was. */
  readonly watched: readonly PropertyChange[];
  /** In a rollback, what all parts restore: no part is written where one of them has been changed by others. */
  readonly whole?: readonly PropertyChange[];
  readonly direction: Direction;
  readonly phase: Phase;
  /** How the rollout ends when the service refuses the write; by default as its direction says. */
  readonly refusedAs?: EndPhase;
}

export type ModelStanding =
  /** The model is ours and the set is at rest again. */
  | {
      readonly kind: 'taken';
      readonly modelHash: string;
      readonly model: Model;
      /** What the service has changed beside our write, and nobody has told yet. */
      readonly sideEffects: readonly PropertyChange[];
    }
  /** No write of ours is in or on its way. */
  | { readonly kind: 'toSend'; readonly set: ScaleSet; readonly operations: readonly Operation[] }
  | Leave;

/** Finds out, with at most two reads, what has become of the latest write of the model in one direction. */
export async function followModel(step: Step, followed: Followed): Promise<ModelStanding> {
  const { direction, phase } = followed;
  const { operations } = step.records;
  const latest = operations.findLast(
    (operation) =>
      operation.kind === 'model' &&
      operation.direction === direction &&
      operation.part === followed.part.name,
  );
  const polled = latest && (await pollOperation(latest, step, operations));
  if (polled?.status === 'accepted' && !isUntracked(polled)) {
    return leave(
      await wait(step, {
        seconds: secondsUntilPoll([polled], step.now, pollPace(step, operations)),
        phase,
        waitingFor: waitFor([polled], { message: applyingWords(followed) }),
      }),
    );
  }
  const read = await readScaleSet(step, phase);
  if (read.kind === 'leave') return leave(read.answer);
  // What the service is known to have changed beside an earlier write of ours is no change of others.
  const watched = [...followed.watched, ...(step.record.sideEffects ?? [])];
  return judge(step, { ...followed, watched, operations, set: read.value, operation: polled });
}

interface Seen extends Followed {
  readonly operations: readonly Operation[];
  readonly operation: Operation | undefined;
  readonly set: ScaleSet;
}

async function judge(step: Step, seen: Seen): Promise<ModelStanding> {
  const { operation, set } = seen;
  const { delta } = seen.part;
  const isOurs = isOursOutside(seen);
  if (operation === undefined || !mayHaveArrived(operation)) return toSend(step, seen);
  const isOpen = operation.status === 'intended' || operation.status === 'unknown';
  // A change of nothing but secrets shows nowhere: without an answer nobody knows whether it is in.
  const isVisible = delta.some(({ isSecret }) => isSecret !== true);
  // What came beside our write goes back where the service lets it: else it is told.
  const ours = withoutSideEffects(delta, step.record.sideEffects);
  if (isApplied(set.model, ours) && (isVisible || !isOpen)) {
    // fence I14: what others changed beside our own write stops the rollout
    if (!isOurs && !isExplained(seen)) return leave(await foreign(step, seen));
    // It cannot be followed, and need not be any more.
    if (isUntracked(operation)) step.records.putOperation({ ...operation, status: 'abandoned' });
    return settled(step, seen);
  }
  if (isUntracked(operation) && mayStillShow(step, operation, set)) return readBack(step, seen, operation);
  if (isOpen) return unanswered(step, seen, operation);
  if (seen.direction === 'forward' && !findsItsFields(set.model, delta, 'forward')) {
    return leave(isOurs ? await takenOtherwise(step, seen) : await foreign(step, seen));
  }
  const told = operation.error ?? operation.untracked;
  const failure = told === undefined ? ignoredBy(set.model, delta) : refusalOf(told);
  return leave(await modelRefused(step, failure, seen.refusedAs));
}

/** Accepted, and nobody can be asked how far it is: while the set is at work, and until views lag no more. */
function mayStillShow({ now, pace }: Step, { intendedAt }: Operation, { model }: ScaleSet): boolean {
  const isYoung = now - Date.parse(intendedAt) < lostWriteSeconds(pace) * 1000;
  return isYoung || !isAtRest(provisioningStateOf(model));
}

async function readBack(step: Step, followed: Followed, operation: Operation): Promise<ModelStanding> {
  return leave(
    await wait(step, {
      seconds: step.pace.pollSeconds,
      phase: followed.phase,
      waitingFor: waitFor([operation], { message: applyingWords(followed) }),
    }),
  );
}

/** Azure has made something else of what was written: no instance is brought to that, and nothing is left of it. */
async function takenOtherwise(step: Step, { set, part, kept }: Seen): Promise<Answer> {
  const paths = part.delta.filter((change) => !isApplied(set.model, [change])).map(({ path }) => path);
  const message = failures.modelAltered(paths);
  const failure = { code: 'refusedByAzure', message, remedy: failures.modelAlteredRemedy };
  const changes = {
    modelState: 'after',
    modelHash: modelHash(set.model),
    leftHash: valuesHash(set.model, kept.plan.delta),
  } as const;
  return redirect(step, { direction: 'rollback', failure, message }, { changes });
}

function isAtRest(state: string | undefined): boolean {
  return state === 'Succeeded' || state === 'Failed' || state === 'Canceled';
}

/** The model is in; the next write waits until the set itself is at rest (arm-vmss.md 5a, azure-cli#25477). */
async function settled(step: Step, seen: Seen): Promise<ModelStanding> {
  const { set, phase, direction, kept, watched } = seen;
  const state = provisioningStateOf(set.model);
  // Failed may be an old failure that every model write shows again (arm-vmss.md 5a, azure-cli#33307).
  // fence I13: the next write waits until the set is at rest
  const isOver = isAtRest(state) || isWaitedOut(step, seen);
  if (isOver) {
    const stays = direction === 'rollback' ? sideEffectsLeft(set.model, step.record.sideEffects) : [];
    const sideEffects = [...stays, ...otherChanges(kept.snapshot, set.model, watched)];
    return { kind: 'taken', modelHash: modelHash(set.model), model: set.model, sideEffects };
  }
  if (direction === 'forward' && step.record.direction === 'forward' && isOverdue(step, seen)) {
    return leave(await stopForBusySet(step, seen, state));
  }
  return leave(
    await wait(step, {
      seconds: step.pace.pollSeconds,
      phase,
      waitingFor: { kind: 'operation', message: waits.scaleSetBusy(state) },
    }),
  );
}

/** Our own write is in: only the word of the set is missing. A rollout that stops, or goes back, needs no more. */
function isWaitedOut(step: Step, seen: Seen): boolean {
  if (step.record.direction === 'stop') return true;
  return step.record.direction === 'rollback' && isOverdue(step, seen);
}

function isOverdue({ record }: Step, { operation }: Seen): boolean {
  const age = record.clock.seconds - (operation?.acceptedSeconds ?? 0);
  return age > record.spec.health.operationTimeoutSeconds;
}

/** The model is written; whether instances can be brought to it nobody knows while the set is at work. */
async function stopForBusySet(step: Step, { kept }: Seen, state: string | undefined): Promise<Answer> {
  const { operationTimeoutSeconds } = step.record.spec.health;
  const message = failures.scaleSetStaysBusy(state ?? '', operationTimeoutSeconds);
  const failure = { code: OPERATION_TIMEOUT, message, remedy: failures.scaleSetStaysBusyRemedy };
  const { policy } = kept.plan.guards;
  const changes = { ...(policy !== undefined && { policyHeld: policy }) };
  return redirect(step, { direction: 'stop', endsAs: 'halted', failure, message }, { changes });
}

/** Its answer was lost, or the app died before it was sent: after a while without effect it never arrived. */
async function unanswered(
  step: Step,
  { set, operations, phase, refusedAs }: Seen,
  operation: Operation,
): Promise<ModelStanding> {
  const lost = lostInARow(operations, operation);
  const lostAfter = lostWriteSeconds(step.pace) + pauseAfterLost(lost);
  const seconds = lostAfter - (step.now - Date.parse(operation.intendedAt)) / 1000;
  // fence I12: an unanswered model write is read back for a while before the next
  if (seconds > 0) {
    return leave(
      await wait(step, {
        seconds: Math.min(seconds, step.pace.pollSeconds),
        phase,
        waitingFor: { kind: 'operation', message: waits.modelLost },
      }),
    );
  }
  step.records.putOperation({ ...operation, status: 'lost' });
  // fence I10: a write that never arrives is not sent for ever
  if (lost + 1 >= MOST_LOST) return leave(await endUnanswered(step, operation, refusedAs));
  return { kind: 'toSend', set, operations };
}

/**
 * Whether what differs is our own write's doing: nothing has been written since the version that it made, or it is
 * known to move just that.
 */
function isExplained({ set, watched, kept, part, operation }: Seen): boolean {
  if (operation?.etag !== undefined && operation.etag === set.etag) return true;
  const sideEffects = otherChanges(kept.snapshot, set.model, watched);
  return sideEffects.length > 0 && sideEffects.every((change) => isKnownSideEffect(change, part.delta));
}

function foreign(step: Step, { set, watched, kept }: Seen): Promise<Answer> {
  return stopForForeignModel(step, foreignPaths(kept.snapshot, set.model, watched));
}

/** Whether all that this rollout does not change is as it was. */
function isOursOutside({ set, watched, kept }: Seen): boolean {
  return hashOutside(set.model, watched) === hashOutside(kept.snapshot, watched);
}

async function toSend(step: Step, seen: Seen): Promise<ModelStanding> {
  const { set, operations, part, direction } = seen;
  const { modelHash: known, leftHash } = step.record;
  if (direction === 'rollback' && isThereAlready(set.model, part.delta) && isOursOutside(seen)) {
    // It was never changed; what is known of the model is what the other parts have made of it.
    const standing = await settled(step, seen);
    return standing.kind === 'taken' && known !== undefined ? { ...standing, modelHash: known } : standing;
  }
  // What the service has made of a value is ours, too.
  const isAsLeft = direction === 'rollback' && valuesHash(set.model, seen.kept.plan.delta) === leftHash;
  // fence I14: no model is written over one that is not as planned
  const isOurs =
    modelHash(set.model) === known &&
    (isAsLeft ||
      findsItsFields(set.model, seen.whole ?? part.delta, direction === 'rollback' ? 'rollback' : 'forward'));
  if (!isOurs) return leave(await foreign(step, seen));
  return { kind: 'toSend', set, operations };
}

/** What is waited for while Azure applies a model. */
export function applyingWords({ direction, part }: Pick<Followed, 'direction' | 'part'>): string {
  if (part.name === POLICY_PART) return waits.restoringPolicy;
  return waits.applyingModel(direction === 'rollback' ? 'old' : 'new');
}
