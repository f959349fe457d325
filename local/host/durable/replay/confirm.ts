import { EventType } from '../wire/event.ts';
import { NonDeterminismError, type Created, type Decision, type Unnumbered } from './decisions.ts';

const KIND = {
  [EventType.TaskScheduled]: 'activity',
  [EventType.TimerCreated]: 'timer',
  [EventType.SubOrchestrationInstanceCreated]: 'child',
  [EventType.EventSent]: 'send',
} as const satisfies Record<Created['EventType'], Decision['kind']>;

/** Throws where what the history shows is not what was asked for. */
export function confirm(event: Created, decision: Unnumbered<Decision> | undefined): void {
  if (decision === undefined || decision.kind !== KIND[event.EventType] || !isNamedSo(event, decision))
    throw new NonDeterminismError(mismatch(event, decision));
}

function isNamedSo(event: Created, decision: Unnumbered<Decision>): boolean {
  const isNamed = decision.kind === 'activity' || decision.kind === 'child';
  if (!isNamed || event.EventType === EventType.TimerCreated) return true;
  return decision.name === event.Name || decision.name.toLowerCase() === event.Name.toLowerCase();
}

const DOTNET_NAME = {
  activity: 'ScheduleTaskOrchestratorAction',
  timer: 'CreateTimerOrchestratorAction',
  child: 'CreateSubOrchestrationAction',
  send: 'SendEventOrchestratorAction',
} as const satisfies Record<Decision['kind'], string>;

/**
 * How a history and what was asked for differ: texts of golden 1.1, 1.12 and recording `nonDet`; those for other pairs
 * follow the same pattern.
 */
function mismatch(event: Created, decision: Unnumbered<Decision> | undefined): string {
  const expected = subjectOf(event);
  if (decision === undefined) {
    return (
      `A previous execution of this orchestration scheduled ${expected.withId} ` +
      "but the current replay execution hasn't (yet?) scheduled this task."
    );
  }
  const before = `A previous execution of this orchestration scheduled ${expected.withNumber} `;
  if (decision.kind === KIND[event.EventType] && 'name' in decision) {
    return (
      `${before}but the current orchestration replay instead scheduled ${expected.article} ` +
      `named '${decision.name}' with this sequence number. `
    );
  }
  return (
    `${before}but the current orchestration replay instead produced a ${DOTNET_NAME[decision.kind]} action ` +
    'with this sequence number.'
  );
}

/** How the extension speaks of what it has scheduled. */
interface Subject {
  readonly article: string;
  readonly withId: string;
  readonly withNumber: string;
}

function subjectOf(event: Created): Subject {
  const id = event.EventId;
  switch (event.EventType) {
    case EventType.TaskScheduled:
      return {
        article: 'an activity task',
        withId: `an activity task with sequence ID ${id} and name '${event.Name}' (version ''),`,
        withNumber: `an activity task with sequence number ${id} named '${event.Name}',`,
      };
    case EventType.SubOrchestrationInstanceCreated:
      return {
        article: 'a sub-orchestration',
        withId:
          `a sub-orchestration task with sequence ID ${id} and name '${event.Name}' ` +
          `(version '', instance ID '${event.InstanceId}'),`,
        withNumber: `a sub-orchestration task with sequence number ${id} named '${event.Name}',`,
      };
    case EventType.TimerCreated:
      return {
        article: 'a timer',
        withId: `a timer task with sequence number ${id}`,
        withNumber: `a timer task with sequence number ${id} named`,
      };
    case EventType.EventSent:
      break;
  }
  return {
    article: 'a send event',
    withId: `a send event task with sequence ID ${id},`,
    withNumber: `a send event task with sequence number ${id} named '${event.Name}',`,
  };
}
