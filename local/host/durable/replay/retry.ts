import type { RetryOptions } from '../wire/actions.ts';
import type { ReplayContext } from './context.ts';
import { Settler, type Signal } from './signal.ts';

/**
 * Repeats a failed attempt after a durable timer. After the last failure one more timer with no delay follows: the
 * library counts on it (golden 1.6). Past `retryTimeoutInMilliseconds` there is none, so the library waits for ever
 * (golden 1.7).
 */
export function retrying(context: ReplayContext, options: RetryOptions, attempt: () => Signal): Signal {
  const outcome = new Settler();
  const firstAttemptAt = context.now;
  let failures = 0;
  const run = (): void => {
    attempt().listen((result) => {
      if (result.ok) {
        outcome.settle(result);
        return;
      }
      failures += 1;
      if (timedOut(options, context.now - firstAttemptAt)) {
        outcome.settle(result);
        return;
      }
      const isLast = failures >= options.maxNumberOfAttempts;
      const fireAt = context.now + (isLast ? 0 : retryDelay(options, failures));
      context.schedule({ kind: 'timer', fireAt }).listen(() => {
        if (isLast) outcome.settle(result);
        else run();
      });
    });
  };
  run();
  return outcome;
}

/** Milliseconds between a failure and the next attempt (durable-host.md 3.3); `failures` counts from 1. */
export function retryDelay(options: RetryOptions, failures: number): number {
  const grown =
    options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** (failures - 1);
  return Math.min(grown, options.maxRetryIntervalInMilliseconds ?? Number.POSITIVE_INFINITY);
}

function timedOut(options: RetryOptions, elapsed: number): boolean {
  return options.retryTimeoutInMilliseconds !== undefined && elapsed >= options.retryTimeoutInMilliseconds;
}
