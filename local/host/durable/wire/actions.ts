import type { EntityRef } from './entity-messages.ts';
import type { FailureDetails } from './history.ts';

/** Action numbers of the out-of-process protocol (durable-host.md 3.2). */
export const ActionType = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  CallHttp: 8,
  SignalEntity: 9,
  WhenAny: 11,
  WhenAll: 12,
  LockEntities: 13,
  ReleaseEntities: 14,
} as const;

type Kinds = typeof ActionType;

/** All durations in milliseconds. */
export interface RetryOptions {
  readonly firstRetryIntervalInMilliseconds: number;
  readonly maxNumberOfAttempts: number;
  readonly backoffCoefficient?: number;
  readonly maxRetryIntervalInMilliseconds?: number;
  readonly retryTimeoutInMilliseconds?: number;
}

export interface CallActivity {
  readonly actionType: Kinds['CallActivity'] | Kinds['CallActivityWithRetry'];
  readonly functionName: string;
  readonly retryOptions?: RetryOptions;
  readonly input?: unknown;
}

export interface CallSubOrchestrator {
  readonly actionType: Kinds['CallSubOrchestrator'] | Kinds['CallSubOrchestratorWithRetry'];
  readonly functionName: string;
  readonly instanceId?: string;
  readonly retryOptions?: RetryOptions;
  readonly input?: unknown;
  readonly version?: string;
}

export interface ContinueAsNew {
  readonly actionType: Kinds['ContinueAsNew'];
  readonly input?: unknown;
}

export interface CreateTimer {
  readonly actionType: Kinds['CreateTimer'];
  /** A date where it did not come through JSON. */
  readonly fireAt: string | Date;
  readonly isCanceled: boolean;
}

/** Milliseconds since the epoch. */
export function fireTimeOf({ fireAt }: CreateTimer): number {
  return typeof fireAt === 'string' ? Date.parse(fireAt) : fireAt.getTime();
}

export interface WaitForExternalEvent {
  readonly actionType: Kinds['WaitForExternalEvent'];
  readonly externalEventName: string;
}

export interface Compound {
  readonly actionType: Kinds['WhenAny'] | Kinds['WhenAll'];
  readonly compoundActions: readonly Action[];
}

interface EntityAction<K extends keyof Kinds> {
  readonly actionType: Kinds[K];
  /** `@name@key`, the name in lower case. */
  readonly instanceId: string;
  readonly operation: string;
  readonly input?: unknown;
}

export type CallEntity = EntityAction<'CallEntity'>;
export type SignalEntity = EntityAction<'SignalEntity'>;

export interface LockEntities {
  readonly actionType: Kinds['LockEntities'];
  /** Sorted, without duplicates. */
  readonly lockSet: readonly EntityRef[];
  readonly lockRequestId: string;
}

/** Of all locks that the orchestration holds. */
export interface ReleaseEntities {
  readonly actionType: Kinds['ReleaseEntities'];
}

export interface HttpRequest {
  readonly method: string;
  readonly uri: string;
  readonly content?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A managed identity to call with; there is none on a local machine. */
  readonly tokenSource?: unknown;
  /** Whether a 202 is polled. */
  readonly asynchronousPatternEnabled: boolean;
}

export interface CallHttp {
  readonly actionType: Kinds['CallHttp'];
  readonly httpRequest: HttpRequest;
}

export type Action =
  | CallActivity
  | CallSubOrchestrator
  | ContinueAsNew
  | CreateTimer
  | WaitForExternalEvent
  | Compound
  | CallEntity
  | SignalEntity
  | LockEntities
  | ReleaseEntities
  | CallHttp;

/** The state object the library answers with; absent fields were falsy there (durable-host.md 3.1). */
export interface OrchestratorState {
  readonly isDone: boolean;
  readonly actions: readonly (readonly Action[])[];
  readonly schemaVersion: number;
  readonly output?: unknown;
  readonly error?: string;
  readonly customStatus?: unknown;
  readonly failureDetails?: FailureDetails;
}
