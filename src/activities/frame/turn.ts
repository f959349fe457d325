import { audit } from '../../core/messages/audit.ts';
import { failures } from '../../core/messages/failures.ts';
import { waits } from '../../core/messages/waits.ts';
import { queuedOf } from '../../core/run/queue.ts';
import { takeTurn } from '../../store/queue.ts';
import type { Turn } from '../../store/queue.ts';
import { save } from './commit.ts';
import { found, leave } from './leave.ts';
import type { OrLeave } from './leave.ts';
import { redirect } from './redirect.ts';
import type { Step } from './step.ts';
import { wait } from './wait.ts';

/** Nobody wakes those that wait; the next one looks more often. */
const NEXT_SECONDS = 15;
const LATER_SECONDS = 60;

/** A rollout that was accepted while another one held its scale set does nothing before it has its turn. */
export async function waitForTurn(step: Step): Promise<OrLeave<Step>> {
  const { record, store, now } = step;
  if (record.fencingToken > 0 || record.direction !== 'forward') return found(step);
  const turn = await takeTurn(store, {
    scaleSet: record.scaleSet,
    queued: queuedOf(record),
    now: new Date(now).toISOString(),
  });
  switch (turn.kind) {
    case 'held': {
      const events = [{ kind: 'turnTaken', message: audit.turnTaken } as const];
      const changes = { fencingToken: turn.lease.token, phase: 'planning', waitingFor: undefined } as const;
      return found(await save(step, changes, events));
    }
    case 'queued':
      return leave(await waitBehind(step, turn));
    case 'replaced': {
      const message = failures.replaced(turn.by);
      const failure = { code: 'replaced', message, remedy: failures.replacedRemedy(turn.by) };
      return leave(await redirect(step, { direction: 'stop', endsAs: 'cancelled', failure, message }));
    }
  }
}

async function waitBehind(step: Step, { holder, place }: Extract<Turn, { readonly kind: 'queued' }>) {
  const message = waits.queue(holder, place);
  const isNews = step.record.lastEvent === 0 || step.record.waitingFor?.message !== message;
  return wait(step, {
    seconds: place === 1 ? NEXT_SECONDS : LATER_SECONDS,
    phase: 'accepted',
    waitingFor: { kind: 'queue', holder, place, message },
    events: isNews ? [{ kind: 'queued', message }] : [],
  });
}
