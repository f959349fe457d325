import { EventType } from '../../durable/wire/event.ts';
import type { HistoryEvent } from '../../durable/wire/history.ts';
import type { Schema } from '../../durable/wire/failure.ts';
import { parsedOrText } from '../../hub/status.ts';

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(EventType).map(([name, type]) => [type, name]),
);

export interface ViewOptions {
  readonly schema: Schema;
  /** Whether results are shown. */
  readonly showOutput: boolean;
}

const HIDDEN: ReadonlySet<number> = new Set([EventType.OrchestratorStarted, EventType.OrchestratorCompleted]);

/**
 * `historyEvents` of a status answer: scheduled events are folded into completed ones, ids are gone (golden 5.10). What
 * never completed stays (recording `api-rwr-after`). From 3.x on a sub-orchestration shows its id.
 */
export function historyView(history: readonly HistoryEvent[], options: ViewOptions): readonly object[] {
  const scheduled = new Map<number, HistoryEvent & { readonly Name: string }>();
  const folded = new Set(
    history.flatMap((event) => ('TaskScheduledId' in event ? [event.TaskScheduledId] : [])),
  );
  const shown: object[] = [];
  for (const event of history) {
    if (
      event.EventType === EventType.TaskScheduled ||
      event.EventType === EventType.SubOrchestrationInstanceCreated
    ) {
      scheduled.set(event.EventId, event);
      if (folded.has(event.EventId)) continue;
    }
    if (!HIDDEN.has(event.EventType)) shown.push(view(event, scheduled, options));
  }
  return shown;
}

/** The real view fails where non-determinism left an id twice (golden 1.14); undefined where all is well. */
export function duplicateKey(history: readonly HistoryEvent[]): string | undefined {
  const seen = new Set<string>();
  for (const event of history) {
    if (
      event.EventType !== EventType.TaskScheduled &&
      event.EventType !== EventType.SubOrchestrationInstanceCreated
    ) {
      continue;
    }
    const key = `${NAMES.get(event.EventType)}_${event.EventId}`;
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return undefined;
}

function view(
  event: HistoryEvent,
  scheduled: ReadonlyMap<number, HistoryEvent & { readonly Name: string }>,
  { schema, showOutput }: ViewOptions,
): object {
  const { EventType: type, EventId: _id, IsPlayed: _played, Timestamp, ...own } = event;
  const rest: Record<string, unknown> = { ...own };
  delete rest['TaskScheduledId'];
  delete rest['TimerId'];
  delete rest['OrchestrationInstance'];
  delete rest['ParentInstance'];
  delete rest['Version'];
  if (schema === 3 || event.EventType === EventType.ExecutionStarted) delete rest['Tags'];
  if ('Result' in rest) {
    if (showOutput) rest['Result'] = parsedOrText(rest['Result'] as string | null);
    else delete rest['Result'];
  }
  const name = { EventType: NAMES.get(type) };
  const isGeneric = event.EventType === EventType.GenericEvent;
  const shown: Record<string, unknown> = isGeneric
    ? { ...rest, ...name, Timestamp }
    : { ...name, ...rest, Timestamp };
  if (event.EventType === EventType.ExecutionStarted) {
    delete shown['Name'];
    shown['FunctionName'] = event.Name;
  }
  if ('TaskScheduledId' in event) {
    const cause = scheduled.get(event.TaskScheduledId);
    if (cause !== undefined) {
      shown['ScheduledTime'] = cause.Timestamp.replace('Z', '+00:00');
      shown['FunctionName'] = cause.Name;
      if (schema === 4 && 'InstanceId' in cause) shown['InstanceId'] = cause.InstanceId;
      shown['Input'] = null;
    }
  }
  return shown;
}
