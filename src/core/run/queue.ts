import type { Lease, Queued } from '../record/lease.ts';
import type { RolloutRecord } from '../record/rollout.ts';

/** How a rollout stands in the queue of its scale set. */
export function queuedOf({
  id,
  requestedBy,
  createdAt,
  spec,
}: Pick<RolloutRecord, 'id' | 'requestedBy' | 'createdAt' | 'spec'>): Queued {
  const pipeline = spec.labels?.['pipeline'];
  return {
    rolloutId: id,
    by: requestedBy,
    since: createdAt,
    ...(pipeline !== undefined && { pipeline }),
  };
}

/** Those that still wait for their turn, in their order. */
export function waitingIn({ queue = [] }: Lease): readonly Queued[] {
  return queue.filter(({ replacedBy }) => replacedBy === undefined);
}

/** Those that come before this one; all where it does not wait yet. */
export function aheadOf(lease: Lease, rolloutId: string): readonly Queued[] {
  const waiting = waitingIn(lease);
  const at = waiting.findIndex((queued) => queued.rolloutId === rolloutId);
  return at === -1 ? waiting : waiting.slice(0, at);
}

/**
 * The lease with one more that waits: last, or in the place of those that it replaces. These stay in the queue until they
 * have ended, so that none of them is forgotten.
 */
export function withQueued(
  lease: Lease,
  next: Queued,
  mayReplace: (queued: Queued) => boolean = () => false,
): Lease {
  const { queue = [] } = lease;
  if (queue.some(({ rolloutId }) => rolloutId === next.rolloutId)) return lease;
  const isReplaced = (queued: Queued): boolean =>
    next.pipeline !== undefined &&
    queued.pipeline === next.pipeline &&
    queued.replacedBy === undefined &&
    mayReplace(queued);
  const first = queue.findIndex((queued) => isReplaced(queued));
  const at = first === -1 ? queue.length : first;
  const marked = queue.map((queued) =>
    isReplaced(queued) ? { ...queued, replacedBy: next.rolloutId } : queued,
  );
  return { ...lease, queue: [...marked.slice(0, at), next, ...marked.slice(at)] };
}

/** The lease without those that wait no longer. */
export function withoutQueued({ queue = [], ...lease }: Lease, gone: readonly string[]): Lease {
  const left = queue.filter(({ rolloutId }) => !gone.includes(rolloutId));
  return left.length === 0 ? lease : { ...lease, queue: left };
}
