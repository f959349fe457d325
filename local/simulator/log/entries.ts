import type { OperationKind } from '../operations/table.ts';

export interface RequestEntry {
  readonly kind: 'request';
  readonly method: string;
  readonly path: string;
  readonly operation: OperationKind;
  readonly scaleSet?: string;
  readonly instances?: readonly string[];
  /** What the service decided; `null` when the request never reached it. */
  readonly status: number | null;
  readonly code?: string;
  readonly clientRequestId?: string;
  /** On accepted writes. */
  readonly operationId?: string;
  /** The request's body without its secrets. */
  readonly body?: unknown;
}

/**
 * Tells until when a write was being accepted: up to the moment its answer left, or, where the answer was lost or
 * delayed, for a time of its own that the entry knows beforehand. Names the request by its sequence number.
 */
export interface AnswerEntry {
  readonly kind: 'answer';
  readonly request: number;
  readonly scaleSet: string;
  readonly delivered: boolean;
  readonly from: number;
  readonly until: number;
}

export type InstanceChange =
  | {
      readonly change: 'created';
      readonly image: string;
      readonly updateDomain: number;
      readonly faultDomain: number;
      readonly serving: boolean;
    }
  | { readonly change: 'deleted' }
  | {
      /** `upgradeStarted` for manualupgrade, `actionStarted` for reimage, restart and the like. */
      readonly change: 'upgradeStarted' | 'actionStarted';
      readonly work: string;
      readonly disruptive: boolean;
      readonly operationId: string;
    }
  | {
      readonly change: 'upgradeEnded' | 'actionEnded';
      readonly outcome: 'succeeded' | 'failed' | 'preempted' | 'skipped';
      readonly operationId: string;
    }
  | { readonly change: 'image'; readonly value: string }
  | { readonly change: 'power' | 'health' | 'agent' | 'provisioning'; readonly value: string }
  | { readonly change: 'serving' | 'latestModelApplied'; readonly value: boolean };

export type InstanceEntry = {
  readonly kind: 'instance';
  readonly scaleSet: string;
  readonly instance: string;
} & InstanceChange;

export interface ModelEntry {
  readonly kind: 'model';
  readonly scaleSet: string;
  readonly by: 'creation' | 'request' | 'foreign';
  readonly generation: number;
  readonly etag: string;
  readonly capacity: number;
  readonly vmSize: string;
  readonly image: Readonly<Record<string, unknown>>;
  /** The paths that were written, without their values. */
  readonly changed: readonly string[];
}

export interface OperationEntry {
  readonly kind: 'operation';
  readonly scaleSet: string;
  readonly operationId: string;
  readonly operation: OperationKind;
  readonly instances: readonly string[];
  readonly status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
  readonly code?: string;
}

export interface FaultEntry {
  readonly kind: 'fault';
  readonly fault: string;
  readonly what: 'injected' | 'fired';
  readonly request?: string;
}

export type EntryContent =
  | RequestEntry
  | AnswerEntry
  | InstanceEntry
  | ModelEntry
  | OperationEntry
  | FaultEntry;

/** One line of what really happened. `time` is simulated, in milliseconds since the epoch. */
export type LogEntry = { readonly sequence: number; readonly time: number } & EntryContent;
