import type { Diagnostic } from '../checks/diagnostics.ts';
import type { Schema } from '../durable/wire/failure.ts';
import type { TimerLimits } from '../durable/wire/limits.ts';
import type { Clock, Ids, Store } from '../ports.ts';
import type { ActivitySettings } from './activities.ts';
import type { Deliveries } from './deliveries.ts';
import type { FaultHooks } from './faults.ts';
import type { Sessions } from './sessions.ts';

export interface EngineSettings extends ActivitySettings {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly schema: Schema;
  readonly timerLimits?: TimerLimits;
  /** Timers fire when they should, not up to a second early as in the cloud (golden 1.5); default false. */
  readonly exactTimers?: boolean;
  /** Report patterns that misbehave in the cloud (durable-host.md 10.6). */
  readonly strict?: boolean;
  /** Run every orchestrator once more and compare (durable-host.md 10.7). */
  readonly checkReplay?: ReplayCheck;
  /**
   * How the library gets the trigger of an orchestration, and answers: as JSON text, as in the cloud, or as what is read
   * in that text, which spares both sides the text of the whole history in every turn. Default `text`.
   */
  readonly triggersAs?: 'text' | 'value';
  /** Where the worker may go on from the turn before; without it each turn replays all. */
  readonly sessions?: Sessions;
  /** Its hold on what is under way; without one everything is given back at once. */
  readonly deliveries?: Deliveries;
  readonly hooks?: FaultHooks;
  readonly report: (diagnostic: Diagnostic) => void;
}

/**
 * After each turn, which makes every turn cost two, or after the last one of a generation: its answer holds all that the
 * generation asked for, so that one replay shows most of what differs.
 */
export type ReplayCheck = 'everyTurn' | 'atEnd';
