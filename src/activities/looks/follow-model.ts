import { failures } from '../../core/messages/failures.ts';
import { waits } from '../../core/messages/waits.ts';
import {
  findsItsFields,
  isApplied,
  isThereAlready,
  modelHash,
  valuesHash,
} from '../../core/model/shown-delta.ts';
import { withoutSideEffects } from '../../core/model/side-effects.ts';
import { isUntracked, mayHaveArrived } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import { heldInModel } from '../../core/record/held-guards.ts';
import { lostWriteSeconds } from '../../core/record/times.ts';
import type { Answer } from '../../core/run/answer.ts';
import { lostInARow, MOST_LOST, pauseAfterLost } from '../../core/run/lost.ts';
import { secondsUntilPoll } from '../../core/run/polling.ts';
import { endUnanswered } from '../frame/access.ts';
import { leave } from '../frame/leave.ts';
import { redirect } from '../frame/redirect.ts';
import { ignoredBy, modelRefused, refusalOf } from '../frame/refused.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { applyingMessage } from './model-standing.ts';
import type { Followed, ModelStanding, Seen } from './model-standing.ts';
import { isAsLeft, isExplained, isOursOutside, stopForOthers } from './own-model.ts';
import { stopIfRetagged } from './policy-tags.ts';
import { pollOperation, pollPace, waitFor } from './poll-operation.ts';
import { readScaleSet } from './reads.ts';
import { isAtRest, takenAtRest } from './set-at-rest.ts';

/** Finds out, with at most two reads, what became of the latest model write in one direction. */
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
        waitingFor: waitFor([polled], { message: applyingMessage(followed) }),
      }),
    );
  }
  const read = await readScaleSet(step, phase);
  if (read.kind === 'leave') return leave(read.answer);
  // A known side effect of an earlier write of ours is not somebody else's change.
  const watched = [...followed.watched, ...(step.record.sideEffects ?? [])];
  return judge(step, { ...followed, watched, operations, set: read.value, operation: polled });
}

async function judge(step: Step, seen: Seen): Promise<ModelStanding> {
  const { operation, set } = seen;
  const { delta } = seen.part;
  if (operation === undefined || !mayHaveArrived(operation)) return toSend(step, seen);
  const isOurs = isOursOutside(seen);
  const isOpen = operation.status === 'intended' || operation.status === 'unknown';
  // A change of secrets only shows nowhere: without an answer, its outcome stays unknown.
  const isVisible = delta.some(({ isSecret }) => isSecret !== true);
  // A side effect of our write is restored if Azure allows it; otherwise it is reported.
  const ours = withoutSideEffects(delta, step.record.sideEffects);
  if (isApplied(set.model, ours) && (isVisible || !isOpen)) {
    // fence I14: what others changed beside our own write stops the rollout
    if (!isOurs && !isExplained(seen)) return leave(await stopForOthers(step, seen));
    // It cannot be followed, and need not be any more.
    if (isUntracked(operation)) step.records.putOperation({ ...operation, status: 'abandoned' });
    return takenAtRest(step, seen);
  }
  if (isUntracked(operation) && mayStillShow(step, operation, seen)) return readBack(step, seen, operation);
  if (isOpen) return unanswered(step, seen, operation);
  if (seen.direction === 'forward' && !findsItsFields(set.model, delta, 'forward')) {
    return leave(isOurs ? await takenOtherwise(step, seen) : await stopForOthers(step, seen));
  }
  const error = operation.error ?? operation.untracked;
  const failure = error === undefined ? ignoredBy(set.model, delta) : refusalOf(error);
  return leave(await modelRefused(step, failure, seen.refusedAs));
}

/** Accepted, but its progress cannot be polled: wait while the scale set is busy, and until no view can lag. */
function mayStillShow({ now, pace }: Step, { intendedAt }: Operation, seen: Seen): boolean {
  const isYoung = now - Date.parse(intendedAt) < lostWriteSeconds(pace) * 1000;
  return isYoung || !isAtRest(seen);
}

async function readBack(step: Step, followed: Followed, operation: Operation): Promise<ModelStanding> {
  return leave(
    await wait(step, {
      seconds: step.pace.pollSeconds,
      phase: followed.phase,
      waitingFor: waitFor([operation], { message: applyingMessage(followed) }),
    }),
  );
}

/** Azure altered what was written: no instance is upgraded to it, and it is undone. */
async function takenOtherwise(step: Step, { set, part, kept }: Seen): Promise<Answer> {
  const paths = part.delta.filter((change) => !isApplied(set.model, [change])).map(({ path }) => path);
  const message = failures.modelAltered(paths);
  const failure = { code: 'refusedByAzure', message, remedy: failures.modelAlteredRemedy };
  const changes = {
    modelState: 'after',
    modelHash: modelHash(set.model),
    leftHash: valuesHash(set.model, kept.plan.delta),
    ...heldInModel(kept.plan.guards),
  } as const;
  return redirect(step, { direction: 'rollback', failure, message }, { changes });
}

/** Its answer was lost, or the app died before sending it: after a while without effect, it never arrived. */
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

/** None of our writes has taken effect: the next one may go out if the model is as this rollout left it. */
async function toSend(step: Step, seen: Seen): Promise<ModelStanding> {
  const { set, operations, part, direction } = seen;
  const { modelHash: known } = step.record;
  if (direction === 'rollback' && isThereAlready(set.model, part.delta) && isOursOutside(seen)) {
    // It was never changed; what is known of the model is what the other parts have made of it.
    const standing = await takenAtRest(step, seen);
    return standing.kind === 'taken' && known !== undefined ? { ...standing, modelHash: known } : standing;
  }
  if (!isAsLeft(seen, step.record)) return leave(await stopForOthers(step, seen));
  const retagged = await stopIfRetagged(step, set.model);
  if (retagged !== undefined) return leave(retagged);
  return { kind: 'toSend', set, operations };
}
