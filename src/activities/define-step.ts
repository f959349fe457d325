import { isEnded } from '../core/record/phase.ts';
import type { EndPhase } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import type { Answer } from '../core/run/answer.ts';
import { turnOf } from '../core/run/course.ts';
import { carryOutCommands } from './frame/carry-out.ts';
import type { StepInput } from './frame/input.ts';
import { leave } from './frame/leave.ts';
import type { Leave } from './frame/leave.ts';
import type { Ports } from './frame/ports.ts';
import { readStep } from './frame/step.ts';
import type { Step } from './frame/step.ts';
import { turnTo } from './frame/turn.ts';
import { protectQuarantined } from './writes/protect-quarantined.ts';

/** One verb of the runbook, as the app registers it. Delivered at least once, so running it twice must do no harm. */
export interface StepDefinition {
  readonly name: string;
  readonly run: (input: StepInput, ports: Ports) => Promise<Answer>;
}

type EndedRecord = RolloutRecord & { readonly phase: EndPhase };

interface Body {
  /** The activity's name in the workflow's history. */
  readonly name: string;
  /** What the step does, once the records are read, commands are carried out and the rollout is heading its way. */
  readonly run: (step: Step) => Promise<Answer>;
  /** What it does for a rollout that has ended; by default it only says that there is nothing more to do. */
  readonly ended?: (record: EndedRecord, ports: Ports) => Promise<Answer>;
}

/**
 * Makes a step of what is its own. What all steps begin with stands here: reading the records, carrying out commands,
 * turning where a command or the deadline says so, and protecting what is quarantined.
 */
export function defineStep({ name, run, ended }: Body): StepDefinition {
  return {
    name,
    run: async (input, ports) => {
      const found = await readStep(input, ports);
      const { phase } = found.record;
      if (ended !== undefined && isEnded(phase)) return ended({ ...found.record, phase }, ports);
      const opened = await open(found);
      return opened.kind === 'leave' ? opened.answer : run(opened.step);
    },
  };
}

/** Opens the same step once more, where it goes on after a write. */
export async function reopen({ record, batch, way, ...ports }: Step): Promise<Opened> {
  return open(await readStep({ rollout: record.id, batch, way }, ports));
}

type Opened = { readonly kind: 'open'; readonly step: Step } | Leave;

/** It is left at once when the rollout goes, or has just turned, another way. */
async function open(found: Step): Promise<Opened> {
  if (isEnded(found.record.phase)) return leave({ kind: 'turned', course: 'stop' });
  const turn = turnOf(found.record, found.standing);
  // What was to be quarantined before the rollout turned is left alone on its other way, too.
  const onlyQuarantine =
    turn !== undefined || found.way !== 'forward' || found.record.course.kind !== 'forward';
  const step = await carryOutCommands(found, { onlyQuarantine });
  if (turn !== undefined) return leave(await turnTo(step, turn));
  const { course } = step.record;
  if (course.kind !== step.way && course.kind !== 'forward') {
    return leave({ kind: 'turned', course: course.kind });
  }
  const answer = await protectQuarantined(step);
  return answer === undefined ? { kind: 'open', step } : leave(answer);
}
