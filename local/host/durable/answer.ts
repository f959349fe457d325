import type { OrchestratorState } from './actions.ts';
import type { WorkerAnswer } from './interpreter.ts';

const STATE_MARKER = '$OutOfProcData$:';
const CUSTOM_STATUS_LIMIT_KB = 16;

/** A failing orchestrator throws an error that carries its state behind a marker (durable-host.md 3.1). */
export function answerFromError(message: string): WorkerAnswer {
  const at = message.indexOf(STATE_MARKER);
  if (at < 0) return { kind: 'crashed', message };
  const answer = answerFromState(JSON.parse(message.slice(at + STATE_MARKER.length)) as OrchestratorState);
  const isSilent = answer.kind === 'state' && answer.state.error === undefined;
  return isSilent ? { ...answer, threwNoError: true } : answer;
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
