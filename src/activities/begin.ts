import type { Answer } from '../core/answer.ts';
import { turnOf } from '../core/course.ts';
import { isEnded } from '../core/rollout.ts';
import { readBrief, turnTo } from './brief.ts';
import type { Brief } from './brief.ts';
import { carryOutCommands } from './carry-out.ts';
import type { StepInput } from './define.ts';
import type { Ports } from './ports.ts';

export type Begun =
  | { readonly kind: 'go'; readonly brief: Brief }
  | { readonly kind: 'over'; readonly answer: Answer };

/** Opens a step of one way; it is over at once when the rollout goes, or has just turned, another way. */
export async function begin({ rollout, way }: StepInput, ports: Ports): Promise<Begun> {
  const brief = await readBrief(rollout, ports);
  const { record, standing } = brief;
  if (isEnded(record.phase)) return { kind: 'over', answer: { kind: 'turned', course: 'stop' } };
  const turn = turnOf(record, standing);
  if (turn !== undefined) return { kind: 'over', answer: await turnTo(brief, ports, turn) };
  if (record.course.kind !== way && record.course.kind !== 'forward') {
    return { kind: 'over', answer: { kind: 'turned', course: record.course.kind } };
  }
  return { kind: 'go', brief: way === 'forward' ? await carryOutCommands(brief, ports) : brief };
}
