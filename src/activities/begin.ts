import type { Answer } from '../core/answer.ts';
import { turnOf } from '../core/course.ts';
import { isEnded } from '../core/rollout.ts';
import { readBrief, turnTo } from './brief.ts';
import type { Brief } from './brief.ts';
import { carryOutCommands } from './carry-out.ts';
import type { StepInput } from './define.ts';
import type { Ports } from './ports.ts';
import { protectQuarantined } from './protect-quarantined.ts';

export type Begun =
  | { readonly kind: 'go'; readonly brief: Brief }
  | { readonly kind: 'over'; readonly answer: Answer };

/** Opens a step of one way; it is over at once when the rollout goes, or has just turned, another way. */
export async function begin(input: StepInput, ports: Ports): Promise<Begun> {
  const { rollout, way } = input;
  const found = await readBrief(rollout, ports);
  if (isEnded(found.record.phase)) return { kind: 'over', answer: { kind: 'turned', course: 'stop' } };
  const turn = turnOf(found.record, found.standing);
  // What was to be quarantined before the rollout turned is left alone on its other way, too.
  const onlyQuarantine = turn !== undefined || way !== 'forward' || found.record.course.kind !== 'forward';
  const brief = await carryOutCommands(found, ports, { onlyQuarantine });
  const { record } = brief;
  if (turn !== undefined) return { kind: 'over', answer: await turnTo(brief, ports, turn) };
  if (record.course.kind !== way && record.course.kind !== 'forward') {
    return { kind: 'over', answer: { kind: 'turned', course: record.course.kind } };
  }
  const answer = await protectQuarantined(brief, ports, input);
  return answer === undefined ? { kind: 'go', brief } : { kind: 'over', answer };
}
