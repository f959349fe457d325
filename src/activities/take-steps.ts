import { hasTimeLeft } from '../core/record/times.ts';
import type { Answer } from '../core/run/answer.ts';
import type { StepDefinition } from './define-step.ts';
import type { StepInput } from './frame/input.ts';
import type { Ports } from './frame/ports.ts';
import { STEPS } from './steps.ts';

/**
 * Runs a step, and those that the runbook names to follow it, one after the other in the same activity, each with its
 * own look at the records and its own commit. It ends with the first that has more to say than that it is done: what
 * comes after that is the runbook's to decide. Answers for each step that was run; a kill between two of them has them
 * all passed again.
 */
export async function takeSteps(
  first: StepDefinition,
  { next, ...input }: StepInput,
  ports: Ports,
): Promise<Answer | readonly Answer[]> {
  if (next === undefined) return runStep(first, input, ports);
  const begun = ports.clock.now();
  const answers = [await runStep(first, input, ports)];
  for (const turn of next.turns) {
    const step = STEPS.find(({ name }) => name === turn.step);
    const elapsed = (ports.clock.now() - begun) / 1000;
    if (step === undefined || !leavesNothing(answers.at(-1), next.batches)) break;
    if (!hasTimeLeft(elapsed, ports.pace)) break;
    answers.push(await runStep(step, { ...input, batch: turn.batch }, ports));
  }
  return answers;
}

/** Whether a step is done and says nothing by which the runbook might turn elsewhere. */
function leavesNothing(answer: Answer | undefined, known: number | undefined): boolean {
  if (answer?.kind !== 'done' || answer.batch !== undefined) return false;
  return known === undefined || answer.batches === undefined || answer.batches === known;
}

async function runStep(step: StepDefinition, input: StepInput, ports: Ports): Promise<Answer> {
  const run = () => step.run(input, ports);
  return ports.telemetry === undefined ? run() : ports.telemetry.step(step.name, input, run);
}
