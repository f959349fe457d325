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
  /** Whether it is done also when a rollout that stops waits for nothing any more: it ends it. */
  readonly outlasts?: true;
  /** What it does for a rollout that has ended; by default it only says that there is nothing more to do. */
  readonly ended?: (record: EndedRecord, ports: Ports) => Promise<Answer>;
}

/**
 * Makes a step of what is its own. What all steps begin with stands here: reading the records, carrying out commands,
 * redirecting the rollout where a command or the deadline says so, and protecting what is quarantined.
 */
export function defineStep({ name, run, ended, outlasts }: Body): StepDefinition {
  return {
    name,
    run: async (input, ports) => {
      const found = await readStep(input, ports);
      // A workflow whose id is no rollout's ends: it would try again for ever.
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

/** Begins the same step once more, where it goes on after a write. */
export async function beginAgain({ record, batch, direction, ...ports }: Step): Promise<Begun> {
  const found = await readStep({ rollout: record.id, batch, direction }, ports);
  return found === undefined ? leave(FOREIGN) : begin(found);
}

type Begun = { readonly kind: 'begun'; readonly step: Step } | Leave;

/** It is left at once when the rollout is heading elsewhere, or has just been redirected. */
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
  const answer = await protectQuarantined(step);
  return answer === undefined ? { kind: 'begun', step } : leave(answer);
}
