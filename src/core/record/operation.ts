import type { InstanceAction } from '../actions/table.ts';
import type { Direction } from './rollout.ts';

/**
 * How far a write to ARM is: `intended` is recorded before it is sent; `unknown` when its answer was lost;
 * `lost` when reading back showed that it was never accepted; `withheld` when a fence stopped it.
 */
export const OPERATION_STATUSES = [
  'intended',
  'unknown',
  'accepted',
  'withheld',
  'lost',
  'refused',
  'succeeded',
  'failed',
  'preempted',
  'abandoned',
] as const;

export type OperationStatus = (typeof OPERATION_STATUSES)[number];

export const OPERATION_KINDS = ['model', 'upgrade', 'guard', 'protection'] as const;

/** One write to ARM, from its intent to its outcome. */
export interface Operation {
  readonly key: string;
  readonly kind: (typeof OPERATION_KINDS)[number];
  /** What is done to the instances. */
  readonly action?: InstanceAction;
  /** The part of the model that is written: the set itself, or an extension. */
  readonly part?: string;
  readonly direction: Direction;
  readonly batch?: number;
  readonly instances: readonly string[];
  readonly status: OperationStatus;
  readonly intendedAt: string;
  readonly answeredAt?: string;
  readonly acceptedAt?: string;
  /** Reading of the rollout's active clock at acceptance. */
  readonly acceptedSeconds?: number;
  readonly endedAt?: string;
  /** How long it ran by the service's own word, whenever anybody noticed. */
  readonly ranSeconds?: number;
  /** Opaque and signed: stays in the store. */
  readonly pollUrl?: string;
  /** When it was last looked at and still ran; and the time before which the service wants no other look. */
  readonly polledAt?: string;
  readonly pollNotBefore?: string;
  /** Why the last request about it, or the write itself, had no answer; absent where it had one. */
  readonly silence?: string;
  /** Why it cannot be followed where the service said: what became of it only its instances, or the model, can tell. */
  readonly untracked?: { readonly code: string; readonly message: string };
  readonly requestId?: string;
  /** The version of the scale set that a model write has made: what differs in it is the service's own doing. */
  readonly etag?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** Sent while others may still have been running, on purpose. */
  readonly sliding?: true;
  /** Refused because another write to the set was under way. */
  readonly conflict?: true;
}

/**
 * The last that is known of it, milliseconds since the epoch: no view from before that shows what it did. Its answer may
 * have come long after its intent, and after it took effect.
 */
export function lastKnownAt({ endedAt, acceptedAt, answeredAt, intendedAt }: Operation): number {
  return Date.parse(endedAt ?? acceptedAt ?? answeredAt ?? intendedAt);
}

/** When it ended on our clock, milliseconds since the epoch: by how long it ran, never later than it was noticed. */
export function ownEndOf({ acceptedAt, endedAt, ranSeconds }: Operation): number {
  const noticed = Date.parse(endedAt ?? '');
  return ranSeconds === undefined || acceptedAt === undefined
    ? noticed
    : Math.min(noticed, Date.parse(acceptedAt) + ranSeconds * 1000);
}

/** The error of an operation that took longer than the spec gives one. */
export const OPERATION_TIMEOUT = 'operationTimeout';

/** It has outlived its time, and still runs: nothing else is sent before it has ended. */
export function isOverdue({ status, error }: Operation): boolean {
  return status === 'accepted' && error?.code === OPERATION_TIMEOUT;
}

/** Nobody knows yet whether it arrived: no other write goes out before that is known. */
export function isUnanswered({ kind, status }: Operation): boolean {
  return kind === 'upgrade' && (status === 'intended' || status === 'unknown');
}

/** May still be changing instances or the model. */
export function isOpen(operation: Operation): boolean {
  return operation.status === 'intended' || operation.status === 'unknown' || operation.status === 'accepted';
}

/** Whether it may have reached the service. */
export function mayHaveArrived({ status }: Operation): boolean {
  return status !== 'lost' && status !== 'withheld' && status !== 'refused';
}

/** It runs, for all that anybody knows, and the service does not say how far it is. */
export function isUntracked({ status, untracked }: Operation): boolean {
  return status === 'accepted' && untracked !== undefined;
}
