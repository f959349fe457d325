import { isEnded } from '../core/record/phase.ts';
import type { Answer } from '../core/run/answer.ts';
import { turnOf } from '../core/run/course.ts';
import { readBrief, turnTo } from './frame/brief.ts';
import type { Brief } from './frame/brief.ts';
import { carryOutCommands } from './frame/carry-out.ts';
import type { StepInput } from './frame/define.ts';
import type { Ports } from './frame/ports.ts';
import { protectQuarantined } from './writes/protect-quarantined.ts';

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
  const brief = await carryOutCommands(found, { onlyQuarantine });
  const { record } = brief;
  if (turn !== undefined) return { kind: 'over', answer: await turnTo(brief, turn) };
  if (record.course.kind !== way && record.course.kind !== 'forward') {
    return { kind: 'over', answer: { kind: 'turned', course: record.course.kind } };
  }
  const answer = await protectQuarantined(brief, ports, input);
  return answer === undefined ? { kind: 'go', brief } : { kind: 'over', answer };
}
