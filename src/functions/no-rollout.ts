import { http } from '../core/messages/http.ts';
import { acceptedAt, DAY_MS } from '../core/run/retention.ts';
import type { App } from './app.ts';
import { notFound, ProblemError } from './problem.ts';

/** There is none, or none any more: of what is purged nothing is kept, so of an old id nobody can tell. */
export function noRollout(id: string, { ports, retentionDays }: App): ProblemError {
  const since = acceptedAt(id);
  const isOld = since !== undefined && since < ports().clock.now() - retentionDays * DAY_MS;
  if (!isOld) return notFound(`rollout ${id}`);
  return new ProblemError({ status: 404, code: 'notFound', detail: http.purged(id, retentionDays) });
}
