import { REFUSALS } from '../../core/messages/refusals.ts';
import { failures } from '../../core/messages/failures.ts';
import type { Read, ScaleSet } from '../../azure/port.ts';
import { azure } from '../../core/messages/azure.ts';
import { waits } from '../../core/messages/waits.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { Failure } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { patience } from '../../core/run/patience.ts';
import { waitForAccess } from '../frame/access.ts';
import type { Denial } from '../frame/access.ts';
import { found, leave } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import { wait } from '../frame/wait.ts';
import type { Step } from '../frame/step.ts';
import { holdFor, waitOutHold } from '../frame/holds.ts';
import type { ReadName } from '../frame/holds.ts';
import { stopFor } from '../frame/stop.ts';

/** Azure's own page, as far as anybody has seen. */
const PAGE = 100;

/**
 * A list takes one request per page, and starts over when it is throttled: it needs the time of all its pages, or a
 * large scale set would forever spend its requests on the first pages.
 */
export function pagesOf({ record }: Step): number {
  return Math.max(1, Math.ceil((record.counts?.total ?? 0) / PAGE));
}

/** Seconds until the service grants all pages of a long list, by its own last word. */
export function secondsUntilGranted(step: Step, pages = pagesOf(step)): number {
  return pages > 1 ? step.compute.secondsUntilPages(step.address, pages) : 0;
}

const UNREACHABLE_SECONDS = 15;

/** After this long, a scale set that is no longer found is gone, and a read that is refused stays refused. */
const MISSING_SECONDS = 300;

/** How soon a service that does not answer is asked again. */
export function secondsUntilNextTry({ record, now }: Pick<Step, 'record' | 'now'>): number {
  return patience(record.waitingFor, 'unreachable', { now, least: UNREACHABLE_SECONDS, most: 120 });
}

/** The scale set, or the answer of a step that cannot have it now. */
export async function readScaleSet(step: Step, phase: Phase): Promise<OrLeave<ScaleSet>> {
  return readOrLeave(step, { name: 'scaleSet', phase, read: () => step.compute.scaleSet(step.address) });
}

/** One read, and what the rollout is doing at the time. */
interface Reading<T> {
  readonly name: ReadName;
  readonly phase: Phase;
  readonly read: () => Promise<Read<T>>;
}

/** Reads, obeying holds; gives the value, or the answer of a step that has to wait or stop because there is none. */
export async function readOrLeave<T>(step: Step, reading: Reading<T>): Promise<OrLeave<T>> {
  const held = await waitOutHold(step, reading);
  // fence I11: a hold on reads is waited out
  if (held !== undefined) return leave(held);
  const seen = await reading.read();
  return seen.kind === 'ok' ? found(seen.value) : leave(await withoutIt(step, reading, seen));
}

/** The answer of a step that has to wait, or to stop, because its read failed. */
async function withoutIt(
  step: Step,
  { name, phase }: Pick<Reading<unknown>, 'name' | 'phase'>,
  seen: Exclude<Read<unknown>, { kind: 'ok' }>,
): Promise<Answer> {
  switch (seen.kind) {
    case 'throttled':
      return waitForGrant(step, { name, phase }, seen);
    case 'unreachable': {
      const { retryAfterSeconds: asked } = seen;
      return wait(step, {
        seconds: Math.max(secondsUntilNextTry(step), asked ?? 0),
        phase,
        waitingFor: { kind: 'unreachable', message: azure.unreachable(seen.message) },
        ...(asked !== undefined && { changes: { holds: holdFor(step, name, asked) } }),
      });
    }
    case 'denied':
      return waitForAccess(step, seen, { phase });
    case 'missing':
      // fence I15: what was there before is not gone at its first 404
      return waitForAccess(step, seen, {
        phase,
        message: waits.missing(seen.code, seen.message),
        mostSeconds: MISSING_SECONDS,
        staysDenied: (now) => stopFor(now, goneFailure(seen.message)),
      });
    case 'refused':
      // fence I10: a read that was answered before is not refused for good the first time
      return waitForAccess(step, seen, {
        phase,
        message: azure.readDenied(seen.code, seen.message),
        mostSeconds: MISSING_SECONDS,
        staysDenied: (now) => stopFor(now, refusedFailure(seen)),
      });
  }
}

/** What was refused is of one page, and the list begins anew; a forecast is of all of them. */
async function waitForGrant(
  step: Step,
  { name, phase }: Pick<Reading<unknown>, 'name' | 'phase'>,
  { retryAfterSeconds, isForecast }: Extract<Read<unknown>, { kind: 'throttled' }>,
): Promise<Answer> {
  const isOfOnePage = name === 'instances' && isForecast !== true;
  const seconds = retryAfterSeconds * (isOfOnePage ? pagesOf(step) : 1);
  const waitingFor = { kind: 'throttling', message: azure.readsThrottled } as const;
  return wait(step, { seconds, phase, waitingFor, changes: { holds: holdFor(step, name, seconds) } });
}

function refusedFailure({ code, message }: Denial): Failure {
  const { remedy } = REFUSALS.readRefused;
  return { code: 'refusedByAzure', message: azure.readDenied(code, message), remedy };
}

function goneFailure(message: string): Failure {
  return {
    code: 'conflict',
    message: failures.scaleSetGone(message),
    remedy: failures.scaleSetGoneRemedy,
  };
}
