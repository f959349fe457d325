import { EventType } from '../wire/event.ts';
import type { ChildCreated, EventSent, TaskScheduled, TimerCreated } from '../wire/history.ts';

/** What an orchestration asked for and its history does not show yet. */
export type Decision =
  | { readonly kind: 'activity'; readonly id: number; readonly name: string; readonly input: string | null }
  | { readonly kind: 'timer'; readonly id: number; readonly fireAt: number }
  | {
      readonly kind: 'child';
      readonly id: number;
      readonly name: string;
      readonly instanceId: string;
      readonly input: string | null;
      readonly version: string | null;
    }
  | {
      /** A message to the entity `to`. */
      readonly kind: 'send';
      readonly id: number;
      readonly to: string;
      readonly name: string;
      readonly input: string;
    };

/** Before it has its place in the order of its orchestration. */
export type Unnumbered<D> = D extends unknown ? Omit<D, 'id'> : never;

/** The code no longer asks for what its history shows. The instance fails with this message. */
export class NonDeterminismError extends Error {
  constructor(mismatch: string) {
    super(
      `Non-Deterministic workflow detected: ${mismatch} ` +
        'Was a change made to the orchestrator code after this instance had already started running?',
    );
    this.name = 'NonDeterminismError';
  }
}

type Created = TaskScheduled | ChildCreated | TimerCreated | EventSent;

const DOTNET_NAME = {
  activity: 'ScheduleTaskOrchestratorAction',
  timer: 'CreateTimerOrchestratorAction',
  child: 'CreateSubOrchestrationAction',
  send: 'SendEventOrchestratorAction',
} as const satisfies Record<Decision['kind'], string>;

/** Texts of golden 1.1, 1.12 and recording `nonDet`; those for other pairs follow the same pattern. */
export function confirm(event: Created, decision: Unnumbered<Decision> | undefined): void {
  const expected = subjectOf(event);
  if (decision === undefined) {
    throw new NonDeterminismError(
      `A previous execution of this orchestration scheduled ${expected.withId} ` +
        "but the current replay execution hasn't (yet?) scheduled this task.",
    );
  }
  if (decision.kind !== expected.kind) {
    throw new NonDeterminismError(
      `A previous execution of this orchestration scheduled ${expected.withNumber} ` +
        `but the current orchestration replay instead produced a ${DOTNET_NAME[decision.kind]} action ` +
        'with this sequence number.',
    );
  }
  if (
    (decision.kind === 'activity' || decision.kind === 'child') &&
    expected.name !== undefined &&
    decision.name.toLowerCase() !== expected.name.toLowerCase()
  ) {
    throw new NonDeterminismError(
      `A previous execution of this orchestration scheduled ${expected.withNumber} ` +
        `but the current orchestration replay instead scheduled ${expected.article} ` +
        `named '${decision.name}' with this sequence number. `,
    );
  }
}

interface Subject {
  readonly kind: Decision['kind'];
  readonly article: string;
  readonly name: string | undefined;
  readonly withId: string;
  readonly withNumber: string;
}

function subjectOf(event: Created): Subject {
  const id = event.EventId;
  switch (event.EventType) {
    case EventType.TaskScheduled:
      return {
        kind: 'activity',
        article: 'an activity task',
        name: event.Name,
        withId: `an activity task with sequence ID ${id} and name '${event.Name}' (version ''),`,
        withNumber: `an activity task with sequence number ${id} named '${event.Name}',`,
      };
    case EventType.SubOrchestrationInstanceCreated:
      return {
        kind: 'child',
        article: 'a sub-orchestration',
        name: event.Name,
        withId:
          `a sub-orchestration task with sequence ID ${id} and name '${event.Name}' ` +
          `(version '', instance ID '${event.InstanceId}'),`,
        withNumber: `a sub-orchestration task with sequence number ${id} named '${event.Name}',`,
      };
    case EventType.TimerCreated:
      return {
        kind: 'timer',
        article: 'a timer',
        name: undefined,
        withId: `a timer task with sequence number ${id}`,
        withNumber: `a timer task with sequence number ${id} named`,
      };
    case EventType.EventSent:
      break;
  }
  return {
    kind: 'send',
    article: 'a send event',
    name: event.Name,
    withId: `a send event task with sequence ID ${id},`,
    withNumber: `a send event task with sequence number ${id} named '${event.Name}',`,
  };
}
