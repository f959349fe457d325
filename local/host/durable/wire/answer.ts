import type { OrchestratorState } from './actions.ts';
import type { ActivityError, Schema } from './failure.ts';

/** What the worker made of the history: its state, or a failure that carried none (golden 1.12). */
export type WorkerAnswer = (
  | { readonly kind: 'state'; readonly state: OrchestratorState }
  | { readonly kind: 'crashed'; readonly message: string }
) & {
  /** It threw, but nothing that has a message (golden 1.4). */
  readonly threwNoError?: true;
};

const STATE_MARKER = '$OutOfProcData$:';
const CUSTOM_STATUS_LIMIT_KB = 16;

/**
 * A failing orchestrator throws an error that carries its state behind a marker (durable-host.md 3.1). A state without
 * an error, because no Error with a message was thrown, counts as running on up to 2.13.7 (golden 1.4). From 3.x on it
 * counts as a crash of the worker, and so does one that is done in spite of its error, because it continued as new
 * before (golden-3.19, items 2 and 3).
 */
export function answerFromError(thrown: ActivityError, schema: Schema): WorkerAnswer {
  const { message } = thrown;
  const at = message.indexOf(STATE_MARKER);
  if (at < 0) return crashed(thrown, schema);
  const state = JSON.parse(message.slice(at + STATE_MARKER.length)) as OrchestratorState;
  const threwNoError = state.error === undefined || state.error === '';
  if (schema === 4 && (threwNoError || state.isDone)) {
    return threwNoError ? { ...crashed(thrown, schema), threwNoError } : crashed(thrown, schema);
  }
  const answer = answerFromState(state);
  return threwNoError ? { ...answer, threwNoError } : answer;
}

/** What .NET says of the worker's failure; its task wraps it once more from 3.x on. */
function crashed({ message, stack }: ActivityError, schema: Schema): WorkerAnswer {
  if (schema === 3) return { kind: 'crashed', message };
  return {
    kind: 'crashed',
    message: `One or more errors occurred. (Result: Failure\nException: ${message}\nStack: ${stack})`,
  };
}

/**
 * What a turn comes to when its worker ended in it: nothing was asked for, and so a later turn than the first one is at
 * odds with its own history (measured on 3.19.0).
 */
export function answerFromExit(message: string): WorkerAnswer {
  return { kind: 'crashed', message: `One or more errors occurred. (${message})` };
}

/** A custom status over 16 KB in UTF-16 fails the orchestration before anything is scheduled (golden 1.18). */
export function answerFromState(state: OrchestratorState): WorkerAnswer {
  const kilobytes = Math.floor((2 * (customStatusOf(state)?.length ?? 0)) / 1024);
  if (kilobytes <= CUSTOM_STATUS_LIMIT_KB) return { kind: 'state', state };
  return {
    kind: 'crashed',
    message:
      `The UTF-16 size of the JSON-serialized payload must not exceed ${CUSTOM_STATUS_LIMIT_KB} KB. ` +
      `The current payload size is ${kilobytes} KB.`,
  };
}

/** JSON text. The library leaves falsy values out, which clears the status (golden 1.18). */
export function customStatusOf(state: OrchestratorState): string | null {
  return state.customStatus === undefined ? null : JSON.stringify(state.customStatus);
}
