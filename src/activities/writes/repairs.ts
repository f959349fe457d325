import { settling } from '../../core/record/held-guards.ts';
import { isOpen } from '../../core/record/operation.ts';
import type { Answer } from '../../core/run/answer.ts';
import { addressOf } from '../frame/address.ts';
import { finish, wait } from '../frame/brief.ts';
import type { Brief, Changes } from '../frame/brief.ts';
import type { StepInput } from '../frame/define.ts';
import type { Ports } from '../frame/ports.ts';
import { sendFenced } from './fenced-write.ts';

export interface RepairsSwitch {
  readonly input: StepInput;
  readonly action: 'Suspend' | 'Resume';
}

const PART = 'automaticRepairs';

/** Asking twice does no harm, so a lost answer is simply asked again; the intent keeps it from being forgotten. */
export async function switchRepairs(
  brief: Brief,
  ports: Ports,
  { input, action }: RepairsSwitch,
): Promise<Answer> {
  const { record } = brief;
  const isHolding = action === 'Suspend';
  const verb = isHolding ? 'suspend' : 'resume';
  const key = nextKey(brief, verb);
  const sent = await sendFenced(brief, ports, {
    input,
    phase: record.phase,
    operation: { key, kind: 'guard', part: PART, way: input.way, instances: [] },
    told: { kind: 'guardIntended', message: `about to ${verb} automatic repairs`, by: record.requestedBy },
    changes: isHolding ? { repairsHeld: 'intended' } : {},
    fences: { opens: isHolding },
    purpose: `to ${verb} automatic repairs`,
    send: (pass) => ports.compute.writing(pass).setRepairs(addressOf(brief), action),
    isOverWhenAccepted: true,
    accepted: async (now) => {
      const kind = isHolding ? 'guardHeld' : 'guardGivenBack';
      await finish(now, switched(now, action), [{ kind, message: `automatic repairs: ${verb}` }]);
      return { kind: 'done' };
    },
    unanswered: (now, { message }) =>
      wait(now, {
        seconds: ports.pace.pollSeconds,
        phase: record.phase,
        waitingFor: { kind: 'operation', message: `to ${verb} automatic repairs: ${message}` },
      }),
    refused: async (now, { code, message }) => {
      await finish(now, isHolding ? switched(now, action) : notResumed(now, code), [
        { kind: 'guardRefused', message: `automatic repairs: ${code}: ${message}` },
      ]);
      return { kind: 'done' };
    },
  });
  return sent.kind === 'more' ? { kind: 'done' } : sent;
}

/** Whatever became of an earlier try, it is no longer waited for. */
function nextKey({ records }: Brief, verb: string): string {
  const operations = records.operations.filter(({ part }) => part === PART);
  for (const operation of operations.filter((earlier) => isOpen(earlier)))
    records.putOperation({ ...operation, status: 'abandoned' });
  return `repairs-${verb}-${String(operations.length + 1).padStart(3, '0')}`;
}

function switched({ record }: Brief, action: RepairsSwitch['action']): Changes {
  if (action === 'Suspend') return { repairsHeld: 'held' };
  return { repairsHeld: undefined, guardsSettled: settling(record, PART) };
}

/** Somebody may have switched repairs off meanwhile: then nothing is held, and nothing to give back. */
function notResumed(brief: Brief, code: string): Changes {
  return code === 'OperationNotAllowed' ? switched(brief, 'Resume') : { repairsHeld: 'refused' };
}
