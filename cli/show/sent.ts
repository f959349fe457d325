import type { CommandName } from '../../client/call.ts';
import type { Rollout } from '../api/shapes.ts';
import { sent } from '../messages/done.ts';
import { idRanges, plain } from './text.ts';

interface Asked {
  readonly batch: number | undefined;
  readonly instances: readonly string[] | undefined;
}

/** What a command did, in one line. */
export function sentText(command: CommandName, asked: Asked, rollout: Rollout): string {
  return `✓ ${plain(sent[command](subjectOf(command, asked, rollout), standingOf(rollout)))}\n`;
}

/** What was meant: instances, a batch with its instances, or whatever the rollout was at. */
function subjectOf(command: CommandName, { batch, instances }: Asked, rollout: Rollout): string | undefined {
  if (instances !== undefined) return sent.instances(instances.length, idRanges(instances));
  if (command === 'retry') return undefined;
  const index = batch ?? rollout.batch ?? undefined;
  const named = rollout.batches?.find((one) => one.index === index);
  return named && sent.batch(named.index, idRanges(named.instances));
}

/** Only pausing keeps a rollout from going on by itself. */
function standingOf({ phase }: Rollout): 'paused' | 'goesOn' {
  return phase === 'paused' ? 'paused' : 'goesOn';
}
