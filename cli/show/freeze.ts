import type { Freeze } from '../api/switches.ts';
import { plain } from './text.ts';

/** Whether writes are stopped; and where it is told, who has stopped them and let them go on. */
export function freezeText({ frozen, by, since, reason, acts }: Freeze): string {
  const now = frozen
    ? `frozen by ${by ?? 'somebody'} since ${since ?? 'some time'}: ${reason ?? ''}`
    : 'not frozen: rollouts may write';
  const past = (acts ?? []).map(
    ({ kind, at, by: who, reason: why }) =>
      `${at}  ${kind === 'lift' ? 'lifted' : 'frozen'} by ${who}: ${why}`,
  );
  return [now, ...past].map((line) => `${plain(line)}\n`).join('');
}
