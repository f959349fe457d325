import type { Answer } from '../core/answer.ts';
import { settling } from '../core/held-guards.ts';
import { readPlan } from '../store/plans.ts';
import { begin } from './begin.ts';
import { finish, save, wait } from './brief.ts';
import type { Brief, Changes } from './brief.ts';
import { defineStep } from './define.ts';
import type { StepInput } from './define.ts';
import { barrierTo } from './fence.ts';
import { addressOf, CONFLICT_SECONDS } from './model-write.ts';
import { waitWhilePaused } from './paused.ts';
import type { Ports } from './ports.ts';
import { holdFor, waitOutHold } from './reads.ts';
import { answerTo } from './withhold.ts';

/** Suspends automatic repairs before the first write: Azure would replace instances that an upgrade takes down. */
export const holdGuards = defineStep({
  name: 'holdGuards',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record } = brief;
    if (record.repairsHeld === 'held' || record.modelState !== 'before') return { kind: 'done' };
    const kept = await readPlan(ports.store, record.id);
    if (kept?.plan.guards.repairs !== true) return { kind: 'done' };
    if (record.opened !== input.batch) return { kind: 'again' };
    if (brief.standing.paused) return waitWhilePaused(brief, ports);
    const held = await waitOutHold(brief, ports, { name: 'write', phase: record.phase });
    return held ?? switchRepairs(brief, ports, { input, action: 'Suspend' });
  },
});

export interface RepairsSwitch {
  readonly input: StepInput;
  readonly action: 'Suspend' | 'Resume';
}

/** Asking twice does no harm, so a lost answer is simply asked again; the intent keeps it from being forgotten. */
export async function switchRepairs(
  brief: Brief,
  ports: Ports,
  { input, action }: RepairsSwitch,
): Promise<Answer> {
  const isHolding = action === 'Suspend';
  const verb = isHolding ? 'suspend' : 'resume';
  const told = await save(brief, ports, isHolding ? { repairsHeld: 'intended' } : {}, [
    { kind: 'guardIntended', message: `about to ${verb} automatic repairs`, by: brief.record.requestedBy },
  ]);
  const barrier = await barrierTo(input, told, ports, { opens: isHolding });
  if (barrier !== undefined) return answerTo(barrier, told, ports);
  const answer = await ports.compute.setRepairs(addressOf(brief), action);
  const now = { ...told, now: ports.clock.now() };
  const again = (seconds: number, message: string): Promise<Answer> =>
    wait(now, ports, {
      seconds,
      phase: now.record.phase,
      waitingFor: { kind: 'operation', message: `to ${verb} automatic repairs: ${message}` },
      changes: { holds: holdFor(now, 'write', seconds) },
    });
  switch (answer.kind) {
    case 'accepted':
      await finish(now, ports, switched(now, action), [
        { kind: isHolding ? 'guardHeld' : 'guardGivenBack', message: `automatic repairs: ${verb}` },
      ]);
      return { kind: 'done' };
    case 'throttled':
      return again(answer.retryAfterSeconds, 'Azure limits the rate of writes just now');
    case 'conflict':
    case 'modelMoved':
      return again(CONFLICT_SECONDS, answer.message);
    case 'unknown':
      return again(ports.pace.pollSeconds, answer.message);
    case 'refused':
      await finish(now, ports, isHolding ? switched(now, action) : notResumed(now, answer.code), [
        { kind: 'guardRefused', message: `automatic repairs: ${answer.code}: ${answer.message}` },
      ]);
      return { kind: 'done' };
  }
}

function switched({ record }: Brief, action: RepairsSwitch['action']): Changes {
  if (action === 'Suspend') return { repairsHeld: 'held' };
  return { repairsHeld: undefined, guardsSettled: settling(record, 'automaticRepairs') };
}

/** Somebody may have switched repairs off meanwhile: then nothing is held, and nothing to give back. */
function notResumed(brief: Brief, code: string): Changes {
  return code === 'OperationNotAllowed' ? switched(brief, 'Resume') : { repairsHeld: 'refused' };
}
