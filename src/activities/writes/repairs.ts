import { waits } from '../../core/messages/waits.ts';
import { audit } from '../../core/messages/audit.ts';
import { azure } from '../../core/messages/azure.ts';
import { guards } from '../../core/messages/guards.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import { withRestored } from '../../core/record/held-guards.ts';
import type { Operation } from '../../core/record/operation.ts';
import { isOpen } from '../../core/record/operation.ts';
import type { Answer } from '../../core/run/answer.ts';
import { MOST_LOST, pauseAfterLost } from '../../core/run/lost.ts';
import { endUnanswered } from '../frame/access.ts';
import type { Denial } from '../frame/access.ts';
import { finish } from '../frame/commit.ts';
import { wait } from '../frame/wait.ts';
import type { Changes } from '../frame/commit.ts';
import type { Step } from '../frame/step.ts';
import { redirect } from '../frame/redirect.ts';
import { readScaleSet, secondsUntilNextTry } from '../looks/reads.ts';
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
  const vain = triesInVain(step, verb);
  // fence I10: a guard that Azure does not answer about is not switched for ever
  if (vain.length >= MOST_LOST) return notAnswered(step, action, vain);
  // An outage is waited out: only an answer counts as a refusal.
  const seen = vain.length === 0 ? undefined : await readScaleSet(step, record.phase);
  if (seen?.kind === 'leave') return seen.answer;
  const key = nextKey(step, verb);
  const sent = await sendFenced(step, {
    phase: record.phase,
    operation: { key, kind: 'guard', part: PART, direction: step.direction, instances: [] },
    told: { kind: 'guardIntended', message: audit.repairsIntended(verb), by: record.requestedBy },
    changes: isHolding ? { repairsHeld: 'intended' } : {},
    ...(isHolding && record.repairsHeld === undefined && { undone: { repairsHeld: undefined } }),
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
        seconds: Math.max(secondsUntilNextTry(now), pauseAfterLost(vain.length + 1)),
        phase: record.phase,
        waitingFor: { kind: 'unreachable', message: azure.unreachable(message) },
      }),
    refused: async (now, refusal) => (isHolding ? notHeld(now, refusal) : notGivenBack(now, refusal)),
    ...(!isHolding && { staysDenied: notGivenBack }),
  });
  return sent.kind === 'more' ? { kind: 'done' } : sent;
}

/** Consecutive attempts without an answer so far. */
function triesInVain({ records }: Step, verb: string): readonly Operation[] {
  const tries = records.operations.filter(
    ({ part, key }) => part === PART && key.startsWith(`repairs-${verb}`),
  );
  const last = tries.findLastIndex(({ silence }) => silence === undefined);
  return tries.slice(last + 1);
}

async function notAnswered(
  step: Step,
  action: RepairsSwitch['action'],
  tries: readonly Operation[],
): Promise<Answer> {
  const message = tries.at(-1)?.silence ?? azure.noAnswer;
  if (action === 'Resume') return notGivenBack(step, { code: 'NoAnswer', message });
  return endUnanswered(step, { silence: message });
}

/** Whatever became of an earlier attempt, the rollout no longer waits for it. */
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

/** If repairs are off, there is nothing to hold; if they cannot be suspended, the rollout must not run. */
async function notHeld(step: Step, { code, message }: Denial): Promise<Answer> {
  if (code === 'OperationNotAllowed') {
    await finish(step, { repairsHeld: undefined }, [refusedGuard('suspend', { code, message })]);
    return { kind: 'done' };
  }
  const remedy = guards.repairsNotHeldRemedy;
  const failure = { code: 'refusedByAzure', message: guards.repairsNotHeld(code, message), remedy };
  const refused = { direction: 'stop', endsAs: 'refused', failure, message: failure.message } as const;
  const changes = { repairsHeld: undefined };
  return redirect(step, refused, { changes, events: [refusedGuard('suspend', { code, message })] });
}

async function notGivenBack(step: Step, denial: Denial): Promise<Answer> {
  const isFree = step.record.repairsHeld === 'intended' && !(await mayBeSuspended(step));
  // fence V7: a guard is not called held that Azure shows at work
  const changes = isFree ? { repairsHeld: undefined } : notResumed(step, denial.code);
  await finish(step, changes, [refusedGuard('resume', denial)]);
  return { kind: 'done' };
}

async function mayBeSuspended({ compute, address }: Step): Promise<boolean> {
  const read = await compute.repairs(address);
  return read.kind !== 'ok' || read.value === 'suspended';
}

function refusedGuard(verb: 'suspend' | 'resume', { code, message }: Denial): RolloutEvent {
  return { kind: 'guardRefused', message: audit.repairsRefused(verb, code, message) };
}

/** Somebody may have switched repairs off in the meantime: then nothing is held, and there is nothing to restore. */
function notResumed(step: Step, code: string): Changes {
  return code === 'OperationNotAllowed' ? switched(step, 'Resume') : { repairsHeld: 'refused' };
}
