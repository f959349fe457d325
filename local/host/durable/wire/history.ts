import type { Base } from './event.ts';
import type { TerminalStatus } from './runtime-status.ts';

export interface InstanceRef {
  readonly InstanceId: string;
  readonly ExecutionId: string;
}

export interface ParentRef {
  readonly Name: string;
  readonly OrchestrationInstance: InstanceRef;
  readonly TaskScheduleId: number;
  /** Empty up to 2.13.7, null from 3.x on when there is none. */
  readonly Version: string | null;
}

/** What an activity or orchestration failed with, as extension 3.13 and later hand it over (schema V4). */
export interface FailureDetails {
  readonly ErrorType: string;
  readonly ErrorMessage: string;
  readonly StackTrace: string | null;
  readonly IsNonRetriable: boolean;
  readonly Properties?: Readonly<Record<string, unknown>> | null;
  readonly InnerFailure?: FailureDetails | null;
}

export interface ExecutionStarted extends Base<'ExecutionStarted'> {
  readonly OrchestrationInstance: InstanceRef;
  readonly ParentInstance: ParentRef | null;
  readonly Name: string;
  /** Empty up to 2.13.7, null from 3.x on when there is none. */
  readonly Version: string | null;
  /** JSON text, or null when there is no input. */
  readonly Input: string | null;
  readonly Tags: null;
  readonly Correlation: null;
  readonly ParentTraceContext: null;
  readonly ScheduledStartTime: null;
  readonly Generation: number | null;
  /** From 3.x on. */
  readonly GenerateNewTrace?: false;
}

export interface ExecutionCompleted extends Base<'ExecutionCompleted'> {
  readonly OrchestrationStatus: TerminalStatus;
  readonly Result: string | null;
  readonly FailureDetails: FailureDetails | null;
}

export interface ExecutionTerminated extends Base<'ExecutionTerminated'> {
  readonly Input: string | null;
}

export interface TaskScheduled extends Base<'TaskScheduled'> {
  readonly Name: string;
  readonly Version: string;
  readonly Input: null;
  readonly ParentTraceContext: null;
  /** From 3.x on. */
  readonly Tags?: null;
}

export interface TaskCompleted extends Base<'TaskCompleted'> {
  readonly TaskScheduledId: number;
  readonly Result: string | null;
}

interface Failure {
  readonly TaskScheduledId: number;
  readonly Reason: string;
  readonly Details: string | null;
  readonly FailureDetails: FailureDetails | null;
}

export interface TaskFailed extends Base<'TaskFailed'>, Failure {}

export interface ChildCreated extends Base<'SubOrchestrationInstanceCreated'> {
  readonly Name: string;
  readonly Version: string | null;
  readonly InstanceId: string;
  readonly Input: null;
  readonly ClientSpanId: string | null;
  /** From 3.x on. */
  readonly Tags?: null;
}

export interface ChildCompleted extends Base<'SubOrchestrationInstanceCompleted'> {
  readonly TaskScheduledId: number;
  readonly Result: string | null;
}

export interface ChildFailed extends Base<'SubOrchestrationInstanceFailed'>, Failure {}

export interface TimerCreated extends Base<'TimerCreated'> {
  readonly FireAt: string;
}

export interface TimerFired extends Base<'TimerFired'> {
  readonly TimerId: number;
  readonly FireAt: string;
}

export interface EventSent extends Base<'EventSent'> {
  readonly InstanceId: string;
  readonly Name: string;
  readonly Input: string | null;
}

export interface EventRaised extends Base<'EventRaised'> {
  readonly Name: string;
  readonly Input: string | null;
  readonly ParentTraceContext: null;
}

export interface GenericEvent extends Base<'GenericEvent'> {
  readonly Data: string | null;
}

export interface Suspended extends Base<'ExecutionSuspended'> {
  readonly Reason: string | null;
}

export interface Resumed extends Base<'ExecutionResumed'> {
  readonly Reason: string | null;
}

export type Framing = Base<'OrchestratorStarted'> | Base<'OrchestratorCompleted'>;

export type HistoryEvent =
  | ExecutionStarted
  | ExecutionCompleted
  | ExecutionTerminated
  | TaskScheduled
  | TaskCompleted
  | TaskFailed
  | ChildCreated
  | ChildCompleted
  | ChildFailed
  | TimerCreated
  | TimerFired
  | Framing
  | EventSent
  | EventRaised
  | GenericEvent
  | Suspended
  | Resumed;
