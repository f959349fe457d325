import type { Next, Rollout } from '../api/shapes.ts';
import { waitsForPeople } from './status.ts';
import { shortRanges } from './text.ts';

/** Something that a person may ask of a rollout now. */
export interface Action {
  readonly next: Next;
  readonly label: string;
  /** Whether it ends what the rollout waits for. */
  readonly isMain: boolean;
  readonly isDangerous: boolean;
}

/** Other commands are offered beside, whoever may ask for nothing else. */
const ENDS_WAITS: ReadonlySet<string> = new Set(['approve', 'retry', 'resume']);

const DANGEROUS: ReadonlySet<string> = new Set(['rollback', 'abort', 'reject']);

/** What the rollout itself says is possible, in its order: what ends the wait comes first. */
export function actionsOf(rollout: Rollout): readonly Action[] {
  const isWaiting = waitsForPeople(rollout);
  return rollout.next.map((next, index) => ({
    next,
    label: labelOf(next, rollout),
    isMain: isWaiting && index === 0 && ENDS_WAITS.has(next.command),
    isDangerous: DANGEROUS.has(next.command),
  }));
}

function labelOf({ command, batch, instances }: Next, rollout: Rollout): string {
  const name = batch === undefined ? undefined : rollout.batches[batch]?.name;
  const which = name ?? (instances === undefined ? undefined : shortRanges(instances));
  const verb = VERBS[command] ?? command;
  return which === undefined || command === 'reject' ? verb : `${verb} ${which}`;
}

export const VERBS: Readonly<Record<string, string>> = {
  approve: 'Approve',
  reject: 'Reject',
  retry: 'Retry what failed',
  resume: 'Resume',
  skip: 'Skip',
  quarantine: 'Quarantine',
  pause: 'Pause',
  rollback: 'Roll back',
  abort: 'Abort',
};
