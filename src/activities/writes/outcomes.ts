import type { Write } from '../../azure/port.ts';
import { azure } from '../../core/messages/azure.ts';
import type { Model } from '../../core/model/model.ts';
import { waits } from '../../core/messages/waits.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { WaitKind } from '../../core/record/rollout.ts';

/** What the answer to a write leads to. */
export type Outcome =
  /** `seconds`: when the service wants the first look at its operation. */
  | {
      readonly kind: 'accepted';
      readonly operation: Ending;
      readonly seconds: number | undefined;
      readonly model?: Model;
    }
  /** `holdSeconds`: for so long the service wants no other write. */
  | {
      readonly kind: 'unanswered';
      readonly operation: Ending;
      readonly message: string;
      readonly holdSeconds?: number | undefined;
    }
  /** Azure denies it for now. */
  | { readonly kind: 'denied'; readonly operation: Ending; readonly code: string; readonly message: string }
  /** Not accepted for now. Nothing is written to the scale set for this many seconds, then the step decides again. */
  | {
      readonly kind: 'later';
      readonly operation: Ending;
      readonly seconds: number;
      readonly waitsFor: WaitKind;
      readonly message: string;
      /** Why it counts as temporary for some minutes only. */
      readonly because?: 'strange' | 'missing';
    }
  | { readonly kind: 'refused'; readonly operation: Ending; readonly code: string; readonly message: string };

/** How a write ended that left the app. */
export type Answered = Exclude<Write, { kind: 'notSent' }>;

/** What the operation's row says from then on. */
export type Ending = Pick<Operation, 'status'> & Partial<Operation>;

/** How long a conflict with another write to the set is waited out (arm-vmss.md 5a). */
const CONFLICT_SECONDS = 5;
/** How long after a 404 the same is decided anew, by what there is then. */
const MISSING_SECONDS = 15;

type Table = {
  readonly [K in Answered['kind']]: (answer: Extract<Answered, { kind: K }>, at: Moment) => Outcome;
};

/** When an answer came. */
export interface Moment {
  readonly now: number;
  /** Reading of the rollout's active clock. */
  readonly seconds: number;
  /** When an operation is looked at where the service names no time. */
  readonly pollSeconds: number;
}

/** Every answer that a write can get, and what it leads to. */
const OUTCOMES: Table = {
  accepted: ({ pollUrl, requestId, etag, model, retryAfterSeconds }, { now, seconds, pollSeconds }) => ({
    kind: 'accepted',
    ...(model !== undefined && { model }),
    seconds: retryAfterSeconds,
    operation: {
      status: 'accepted',
      acceptedAt: isoOf(now),
      acceptedSeconds: seconds,
      pollNotBefore: isoOf(now + (retryAfterSeconds ?? pollSeconds) * 1000),
      ...(pollUrl !== undefined && { pollUrl }),
      ...(requestId !== undefined && { requestId }),
      ...(etag !== undefined && { etag }),
    },
  }),
  unknown: ({ message, retryAfterSeconds }) => ({
    kind: 'unanswered',
    operation: { status: 'unknown', silence: message },
    message,
    holdSeconds: retryAfterSeconds,
  }),
  denied: ({ code, message }) => ({
    kind: 'denied',
    code,
    message,
    operation: { status: 'refused', error: { code, message } },
  }),
  conflict: ({ code, message, because }) => ({
    kind: 'later',
    seconds: because === 'missing' ? MISSING_SECONDS : CONFLICT_SECONDS,
    waitsFor: because === 'missing' ? 'access' : 'operation',
    message: whyLater(because, { code, message }),
    ...(because !== undefined && { because }),
    operation: { status: 'refused', error: { code, message }, conflict: true },
  }),
  modelMoved: ({ message }) => ({
    kind: 'later',
    seconds: 1,
    waitsFor: 'operation',
    message: waits.modelMoved,
    operation: { status: 'refused', error: { code: 'PreconditionFailed', message } },
  }),
  throttled: ({ retryAfterSeconds }) => ({
    kind: 'later',
    seconds: retryAfterSeconds,
    waitsFor: 'throttling',
    message: azure.writesThrottled,
    operation: { status: 'refused', error: { code: 'TooManyRequests', message: 'throttled' } },
  }),
  refused: ({ code, message }) => ({
    kind: 'refused',
    code,
    message,
    operation: { status: 'refused', error: { code, message } },
  }),
};

function whyLater(
  because: 'strange' | 'missing' | undefined,
  { code, message }: { readonly code: string; readonly message: string },
): string {
  if (because === 'missing') return waits.missing(code, message);
  return because === 'strange' ? waits.strangeRefusal(code, message) : waits.otherWrite;
}

export function outcomeOf(answer: Answered, at: Moment): Outcome {
  const row = OUTCOMES[answer.kind] as (given: Answered, at: Moment) => Outcome;
  const outcome = row(answer, at);
  return { ...outcome, operation: { answeredAt: isoOf(at.now), ...outcome.operation } };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
