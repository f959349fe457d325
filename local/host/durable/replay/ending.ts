import { jsonOrNull } from './calls.ts';
import type { ReplayContext } from './context.ts';
import type { Execution } from './execution.ts';
import type { WorkerAnswer } from '../wire/answer.ts';
import type { EventRaised, FailureDetails } from '../wire/history.ts';
import type { TerminalStatus } from '../wire/runtime-status.ts';

/** How an execution ended. */
export type Ending =
  | {
      readonly kind: 'completed';
      readonly status: TerminalStatus;
      readonly result: string | null;
      /** Text of the error behind a failure, which a parent is told as well. */
      readonly error: string | null;
      readonly failure: FailureDetails | null;
    }
  | {
      readonly kind: 'continuedAsNew';
      readonly input: string | null;
      readonly carried: readonly EventRaised[];
    };

/** How an execution has ended by what its library answered; `undefined` while it goes on. */
export function outcomeOf(execution: Execution, answer: WorkerAnswer): Ending | undefined {
  if (answer.kind === 'crashed') return orchestratorFailed(execution, answer.message, null);
  const { error, isDone, output, failureDetails } = answer.state;
  if (error !== undefined) {
    const failure = failureDetails === undefined ? null : { InnerFailure: null, ...failureDetails };
    return orchestratorFailed(execution, error, failure);
  }
  if (!isDone) return undefined;
  return { kind: 'completed', status: 'Completed', result: jsonOrNull(output), error: null, failure: null };
}

/** A failure of the orchestrator's own, in the extension's words. */
export function orchestratorFailed(
  execution: Execution,
  message: string,
  failure: FailureDetails | null,
): Ending {
  return failedWith(`Orchestrator function '${execution.name}' failed: ${message}`, message, failure);
}

export function failedWith(result: string, error: string, failure: FailureDetails | null): Ending {
  return { kind: 'completed', status: 'Failed', result, error, failure };
}

/** A new input makes of a completion a continuation; a failure stays one. */
export function withContinuation(
  finished: Ending,
  newInput: { readonly json: string | null } | undefined,
  { carried }: Pick<ReplayContext, 'carried'>,
): Ending {
  if (newInput === undefined || finished.kind !== 'completed' || finished.status !== 'Completed')
    return finished;
  return { kind: 'continuedAsNew', input: newInput.json, carried };
}
