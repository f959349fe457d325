/** Event numbers of the out-of-process protocol (durable-host.md 4). */
export const EventType = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventSent: 14,
  EventRaised: 15,
  GenericEvent: 17,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

type Kinds = typeof EventType;

const times = new WeakMap<object, number>();

/** When an event happened, in milliseconds. Each turn asks for those of all turns before. */
export function timeOf(event: { readonly Timestamp: string }): number {
  const known = times.get(event) ?? Date.parse(event.Timestamp);
  times.set(event, known);
  return known;
}

/** What every event has. */
export interface Base<K extends keyof Kinds> {
  readonly EventType: Kinds[K];
  readonly EventId: number;
  readonly IsPlayed: boolean;
  /** ISO, UTC. */
  readonly Timestamp: string;
}

/** The fields common to all events; `at` is milliseconds since the epoch. */
export function stamp<K extends keyof Kinds>(kind: K, at: number, id = -1): Base<K> {
  return {
    EventType: EventType[kind],
    EventId: id,
    IsPlayed: false,
    Timestamp: new Date(at).toISOString(),
  };
}
