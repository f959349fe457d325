import type { EntityRef } from '../durable/wire/entity-messages.ts';
import type { Schema } from '../durable/wire/failure.ts';
import type { HistoryEvent } from '../durable/wire/history.ts';
import type { RuntimeStatus } from '../durable/wire/runtime-status.ts';
import type { Clock, Ids, Store } from '../ports.ts';
import type { FunctionApp } from '../worker/app/function-app.ts';
import type { InstanceFilter, InstanceStatus } from './status.ts';

export interface StartOptions {
  readonly instanceId?: string | undefined;
  /** Left out, the orchestration sees an empty string, as with the library's client (golden 2.6). */
  readonly input?: unknown;
}

export interface StartWithJson {
  readonly instanceId?: string | undefined;
  /** JSON text, null for no input. */
  readonly input: string | null;
  /** Default: that of host.json. */
  readonly version?: string | undefined;
}

/** The durable client's operations, in process. Refusals are thrown as {@link RefusedError}. */
export interface HubClient {
  start(orchestration: string, options?: StartOptions): string;
  startWithJson(orchestration: string, start: StartWithJson): string;
  /** Throws what every operation on this instance would be refused with. */
  checkRunning(instanceId: string): void;
  raiseEvent(instanceId: string, eventName: string, data?: unknown): void;
  /** The same with JSON text, which stays as it is. */
  raiseEventWithJson(instanceId: string, eventName: string, input: string | null): void;
  terminate(instanceId: string, reason?: string): void;
  suspend(instanceId: string, reason?: string): void;
  resume(instanceId: string, reason?: string): void;
  rewind(instanceId: string, reason?: string): void;
  /** Starts the same orchestration with the same input again; answers with the id. */
  restart(instanceId: string, withNewInstanceId?: boolean): string;
  status(instanceId: string): InstanceStatus | undefined;
  /** Of the status only this. */
  runtimeStatus(instanceId: string): RuntimeStatus | undefined;
  list(filter?: InstanceFilter): readonly InstanceStatus[];
  history(instanceId: string): readonly HistoryEvent[];
  /** `input` is JSON text; the operation may have no name at all (golden 5.5). */
  signalEntity(entity: EntityRef, operation: string, input?: string): void;
  /** JSON text, null where it has none; undefined when the entity does not exist. */
  entityState(entity: EntityRef): string | null | undefined;
  /** ISO with fractions of seconds, which a status does not show; undefined for no such instance. */
  createdAt(instanceId: string): string | undefined;
  /** How many instances were removed; from 3.x on only one that is over. */
  purge(instanceId: string): number;
  purgeBy(filter: InstanceFilter): number;
}

export interface HubSettings {
  readonly app: FunctionApp;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly schema: Schema;
  /** Called after each change, so that a driver can wake up. */
  readonly changed: () => void;
}
