import { isEnded } from '../core/record/phase.ts';
import type { EndPhase } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import type { Answer } from '../core/run/answer.ts';
import { endsNow, redirectionOf } from '../core/run/direction.ts';
import { carryOutCommands } from './frame/carry-out.ts';
import type { StepInput } from './frame/input.ts';
import { leave } from './frame/leave.ts';
import type { Leave } from './frame/leave.ts';
import type { Ports } from './frame/ports.ts';
import { redirect } from './frame/redirect.ts';
import { readStep } from './frame/step.ts';
import type { Step } from './frame/step.ts';
import { waitForTurn } from './frame/turn.ts';
import { protectQuarantined } from './writes/protect-quarantined.ts';

/** One verb of the runbook, as the app registers it. Delivered at least once, so running it twice must do no harm. */
export interface StepDefinition {
  readonly name: string;
  readonly run: (input: StepInput, ports: Ports) => Promise<Answer>;
}

const FOREIGN = { kind: 'foreign' } as const;
const REDIRECTED = { kind: 'redirected', direction: 'stop' } as const;

type EndedRecord = RolloutRecord & { readonly phase: EndPhase };

interface Body {
  /** The activity's name in the workflow's history. */
  readonly name: string;
  /** What the step does, once the records are read, commands are carried out and the rollout is heading in its direction. */
  readonly run: (step: Step) => Promise<Answer>;
  /** Whether it also runs when a stopping rollout waits for nothing more: it ends the rollout. */
  readonly outlasts?: true;
  /** What it does for a rollout that has ended; by default it only says that there is nothing more to do. */
  readonly ended?: (record: EndedRecord, ports: Ports) => Promise<Answer>;
}

/**
 * Makes a step from what is specific to it. What all steps start with is here: reading the records, carrying out
 * commands, redirecting the rollout if a command or the deadline says so, waiting for its turn where the scale set was
 * held, and protecting what is quarantined.
 */
export function defineStep({ name, run, ended, outlasts }: Body): StepDefinition {
  return {
    name,
    run: async (input, ports) => {
      const found = await readStep(input, ports);
      // A workflow whose id belongs to no rollout ends: it would retry forever.
      if (found === undefined) return FOREIGN;
      const { phase } = found.record;
      if (ended !== undefined && isEnded(phase)) return ended({ ...found.record, phase }, ports);
      // fence I10: what a rollout that stops cannot see to in time is named among what it leaves
      if (outlasts !== true && endsNow(found.record, found.commands)) return REDIRECTED;
      const begun = await begin(found);
      return begun.kind === 'leave' ? begun.answer : run(begun.step);
    },
  };
}

/** Starts the same step again, where it continues after a write. */
export async function beginAgain({ record, batch, direction, ...ports }: Step): Promise<Begun> {
  const found = await readStep({ rollout: record.id, batch, direction }, ports);
  return found === undefined ? leave(FOREIGN) : begin(found);
}

type Begun = { readonly kind: 'begun'; readonly step: Step } | Leave;

/** The step is left at once if the rollout has another direction, or has just been redirected. */
async function begin(found: Step): Promise<Begun> {
  if (isEnded(found.record.phase)) return leave({ kind: 'redirected', direction: 'stop' });
  const redirection = redirectionOf(found.record, found.standing);
  // What was to be quarantined before the rollout was redirected is left alone after that, too.
  const onlyQuarantine =
    redirection !== undefined || found.direction !== 'forward' || found.record.direction !== 'forward';
  const step = await carryOutCommands(found, { onlyQuarantine });
  if (redirection !== undefined) return leave(await redirect(step, redirection));
  const { direction } = step.record;
  if (direction !== step.direction && direction !== 'forward') {
    return leave({ kind: 'redirected', direction });
  }
  const turn = await waitForTurn(step);
  if (turn.kind === 'leave') return turn;
  const answer = await protectQuarantined(turn.value);
  return answer === undefined ? { kind: 'begun', step: turn.value } : leave(answer);
}
