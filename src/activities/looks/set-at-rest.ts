import { failures } from '../../core/messages/failures.ts';
import { waits } from '../../core/messages/waits.ts';
import { modelHash } from '../../core/model/shown-delta.ts';
import { provisioningStateOf } from '../../core/model/scale-set.ts';
import { otherChanges, sideEffectsLeft } from '../../core/model/side-effects.ts';
import { heldInModel } from '../../core/record/held-guards.ts';
import { OPERATION_TIMEOUT } from '../../core/record/operation.ts';
import type { Answer } from '../../core/run/answer.ts';
import { leave } from '../frame/leave.ts';
import type { Leave } from '../frame/leave.ts';
import { redirect } from '../frame/redirect.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import type { Seen, Taken } from './model-standing.ts';

/** The model is written; the next write waits until the scale set is at rest (arm-vmss.md 5a, azure-cli#25477). */
export async function takenAtRest(step: Step, seen: Seen): Promise<Taken | Leave> {
  const { set, phase, direction } = seen;
  // Failed may be an old failure that every model write shows again (arm-vmss.md 5a, azure-cli#33307).
  // fence I13: the next write waits until the set is at rest
  if (isAtRest(seen) || isWaitedOut(step, seen)) return taken(step, seen);
  const state = provisioningStateOf(set.model);
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

function taken(step: Step, { set, direction, kept, watched }: Seen): Taken {
  const stays = direction === 'rollback' ? sideEffectsLeft(set.model, step.record.sideEffects) : [];
  const sideEffects = [...stays, ...otherChanges(kept.snapshot, set.model, watched)];
  return { kind: 'taken', modelHash: modelHash(set.model), model: set.model, sideEffects };
}

export function isAtRest({ set }: Pick<Seen, 'set'>): boolean {
  const state = provisioningStateOf(set.model);
  return state === 'Succeeded' || state === 'Failed' || state === 'Canceled';
}

/** A rollout that stops or rolls back only needs its own write to have taken effect. */
function isWaitedOut(step: Step, seen: Seen): boolean {
  if (step.record.direction === 'stop') return true;
  return step.record.direction === 'rollback' && isOverdue(step, seen);
}

function isOverdue({ record }: Step, { operation }: Seen): boolean {
  const age = record.clock.seconds - (operation?.acceptedSeconds ?? 0);
  return age > record.spec.health.operationTimeoutSeconds;
}

/** The model is written, but while the scale set is busy nobody knows whether instances can be upgraded to it. */
async function stopForBusySet(step: Step, { kept }: Seen, state: string): Promise<Answer> {
  const { operationTimeoutSeconds } = step.record.spec.health;
  const message = failures.scaleSetStaysBusy(state, operationTimeoutSeconds);
  const failure = { code: OPERATION_TIMEOUT, message, remedy: failures.scaleSetStaysBusyRemedy };
  const changes = heldInModel(kept.plan.guards);
  return redirect(step, { direction: 'stop', endsAs: 'halted', failure, message }, { changes });
}
