import type { Compute } from '../../azure/port.ts';
import type { ServiceTimes } from '../../core/record/times.ts';
import type { Outbound } from '../../outbound/port.ts';
import type { Store } from '../../store/port.ts';
import type { Telemetry } from './telemetry.ts';

/** How patient the app is with Azure, in seconds. */
export interface Pace extends ServiceTimes {
  /** Between two looks at an operation or at instances, where the service names no time. */
  readonly pollSeconds: number;
  /** Instances named in one upgrade call. */
  readonly maxInstanceIds: number;
  /** How long an answer that was read for a viewer is reused. */
  readonly cacheSeconds: number;
}

/** What it takes to tell people and systems outside of rollouts. */
export interface NoticePorts {
  readonly post: Outbound;
  /** Values of the app settings that targets refer to, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** For development: this machine may be a target. */
  readonly loopback: boolean;
  /** Where the page for operators is, as people reach it. */
  readonly pageUrl?: string;
}

/** Everything outside that an activity can reach. */
export interface Ports {
  readonly compute: Compute;
  readonly store: Store;
  readonly clock: { now(): number };
  readonly pace: Pace;
  /** Only where it is switched on. */
  readonly telemetry?: Telemetry;
  /** Where it is not bound, what is to be told waits. */
  readonly notices?: NoticePorts;
}
