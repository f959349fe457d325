import type { Next, Rollout } from '../api/shapes.ts';
import { VERBS } from './actions.ts';
import { hasEnded } from './status.ts';
import { counted, shortRanges } from './text.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  reject: 'The rollout ends. What is upgraded already stays upgraded.',
  retry: 'The failed instances are upgraded once more, and the rollout goes on.',
  resume: 'The rollout goes on where it stopped.',
  pause: 'Nothing new is sent to Azure. What runs there goes on to its end.',
  rollback: 'The model and every touched instance go back to what they were.',
  abort: 'Nothing new is begun, and nothing is taken back: the scale set stays in between.',
};

/** What a command does, in one sentence, before it is done. */
export function meaningOf({ command, batch, instances = [] }: Next, rollout: Rollout): string {
  const meant = batch === undefined ? instances : (rollout.batches[batch]?.instances ?? []);
  const those = `${counted(meant.length, 'instance')} (${shortRanges(meant)})`;
  if (command === 'approve') return `${those} ${meant.length === 1 ? 'is' : 'are'} next.`;
  if (command === 'skip') return `${those} ${meant.length === 1 ? 'stays as it is' : 'stay as they are'}.`;
  if (command === 'quarantine')
    return `${those}: protected in Azure from scale-in and repairs, and left for somebody to look into.`;
  return MEANINGS[command] ?? '';
}

/** A command that is not possible, and why. */
export interface Barred {
  readonly label: string;
  readonly why: string;
}

const CONDITIONS: Readonly<Record<string, string>> = {
  approve: 'nothing waits for an approval',
  reject: 'nothing waits for an approval',
  retry: 'it is not paused after a failure',
  resume: 'it is not paused',
  skip: 'it is neither waiting nor paused',
  quarantine: 'no instance has failed, or it is not waiting',
  pause: 'it is paused already',
  rollback: 'it is no longer going forward',
  abort: 'it is about to stop',
};

/** What is not possible now, or not for this caller, and why. */
export function barredOf(rollout: Rollout): readonly Barred[] {
  const possible = new Set<string>(rollout.next.map(({ command }) => command));
  const denied = new Map<string, string>(rollout.denied?.map(({ command, message }) => [command, message]));
  return Object.entries(CONDITIONS)
    .filter(([command]) => !possible.has(command))
    .map(([command, why]) => ({
      label: VERBS[command] ?? command,
      why: denied.get(command) ?? (hasEnded(rollout) ? 'the rollout has ended' : why),
    }));
}
