import type { Diagnostic } from '../checks/diagnostics.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { Schema } from '../durable/wire/failure.ts';
import type { HistoryEvent } from '../durable/wire/history.ts';
import type { TimerLimits } from '../durable/wire/limits.ts';
import type { HubClient } from '../hub/hub-client.ts';
import type { Redelivery } from '../hub/deliveries.ts';
import type { FaultHooks } from '../hub/faults.ts';
import type { HttpClient } from '../hub/http-activity.ts';
import type { ReplayCheck } from '../hub/settings.ts';
import type { InstanceStatus } from '../hub/status.ts';
import type { Store } from '../ports.ts';
import type { FunctionApp } from '../worker/app/function-app.ts';
import type { LogSink } from '../worker/core/types.ts';

export interface VirtualHostOptions {
  readonly app: FunctionApp;
  /** The virtual time at the beginning. */
  readonly startAt: Date;
  /** Chooses the order of what is ready at once; without one it is first come, first served. */
  readonly seed?: number;
  /** Report patterns that misbehave in the cloud; default true. */
  readonly strict?: boolean;
  readonly checkReplay?: ReplayCheck;
  /** How often an orchestrator plays its whole history: in every turn, as in the cloud, or now and then, the default. */
  readonly replays?: 'everyTurn' | 'nowAndThen';
  readonly store?: Store;
  readonly schema?: Schema;
  readonly timerLimits?: TimerLimits;
  /** Timers fire when they should, not up to a second early as in the cloud; default false. */
  readonly exactTimers?: boolean;
  /** Timer functions run by their schedule, the default, or only when they are fired. */
  readonly timers?: 'onSchedule' | 'byHand';
  /** How long what a crash interrupts stays hidden; default what host.json says of its queues. */
  readonly redelivery?: Redelivery;
  readonly hooks?: FaultHooks;
  /** Sends what `callHttp` asks for; by default over the network, in real time. */
  readonly http?: HttpClient;
  /** Where the app's durable client finds this host, if its requests are carried to `request`; default a port of its own. */
  readonly clientOrigin?: string;
  /** Where the app's log lines go; default nowhere. */
  readonly log?: LogSink;
}

export interface RunLimits {
  /** Virtual milliseconds; default one year. */
  readonly maxVirtualMs?: number;
}

/** A host whose time stands still while anything is ready, and then jumps to whatever comes next. */
export interface VirtualHost extends AsyncDisposable {
  readonly clock: VirtualClock;
  readonly client: HubClient;
  readonly diagnostics: readonly Diagnostic[];
  /** Runs everything that is due now. */
  runUntilIdle(): Promise<void>;
  /** Lets this much virtual time pass, in milliseconds. */
  advance(ms: number): Promise<void>;
  /** Asks after every piece of work; throws when nothing is left to run or the time is over. */
  runUntil(condition: () => boolean | Promise<boolean>, limits?: RunLimits): Promise<void>;
  runToEnd(instanceId: string, limits?: RunLimits): Promise<InstanceStatus>;
  history(instanceId: string): readonly HistoryEvent[];
  /**
   * Answers as the host's port would: the app's HTTP functions, the management API, the admin endpoints. The clock
   * stands still meanwhile.
   */
  request(request: Request): Promise<Response>;
  /** Runs a timer function now, whatever its schedule. */
  fireTimer(name: string): Promise<void>;
  /** Loses everything that is not in the store, as a crash does; what was under way comes again after `redelivery`. */
  restart(): void;
}
