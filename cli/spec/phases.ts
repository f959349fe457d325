import { InvalidArgumentError } from 'commander';
import type { Given } from '../../client/call.ts';
import { usage } from '../messages/usage.ts';
import { meantBy } from '../parse/meant.ts';

export type Phase = NonNullable<NonNullable<Given<'getRollouts'>['query']>['phase']>;

/** In which a rollout can be. */
export const PHASES = [
  'accepted',
  'planning',
  'waiting',
  'applyingModel',
  'upgrading',
  'settling',
  'soaking',
  'paused',
  'rollingBack',
  'succeeded',
  'rolledBack',
  'halted',
  'failed',
  'refused',
  'rejected',
  'cancelled',
] as const satisfies readonly Phase[];

/** One or several of them, as in `waiting,paused`. */
export function parsePhases(text: string): readonly Phase[] {
  return text.split(',').map((name) => {
    const phase = PHASES.find((one) => one === name);
    if (phase === undefined)
      throw new InvalidArgumentError(usage.unknownChoice(meantBy(name, PHASES), PHASES));
    return phase;
  });
}
