import type { Schema } from '../wire/failure.ts';
import type { TimerLimits } from '../wire/limits.ts';

/** What the interpreter must know of the app: which names exist, in lower case. */
export interface KnownFunctions {
  readonly activities: ReadonlySet<string>;
  readonly orchestrations: ReadonlySet<string>;
  /** The name as it was registered, by the name in lower case. */
  readonly entities: ReadonlyMap<string, string>;
}

export interface InterpreterSettings {
  readonly functions: KnownFunctions;
  readonly timerLimits: TimerLimits;
  readonly schema: Schema;
  /** Of the app itself, from host.json; sub-orchestrations without a version of their own have it. */
  readonly defaultVersion: string | null;
}

export interface Execution {
  readonly instanceId: string;
  readonly executionId: string;
  readonly name: string;
  readonly parentInstanceId: string | null;
}

/** Thrown where the extension throws an argument exception, which its replay loop swallows (golden 1.3). */
export class SwallowedError extends Error {}

/** Thrown where the extension fails the orchestration itself instead of one of its tasks. */
export class OrchestratorFault extends Error {}
