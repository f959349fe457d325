import {
  entityInstanceId,
  OPERATION,
  RELEASE,
  type EntityRelease,
  type EntityReply,
  type EntityRequest,
} from '../wire/entity-messages.ts';
import type { EventRaised, HistoryEvent } from '../wire/history.ts';
import { EventType } from '../wire/event.ts';

/** All that an entity's instance remembers; stored as the instance's input (golden 4.4). */
export interface EntityState {
  readonly exists: boolean;
  /** JSON text. */
  readonly state: string | null;
  /** Instance id of the orchestration that holds the lock. */
  readonly lockedBy: string | null;
  /** Requests that wait for the lock to be given back. */
  readonly queue: readonly EntityRequest[];
}

const NEW_ENTITY: EntityState = { exists: false, state: null, lockedBy: null, queue: [] };

/** What an entity tells others in a turn. */
export type EntityMessage =
  | { readonly kind: 'reply'; readonly request: EntityRequest; readonly reply: EntityReply }
  | { readonly kind: 'request'; readonly to: string; readonly request: EntityRequest };

export type EntityStep =
  | { readonly kind: 'rest' }
  | { readonly kind: 'lock'; readonly entity: EntityState; readonly send: EntityMessage }
  | { readonly kind: 'batch'; readonly entity: EntityState; readonly batch: readonly EntityRequest[] };

/** Takes in what arrived: requests queue in order, a release frees the lock if its sender holds it. */
export function receive(entity: EntityState, events: readonly HistoryEvent[]): EntityState {
  const raised = events.filter((event): event is EventRaised => event.EventType === EventType.EventRaised);
  return raised.reduce((now, { Name, Input }) => {
    const message: unknown = JSON.parse(Input ?? 'null');
    if (Name === OPERATION) return { ...now, queue: [...now.queue, message as EntityRequest] };
    const isRelease = Name === RELEASE && (message as EntityRelease).parent === now.lockedBy;
    return isRelease ? { ...now, lockedBy: null } : now;
  }, entity);
}

/**
 * What an entity does next: requests run in order, those of the lock's holder before all others; everyone else's wait
 * until the lock is given back (durable-host.md 6).
 */
export function nextStep(entity: EntityState): EntityStep {
  const { lockedBy, queue } = entity;
  const runnable = queue.filter((request) => lockedBy === null || request.parent === lockedBy);
  const [first] = runnable;
  if (first === undefined) return { kind: 'rest' };
  const without = (taken: readonly EntityRequest[]) => queue.filter((request) => !taken.includes(request));
  if (first.lockset !== undefined) {
    const locked = { ...entity, lockedBy: first.parent ?? null, queue: without([first]) };
    return { kind: 'lock', entity: locked, send: passOn(first) };
  }
  const end = runnable.findIndex((request) => request.lockset !== undefined);
  const batch = end < 0 ? runnable : runnable.slice(0, end);
  return { kind: 'batch', entity: { ...entity, queue: without(batch) }, batch };
}

/** A lock request goes from entity to entity; the last one tells the orchestration. */
function passOn(request: EntityRequest): EntityMessage {
  const pos = (request.pos ?? 0) + 1;
  const next = request.lockset?.[pos];
  return next === undefined
    ? { kind: 'reply', request, reply: { result: 'Lock Acquisition Completed' } }
    : { kind: 'request', to: entityInstanceId(next), request: { ...request, pos } };
}

/** Keys are left out as the extension leaves them out. */
export function entityStateText({ exists, state, lockedBy, queue }: EntityState): string {
  return JSON.stringify({
    ...(exists ? { exists } : {}),
    ...(state === null ? {} : { state }),
    ...(queue.length === 0 ? {} : { queue }),
    ...(lockedBy === null ? {} : { lockedBy }),
    sorter: {},
  });
}

export function entityStateFrom(text: string | null): EntityState {
  const { sorter: _none, ...stored } = JSON.parse(text ?? '{}') as Partial<EntityState> & {
    sorter?: unknown;
  };
  return { ...NEW_ENTITY, ...stored };
}
