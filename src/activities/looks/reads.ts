import type { Read } from '../../azure/port.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { Failure } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { patience } from '../../core/run/patience.ts';
import { wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { holdFor, waitOutHold } from '../frame/holds.ts';
import type { ReadName } from '../frame/holds.ts';
import { stopFor } from '../frame/stop.ts';

/** Azure's own page, as far as anybody has seen. */
const PAGE = 100;

/**
 * A list takes a request a page, and a throttled one begins anew: it needs the time of all its pages, or a large set
 * would spend each request it is given on the first pages for ever.
 */
export function pagesOf({ record }: Brief): number {
  return Math.max(1, Math.ceil((record.counts?.total ?? 0) / PAGE));
}

const UNREACHABLE_SECONDS = 15;

/** Reads, obeying holds; gives the value, or the answer of a step that has to wait or stop because there is none. */
export async function readOrWait<T>(
  brief: Brief,
  {
    name,
    phase,
    read,
  }: { readonly name: ReadName; readonly phase: Phase; readonly read: () => Promise<Read<T>> },
): Promise<{ readonly kind: 'value'; readonly value: T } | { readonly kind: 'no'; readonly answer: Answer }> {
  const held = await waitOutHold(brief, { name, phase });
  // fence I11: a hold on reads is waited out
  if (held !== undefined) return { kind: 'no', answer: held };
  const found = await read();
  switch (found.kind) {
    case 'ok':
      return { kind: 'value', value: found.value };
    case 'throttled': {
      const seconds = found.retryAfterSeconds * (name === 'instances' ? pagesOf(brief) : 1);
      return {
        kind: 'no',
        answer: await wait(brief, {
          seconds,
          phase,
          waitingFor: { kind: 'throttling', message: 'Azure limits the rate of reads just now' },
          changes: { holds: holdFor(brief, name, seconds) },
        }),
      };
    }
    case 'unreachable':
      return {
        kind: 'no',
        answer: await wait(brief, {
          seconds: patience(brief.record.waitingFor, 'unreachable', {
            now: brief.now,
            least: UNREACHABLE_SECONDS,
            most: 120,
          }),
          phase,
          waitingFor: {
            kind: 'unreachable',
            message: `Azure Resource Manager does not answer: ${found.message}`,
          },
        }),
      };
    case 'missing':
      return { kind: 'no', answer: await stopFor(brief, goneFailure(found.message)) };
    case 'refused':
      return {
        kind: 'no',
        answer: await stopFor(brief, {
          code: 'refusedByAzure',
          message: `Azure refused to be read: ${found.code}: ${found.message}`,
          remedy: 'give the app the rights that its role needs',
        }),
      };
  }
}

function goneFailure(message: string): Failure {
  return {
    code: 'conflict',
    message: `the scale set is gone: ${message}`,
    remedy: 'none: there is nothing to roll out',
  };
}
