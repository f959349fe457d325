import type { ActivityError } from './durable/wire/failure.ts';
import type { HistoryEvent } from './durable/wire/history.ts';
import type { RuntimeStatus } from './durable/wire/runtime-status.ts';

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** Where execution ids and generated instance ids come from: 32 hexadecimal digits each. */
export interface Ids {
  next(): string;
}

/** Chooses what runs next among several things that are ready. */
export interface Scheduler {
  /** An index below `count`, which is at least 1. */
  pick(count: number): number;
}

export type ActivityOutcome =
  | {
      readonly kind: 'completed';
      readonly result: string | null;
      /** What of it JSON does not keep. */
      readonly lost?: string | undefined;
    }
  | { readonly kind: 'failed'; readonly error: ActivityError };

export interface InstanceRecord {
  readonly instanceId: string;
  readonly name: string;
  readonly parentInstanceId: string | null;
  /** What it was started with; null for none. */
  readonly version: string | null;
  readonly executionId: string;
  readonly status: RuntimeStatus;
  /** JSON text. */
  readonly input: string | null;
  /** JSON text, or plain text for failures and reasons. */
  readonly output: string | null;
  /** JSON text. */
  readonly customStatus: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Something an instance is told: it becomes an event of its history in a later turn. */
export interface Message {
  /** Given by the store; later messages have higher numbers. */
  readonly seq: number;
  readonly to: string;
  /** Only this execution may see it; null when whichever runs now may. */
  readonly executionId: string | null;
  readonly dueAt: number;
  readonly event: HistoryEvent;
}

/** An activity that is scheduled and has no committed result yet. */
export interface ActivityTask {
  readonly seq: number;
  readonly instanceId: string;
  readonly executionId: string;
  readonly taskId: number;
  readonly name: string;
  /** The text that the activity trigger carries, null for no input. */
  readonly input: string | null;
}

/** Work that somebody has taken up, by its numbers. */
export interface Taken {
  readonly kind: 'messages' | 'activities';
  readonly seqs: readonly number[];
}

export type NewMessage = Omit<Message, 'seq'>;
export type NewActivity = Omit<ActivityTask, 'seq'>;

/** All of it happens, or nothing. */
export interface Commit {
  readonly consume?: readonly number[];
  readonly finish?: number;
  readonly instances?: readonly InstanceRecord[];
  readonly history?: readonly HistoryChange[];
  readonly send?: readonly NewMessage[];
  readonly schedule?: readonly NewActivity[];
  /** Executions that are over: their waiting messages are dropped. */
  readonly retire?: readonly string[];
  readonly purge?: readonly string[];
}

export interface HistoryChange {
  readonly instanceId: string;
  /** How many of the stored events stay; `events` follow them. */
  readonly keep: number;
  readonly events: readonly HistoryEvent[];
}

/** The task hub's state. Every method is synchronous, so that no turn sees another one half done. */
export interface Store {
  instance(instanceId: string): InstanceRecord | undefined;
  history(instanceId: string): readonly HistoryEvent[];
  /** Ordered by instance id. */
  instances(): readonly InstanceRecord[];
  /** Instances with a due message that is not hidden, longest waiting first. */
  ready(now: number): readonly string[];
  /** Due messages of one instance that are not hidden, in order of arrival. */
  due(instanceId: string, now: number): readonly Message[];
  /** When the next message after `now` falls due, or the next hidden work shows again. */
  nextDueAt(now: number): number | undefined;
  /** Those that are not hidden, oldest first. */
  activities(now: number): readonly ActivityTask[];
  /** Until then nobody sees this work; 0 shows it. A hold that a loss of power undoes is given up early, no more. */
  hide(work: Taken, until: number): void;
  commit(change: Commit): void;
  close(): void;
}
