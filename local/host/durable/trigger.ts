import type { Schema } from './failure.ts';
import { DEFAULT_POLL_MS } from './http-calls.ts';
import { EventType, type HistoryEvent } from './history.ts';
import type { TimerLimits } from './timers.ts';

export interface TriggerInput {
  readonly instanceId: string;
  readonly parentInstanceId: string | null;
  /** JSON text. */
  readonly input: string | null;
  readonly history: readonly HistoryEvent[];
  readonly schema: Schema;
  readonly timerLimits: TimerLimits;
}

/** JSON text of the orchestration trigger (durable-host.md 2). */
export function orchestrationTrigger(turn: TriggerInput): string {
  return JSON.stringify({
    history: turn.history,
    input: turn.input === null ? null : (JSON.parse(turn.input) as unknown),
    instanceId: turn.instanceId,
    isReplaying: turn.history.some(
      (event) => event.EventType === EventType.ExecutionStarted && event.IsPlayed,
    ),
    parentInstanceId: turn.parentInstanceId,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: turn.schema - 1,
    longRunningTimerIntervalDuration: timeSpan(turn.timerLimits.pieceMs),
    maximumShortTimerDuration: timeSpan(turn.timerLimits.longestMs),
    defaultHttpAsyncRequestSleepTimeMillseconds: DEFAULT_POLL_MS,
  });
}

/** A .NET TimeSpan, for example `3.00:00:00` for three days. */
export function timeSpan(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const days = Math.floor(seconds / 86_400);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days === 0 ? clock : `${days}.${clock}`;
}
