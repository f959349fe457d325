import { waits } from '../../core/messages/waits.ts';
import { audit } from '../../core/messages/audit.ts';
import type { Pass, ScaleSet, Write } from '../../azure/port.ts';
import { guards } from '../../core/messages/guards.ts';
import { patchOf } from '../../core/model/patch.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import { isHeld } from '../../core/model/guards.ts';
import { otherChanges } from '../../core/model/side-effects.ts';
import { restoresGuard } from '../../core/model/parts.ts';
import type { ModelPart } from '../../core/model/parts.ts';
import { extensionPatch } from '../../core/plan/extension-change.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { EndPhase, Phase } from '../../core/record/phase.ts';
import type { Direction } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { blotOf } from '../../core/spec/blot.ts';
import { revealed, secretTexts } from '../../core/spec/hidden.ts';
import type { Secrets } from '../../core/spec/hidden.ts';
import { readSecrets } from '../../store/secrets.ts';
import type { Changes } from '../frame/commit.ts';
import { wait } from '../frame/wait.ts';
import type { Step } from '../frame/step.ts';
import { endDenied } from '../frame/access.ts';
import type { Denial } from '../frame/access.ts';
import { modelRefused, refusalOf } from '../frame/refused.ts';
import { applyingMessage } from '../looks/model-standing.ts';
import { sendFenced } from './fenced-write.ts';
import type { FencedWrite } from './fenced-write.ts';

export interface ModelWrite {
  readonly direction: Direction;
  readonly part: ModelPart;
  readonly phase: Phase;
  readonly refusedAs?: EndPhase;
}

/** Sends the delta, fenced by the ETag that was just read. Its answer only says how soon to look again. */
export async function sendModel(
  step: Step,
  set: ScaleSet,
  { write, operations }: { readonly write: ModelWrite; readonly operations: readonly Operation[] },
): Promise<Answer> {
  const { direction, part, phase } = write;
  const count = operations.filter(
    (operation) => operation.kind === 'model' && operation.direction === direction,
  ).length;
  const key = `model-${direction}-${String(count + 1).padStart(3, '0')}`;
  const paths = part.delta.map(({ path }) => path);
  const secrets = hasSecrets(part.delta) ? await readSecrets(step.store, step.record.id) : {};
  const sent = await sendFenced(step, {
    phase,
    operation: { key, kind: 'model', part: part.name, direction, instances: [] },
    told: {
      kind: 'modelIntended',
      message: audit.modelIntended(paths),
      by: step.record.requestedBy,
      etag: set.etag,
    },
    changes: { phase },
    fences: { opens: !restoresGuard(part.name) },
    send: (pass) => send(step, { set, part, secrets, pass }),
    ...outcomesOf(write, set),
  });
  // A model is written once, not piece by piece.
  return sent.kind === 'more' ? { kind: 'done' } : sent;
}

/** What is recorded and waited for, whatever Azure answers. */
function outcomesOf(
  write: ModelWrite,
  set: ScaleSet,
): Pick<FencedWrite, 'accepted' | 'unanswered' | 'refused' | 'staysDenied'> {
  const { direction, part, phase } = write;
  return {
    accepted: (now, { seconds = 1, operation: { requestId, etag }, model = set.model }) => {
      const beside = besideOurs(now, otherChanges(set.model, model, part.delta));
      const event: RolloutEvent = {
        kind: 'modelAccepted',
        message: audit.modelAccepted(direction === 'rollback' ? 'old' : 'new'),
        ...(requestId !== undefined && { requestId }),
        ...(etag !== undefined && { etag }),
      };
      return wait(now, {
        seconds,
        phase,
        waitingFor: { kind: 'operation', message: applyingMessage(write) },
        changes: beside.changes,
        events: [event, ...beside.events],
      });
    },
    unanswered: (now, { message }) =>
      wait(now, {
        seconds: 1,
        phase,
        waitingFor: { kind: 'operation', message: waits.modelLost },
        events: [{ kind: 'modelUnknown', message: audit.modelUnknown(message) }],
      }),
    refused: (now, refusal) => modelRefused(now, refusalOf(withGuard(refusal, part)), write.refusedAs),
    staysDenied: (now, denial) => endDenied(now, denial, write.refusedAs),
  };
}

/**
 * Between the version that was read and the one that the answer shows lies nothing but our own write: what differs is
 * its side effect, whoever writes next. In a rollback it is told when the model is in.
 */
function besideOurs(
  { record: { sideEffects = [], modelState } }: Step,
  changed: readonly PropertyChange[],
): { readonly changes: Changes; readonly events: readonly RolloutEvent[] } {
  const fresh = changed.filter(({ path }) => !sideEffects.some((known) => known.path === path));
  if (fresh.length === 0) return { changes: {}, events: [] };
  const message = audit.sideEffect(fresh.map(({ path }) => path));
  return {
    changes: { sideEffects: [...sideEffects, ...fresh] },
    events: modelState === 'before' ? [{ kind: 'sideEffect', message }] : [],
  };
}

/** Azure may have denied our own guard, which is part of the write: the spec does not mention it, so the message must. */
function withGuard(refusal: Denial, { name, delta }: ModelPart): Denial {
  const isDenial = refusal.code === 'RequestDisallowedByPolicy' || refusal.code === 'ScopeLocked';
  const isGuard = !restoresGuard(name) && delta.some((change) => isHeld(change));
  return isDenial && isGuard ? { ...refusal, message: guards.heldWithChange(refusal.message) } : refusal;
}

function hasSecrets(delta: readonly PropertyChange[]): boolean {
  return delta.some(({ isSecret }) => isSecret === true);
}

/** The secrets are put in here, and are nowhere else. */
async function send(
  step: Step,
  {
    set,
    part: { delta, extension },
    secrets,
    pass,
  }: {
    readonly set: ScaleSet;
    readonly part: ModelPart;
    readonly secrets: Secrets;
    readonly pass: Pass;
  },
): Promise<Write> {
  const whole = delta.map((change) => revealed(change, secrets));
  const { compute, address } = step;
  const writes = compute.writing(pass);
  const answer = await (extension === undefined
    ? writes.patchModel(address, patchOf(set.model, whole), set.etag)
    : writes.patchExtension(address, extension, extensionPatch(whole)));
  if (!('message' in answer)) return answer;
  return { ...answer, message: blotOf(secretTexts(step.record.spec, secrets))(answer.message) };
}
