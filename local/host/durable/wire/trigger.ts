import type { Schema } from './failure.ts';
import { EventType, timeOf } from './event.ts';
import type { HistoryEvent } from './history.ts';
import { DEFAULT_POLL_MS, type TimerLimits } from './limits.ts';
import { timeSpan } from './time-span.ts';

/** What a worker may keep from turn to turn. */
export interface Session {
  /** Events that it has been shown. */
  readonly seen: number;
  readonly turns: number;
  worker: unknown;
}

export interface TriggerInput {
  readonly instanceId: string;
  readonly parentInstanceId: string | null;
  /** JSON text. */
  readonly input: string | null;
  /** Events of committed turns; the objects are the same in each turn. */
  readonly past: readonly HistoryEvent[];
  readonly fresh: readonly HistoryEvent[];
  readonly schema: Schema;
  readonly timerLimits: TimerLimits;
}

interface Prefix {
  readonly count: number;
  readonly last: HistoryEvent | undefined;
  readonly text: string;
}

/** By first event: a history only grows at its end, so what was text before need not be made into text again. */
const prefixes = new WeakMap<HistoryEvent, Prefix>();

function pastText(past: readonly HistoryEvent[]): string {
  const [first] = past;
  if (first === undefined) return '';
  const known = prefixes.get(first);
  const isPrefix = known !== undefined && known.count <= past.length && past[known.count - 1] === known.last;
  const from = isPrefix ? known.count : 0;
  let text = isPrefix ? known.text : '';
  for (let index = from; index < past.length; index += 1) {
    text += (index === 0 ? '' : ',') + JSON.stringify(past[index]);
  }
  prefixes.set(first, { count: past.length, last: past.at(-1), text });
  return text;
}

/** JSON text of the orchestration trigger (durable-host.md 2). */
export function orchestrationTrigger(turn: TriggerInput): string {
  const rest = JSON.stringify(frameOf(turn));
  // Added up, not joined: joining would copy the whole past once more.
  let history = pastText(turn.past);
  for (const event of turn.fresh) history += (history === '' ? '' : ',') + JSON.stringify(event);
  return `{"history":[${history}],"input":${turn.input ?? 'null'},${rest.slice(1)}`;
}

/**
 * What the library makes of that text before it begins. The times that an orchestrator is shown are its own, and it may
 * change them; all else in the events is only read. The history is kept from being enumerated, since the library looks
 * through everything in it, in every turn, for times to turn into dates.
 */
export function orchestrationTriggerValue(turn: TriggerInput, session?: Session): object {
  const value = { input: JSON.parse(turn.input ?? 'null') as unknown, ...frameOf(turn) };
  const history = (from = 0): readonly object[] => turn.past.slice(from).concat(turn.fresh).map(withDate);
  return Object.defineProperties(value, {
    history: { get: () => history() },
    // For a worker that can go on where it was.
    session: { value: session },
    unseen: { get: () => history(session?.seen) },
  });
}

const dated = new WeakMap<HistoryEvent, object>();

function withDate(event: HistoryEvent): object {
  if (event.EventType !== EventType.OrchestratorStarted) return event;
  const known = dated.get(event) ?? {
    ...event,
    get Timestamp() {
      return new Date(timeOf(event));
    },
  };
  dated.set(event, known);
  return known;
}

function frameOf(turn: TriggerInput) {
  return {
    instanceId: turn.instanceId,
    isReplaying: turn.past.some((event) => event.EventType === EventType.ExecutionStarted && event.IsPlayed),
    parentInstanceId: turn.parentInstanceId,
    ...(turn.schema === 4 ? { sourceInstanceId: null } : {}),
    upperSchemaVersion: 1,
    upperSchemaVersionNew: turn.schema - 1,
    longRunningTimerIntervalDuration: timeSpan(turn.timerLimits.pieceMs),
    maximumShortTimerDuration: timeSpan(turn.timerLimits.longestMs),
    defaultHttpAsyncRequestSleepTimeMillseconds: DEFAULT_POLL_MS,
  };
}
