import type { Happening } from '../../core/record/events.ts';
import type { Answer } from '../../core/run/answer.ts';
import type { Turn } from '../../core/run/course.ts';
import { finish } from './commit.ts';
import type { Changes } from './commit.ts';
import type { Step } from './step.ts';

/** Sets a new course for the whole rollout, in one write with whatever led to it: nothing may come between the two. */
export async function turnTo(
  step: Step,
  turn: Turn,
  {
    changes: others,
    happenings = [],
  }: { readonly changes?: Changes; readonly happenings?: readonly Happening[] } = {},
): Promise<Answer> {
  const { course, failure, message } = turn;
  if (course.kind === 'forward') throw new Error('a rollout never turns forward again');
  const changes = {
    ...others,
    course,
    gate: undefined,
    ...(failure !== undefined && { failure }),
    ...(course.kind === 'back' && { phase: 'rollingBack' as const }),
  };
  await finish(step, changes, [...happenings, { kind: 'turned', message }]);
  return { kind: 'turned', course: course.kind };
}
