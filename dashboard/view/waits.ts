import type { Waits } from '../../client/types.ts';

/** Rollouts together: of all sets, of one, or of one pipeline. */
export type Waited = Waits['all'];
type Seconds = Waited['tookSeconds'];
export type Figure = keyof Seconds;

export const FIGURES = [
  ['p50', 'half'],
  ['p90', '9 of 10'],
  ['p99', '99 of 100'],
  ['most', 'the longest'],
  ['total', 'all together'],
] as const satisfies readonly (readonly [Figure, string])[];

export const KINDS = [
  ['people', 'People', 'approvals, pauses and freezes'],
  ['windows', 'Windows', 'maintenance windows and set starts'],
  ['queue', 'Queue', 'other rollouts of the scale set'],
  ['throttling', 'Throttling', 'because Azure throttled the app'],
  ['service', 'Azure', 'operations, health, answers and access'],
] as const satisfies readonly (readonly [keyof Waited['waitedSeconds'], string, string])[];

export interface WaitRow {
  readonly name: string;
  readonly waited: Waited;
}

/** Those that waited the longest, by that figure, come first. */
export function byWait(rows: readonly WaitRow[], figure: Figure): readonly WaitRow[] {
  const waitOf = ({ waited }: WaitRow): number =>
    KINDS.reduce((sum, [kind]) => sum + waited.waitedSeconds[kind][figure], 0);
  return rows.toSorted((one, other) => waitOf(other) - waitOf(one));
}

/** Which share of the whole time went into one kind of wait, in per cent. */
export function shareOf(waited: Waited, kind: keyof Waited['waitedSeconds']): number {
  const { total } = waited.tookSeconds;
  return total === 0 ? 0 : Math.round((waited.waitedSeconds[kind].total * 100) / total);
}
