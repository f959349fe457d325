import { azure } from '../core/messages/azure.ts';
import { z } from 'zod';
import type { OperationState } from './port.ts';
import { jsonOf, readServiceError, retryAfterSeconds } from './reply.ts';
import type { Answer } from './reply.ts';

const OperationBody = z.object({
  status: z.string(),
  startTime: z.unknown().optional(),
  endTime: z.unknown().optional(),
  error: z.unknown().optional(),
});

/**
 * Reads one look at a long-running operation. An `Azure-AsyncOperation` URL tells the state in its body, a `Location`
 * only by its HTTP status; words that nobody knows are neither success nor failure: what became of it its instances tell.
 */
export function toOperationState(answer: Answer, now: () => number): OperationState | undefined {
  const body = OperationBody.safeParse(jsonOf(answer));
  if (!body.success) {
    if (answer.status === 202) return running(answer, now);
    return answer.text === '' || jsonOf(answer) !== undefined ? { kind: 'succeeded' } : undefined;
  }
  const status = body.data.status.toLowerCase();
  // A word that only holds this one, as PartiallySucceeded, is no success that anybody knows.
  if (status === 'succeeded') return { kind: 'succeeded', ...ranFor(body.data) };
  if (status === 'canceled' || status === 'cancelled') return { kind: 'canceled' };
  if (status === 'failed') return { kind: 'failed', ...(readServiceError(body.data.error) ?? NO_REASON) };
  const isKnown = UNDER_WAY.has(status.replaceAll(/\s/g, ''));
  // fence I13: a status that nobody knows is named
  return { ...running(answer, now), ...(!isKnown && { word: body.data.status }) };
}

/** By the service's own clock, which need not be ours. */
function ranFor({ startTime, endTime }: z.infer<typeof OperationBody>): { readonly ranSeconds?: number } {
  const seconds = (Date.parse(String(endTime)) - Date.parse(String(startTime))) / 1000;
  return seconds >= 0 ? { ranSeconds: seconds } : {};
}

const NO_REASON = { code: 'OperationFailed', message: azure.failedSilently };

/** Words of operations that run; of what any other word means nobody here knows. */
const UNDER_WAY = new Set([
  'inprogress',
  'running',
  'accepted',
  'started',
  'notstarted',
  'pending',
  'queued',
  'creating',
  'updating',
  'deleting',
  'provisioning',
  'canceling',
  'cancelling',
]);

function running(answer: Answer, now: () => number): OperationState & { readonly kind: 'running' } {
  const seconds = retryAfterSeconds(answer, now);
  return { kind: 'running', ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
}
