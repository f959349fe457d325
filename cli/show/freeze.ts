import type { Freeze } from '../api/switches.ts';
import { plain } from './text.ts';
import { switches as words } from '../messages/explain.ts';

/** Whether writes are stopped; and where it is told, who has stopped them and let them go on. */
export function freezeText({ frozen, by, since, reason, acts }: Freeze): string {
  const now = frozen ? words.frozen(by, since, reason) : words.notFrozen;
  const past = (acts ?? []).map(({ kind, at, by: who, reason: why }) =>
    words.act(at, kind === 'lift' ? 'lifted' : 'frozen', who, why),
  );
  return [now, ...past].map((line) => `${plain(line)}\n`).join('');
}
