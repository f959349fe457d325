import { settling } from '../../core/record/held-guards.ts';
import type { Answer } from '../../core/run/answer.ts';
import { addressOf } from '../frame/address.ts';
import { finish, save, wait } from '../frame/brief.ts';
import type { Brief, Changes } from '../frame/brief.ts';
import type { StepInput } from '../frame/define.ts';
import { barrierTo } from '../frame/fence.ts';
import { holdFor } from '../frame/holds.ts';
import type { Ports } from '../frame/ports.ts';
import { answerTo } from '../frame/withhold.ts';
import { CONFLICT_SECONDS } from './model-write.ts';

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
