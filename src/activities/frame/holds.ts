import { waits } from '../../core/messages/waits.ts';
import type { Phase } from '../../core/record/phase.ts';
import { isInVain } from '../../core/run/vain.ts';
import type { Answer } from '../../core/run/answer.ts';
import type { Step } from './step.ts';
import { wait } from './wait.ts';

/** What each kind of read is called where a throttled one is noted. */
export type ReadName = 'scaleSet' | 'instances' | 'instance' | 'images';

/** Until when nothing of a kind may be sent, milliseconds since the epoch. */
export function heldUntil({ record, now }: Step, name: ReadName | 'write'): number | undefined {
  const until = Date.parse(record.holds[name] ?? '');
  return until > now ? until : undefined;
}

export function holdFor(
  { record, now }: Step,
  name: ReadName | 'write',
  seconds: number,
): Record<string, string> {
  return { ...record.holds, [name]: new Date(now + seconds * 1000).toISOString() };
}

/** Waits out a hold that an earlier answer of Azure put on requests of this kind. */
export async function waitOutHold(
  step: Step,
  { name, phase }: { readonly name: ReadName | 'write'; readonly phase: Phase },
): Promise<Answer | undefined> {
  const until = heldUntil(step, name);
  if (until === undefined) return undefined;
  const { waitingFor } = step.record;
  const at = new Date(until).toISOString();
  return wait(step, {
    seconds: (until - step.now) / 1000,
    phase,
    waitingFor:
      waitingFor !== undefined && isInVain(waitingFor.kind)
        ? { kind: waitingFor.kind, message: waitingFor.message }
        : { kind: 'throttling', until: at, message: waits.throttledUntil(at) },
    isHold: true,
  });
}
