import { waits } from '../../core/messages/waits.ts';
import { audit } from '../../core/messages/audit.ts';
import { azure } from '../../core/messages/azure.ts';
import { withRestored } from '../../core/record/held-guards.ts';
import { isOpen } from '../../core/record/operation.ts';
import type { Answer } from '../../core/run/answer.ts';
import { finish } from '../frame/commit.ts';
import { wait } from '../frame/wait.ts';
import type { Changes } from '../frame/commit.ts';
import type { Step } from '../frame/step.ts';
import { secondsUntilNextTry } from '../looks/reads.ts';
import { sendFenced } from './fenced-write.ts';

export interface RepairsSwitch {
  readonly action: 'Suspend' | 'Resume';
}

const PART = 'automaticRepairs';

/** Asking twice does no harm, so a lost answer is simply asked again; the intent keeps it from being forgotten. */
export async function switchRepairs(step: Step, { action }: RepairsSwitch): Promise<Answer> {
  const { record } = step;
  const isHolding = action === 'Suspend';
  const verb = isHolding ? 'suspend' : 'resume';
  const key = nextKey(step, verb);
  const sent = await sendFenced(step, {
    phase: record.phase,
    operation: { key, kind: 'guard', part: PART, direction: step.direction, instances: [] },
    told: { kind: 'guardIntended', message: audit.repairsIntended(verb), by: record.requestedBy },
    changes: isHolding ? { repairsHeld: 'intended' } : {},
    fences: { opens: isHolding },
    purpose: waits.toSwitchRepairs(verb),
    send: (pass) => step.compute.writing(pass).setRepairs(step.address, action),
    isOverWhenAccepted: true,
    accepted: async (now) => {
      const kind = isHolding ? 'guardHeld' : 'guardRestored';
      await finish(now, switched(now, action), [{ kind, message: audit.repairs(verb) }]);
      return { kind: 'done' };
    },
    unanswered: (now, { message }) =>
      wait(now, {
        seconds: secondsUntilNextTry(now),
        phase: record.phase,
        waitingFor: { kind: 'unreachable', message: azure.unreachable(message) },
      }),
    refused: async (now, { code, message }) => {
      await finish(now, isHolding ? switched(now, action) : notResumed(now, code), [
        { kind: 'guardRefused', message: audit.repairsRefused(verb, code, message) },
      ]);
      return { kind: 'done' };
    },
  });
  return sent.kind === 'more' ? { kind: 'done' } : sent;
}

/** Whatever became of an earlier try, it is no longer waited for. */
function nextKey({ records }: Step, verb: string): string {
  const operations = records.operations.filter(({ part }) => part === PART);
  for (const operation of operations.filter((earlier) => isOpen(earlier)))
    records.putOperation({ ...operation, status: 'abandoned' });
  return `repairs-${verb}-${String(operations.length + 1).padStart(3, '0')}`;
}

function switched({ record }: Step, action: RepairsSwitch['action']): Changes {
  if (action === 'Suspend') return { repairsHeld: 'held' };
  return { repairsHeld: undefined, restoredGuards: withRestored(record, PART) };
}

/** Somebody may have switched repairs off meanwhile: then nothing is held, and nothing to restore. */
function notResumed(step: Step, code: string): Changes {
  return code === 'OperationNotAllowed' ? switched(step, 'Resume') : { repairsHeld: 'refused' };
}
