import type { OperationState, Read } from '../../azure/port.ts';
import { isPassing } from '../../core/instance/passing.ts';
import { azure } from '../../core/messages/azure.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Step } from '../frame/step.ts';
import { secondsUntilNextTry } from './reads.ts';

/** An operation that cannot be followed is polled rarely; its instances are looked at instead. */
const UNTRACKED_POLLS = 2;

const UNKNOWN = 'UnknownStatus';

/** The operation after one poll: ended, still running, or not to be polled for now. */
export function afterPoll(operation: Operation, read: Read<OperationState>, step: Step): Operation {
  const { silence: _silence, untracked: _untracked, ...heard } = operation;
  switch (read.kind) {
    case 'ok':
      return inState(heard, read.value, step);
    case 'throttled':
      return askedAgain(heard, read.retryAfterSeconds, step);
    case 'unreachable': {
      const seconds = Math.max(secondsUntilNextTry(step), read.retryAfterSeconds ?? 0);
      return { ...heard, silence: azure.unreachable(read.message), pollNotBefore: after(seconds, step) };
    }
    // It may still be running.
    case 'denied':
    case 'missing':
    case 'refused': {
      const { code, message } = read;
      const pollNotBefore = after(UNTRACKED_POLLS * step.pace.pollSeconds, step);
      return { ...heard, untracked: { code, message }, pollNotBefore };
    }
  }
}

function inState(operation: Operation, state: OperationState, step: Step): Operation {
  if (state.kind === 'running') {
    const { word, retryAfterSeconds = step.pace.pollSeconds } = state;
    const running = askedAgain(operation, retryAfterSeconds, step);
    // It may have ended, with or without success: its instances show that.
    return word === undefined
      ? running
      : { ...running, untracked: { code: UNKNOWN, message: azure.unknownStatus(word) } };
  }
  // How it ended says more than that it took long.
  const { error: _overdue, ...ended } = { ...operation, endedAt: after(0, step) };
  switch (state.kind) {
    case 'succeeded': {
      const { ranSeconds } = state;
      return { ...ended, status: 'succeeded', ...(ranSeconds !== undefined && { ranSeconds }) };
    }
    case 'canceled':
      return { ...ended, status: 'preempted', error: { code: 'Canceled', message: azure.canceled } };
    case 'failed': {
      const { code, message } = state;
      const isPreempted = isPassing(code) || /preempted/i.test(message);
      return {
        ...ended,
        // fence I13: an operation that was cut short is no failure of its instances
        status: isPreempted ? 'preempted' : 'failed',
        error: { code, message },
      };
    }
  }
}

function askedAgain(operation: Operation, seconds: number, step: Step): Operation {
  return { ...operation, polledAt: after(0, step), pollNotBefore: after(seconds, step) };
}

function after(seconds: number, { now }: Step): string {
  return new Date(now + seconds * 1000).toISOString();
}
