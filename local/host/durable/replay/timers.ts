import type { ReplayContext } from './context.ts';
import type { TimerLimits } from '../wire/limits.ts';
import { Settler, type Signal } from './signal.ts';

/** A message takes about this long through the queue, so that the recorded timers came 917 ms early in the median. */
const QUEUE_MS = 80;

/**
 * When a timer's message arrives. The real provider cuts what is left of the delay down to whole seconds, so a timer of
 * so many seconds fires almost one second early, and one of a second at once (golden 1.5); `exact` is for those who do
 * not want to see that.
 */
export function arrivalOf(fireAt: number, now: number, exact: boolean): number {
  const delay = Math.max(0, fireAt - now);
  if (exact) return now + delay;
  return now + Math.min(delay, Math.floor(Math.max(0, delay - 1) / 1000) * 1000 + QUEUE_MS);
}

/**
 * Durable timers. One that is too long runs in pieces with an id each (durable-host.md 3.3), and from then on every
 * timer of the replay is run that way, also after the long one was cancelled (golden 1.2).
 */
export function createTimers(
  context: ReplayContext,
  limits: TimerLimits,
): { start(fireAt: number, isCanceled: boolean): Signal } {
  let inPieces = false;
  return {
    start(fireAt, isCanceled) {
      const isLong = fireAt - context.now > limits.longestMs;
      inPieces ||= isLong;
      const firstStop = isLong ? context.now + limits.pieceMs : fireAt;
      if (isCanceled) return context.scheduleCancelledTimer(firstStop);
      if (!inPieces) return context.schedule({ kind: 'timer', fireAt });

      const whole = new Settler();
      const runTo = (stop: number): void => {
        context.schedule({ kind: 'timer', fireAt: stop }).listen((outcome) => {
          const remaining = fireAt - context.now;
          if (remaining <= 0) whole.settle(outcome);
          else runTo(remaining > limits.pieceMs ? context.now + limits.pieceMs : fireAt);
        });
      };
      runTo(firstStop);
      return whole;
    },
  };
}
