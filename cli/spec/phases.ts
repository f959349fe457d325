import { InvalidArgumentError } from 'commander';
import type { Given } from '../../client/call.ts';
import { usage } from '../messages/usage.ts';
import { meantBy } from '../parse/meant.ts';

export type Phase = NonNullable<NonNullable<Given<'getRollouts'>['query']>['phase']>;

/** Each once: it compiles only with all that the API knows, and no other. */
const EACH: Readonly<Record<Phase, true>> = {
  accepted: true,
  planning: true,
  waiting: true,
  applyingModel: true,
  upgrading: true,
  settling: true,
  soaking: true,
  paused: true,
  rollingBack: true,
  succeeded: true,
  rolledBack: true,
  halted: true,
  failed: true,
  refused: true,
  rejected: true,
  cancelled: true,
};

/** In which a rollout can be. */
export const PHASES = Object.keys(EACH) as readonly Phase[];

/** One or several of them, as in `waiting,paused`. */
export function parsePhases(text: string): readonly Phase[] {
  return text.split(',').map((name) => {
    const phase = PHASES.find((one) => one === name);
    if (phase === undefined)
      throw new InvalidArgumentError(usage.unknownChoice(meantBy(name, PHASES), PHASES));
    return phase;
  });
}
