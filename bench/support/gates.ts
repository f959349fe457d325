import type { Pacing, Run } from './rollout.ts';

/** P1 and P2: times the limit, the mean over all seeds; of one rollout at most `MOST`. */
export const TARGETS: Readonly<Record<Pacing, Readonly<Record<number, number>>>> = {
  barrier: { 10: 1.05, 100: 1.05, 1000: 1.05 },
  sliding: { 10: 1.15, 100: 1.08, 1000: 1.08 },
};
const MOST = { barrier: 1.1, sliding: 1.25 };

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

export const ratioOf = (run: Run, pacing: Pacing): number => run.seconds / run.limits[pacing];

/** What these rollouts of one shape miss; empty where they keep what was promised. */
export function missesOf(runs: readonly Run[], pacing: Pacing, count: number): readonly string[] {
  const ratios = runs.map((run) => ratioOf(run, pacing));
  const target = TARGETS[pacing][count] ?? Number.POSITIVE_INFINITY;
  const of = pacing === 'barrier' ? 'P1' : 'P2';
  const found: string[] = [];
  if (mean(ratios) > target) found.push(`${of}: ${mean(ratios).toFixed(3)} of the limit, target ${target}`);
  const most = Math.max(...ratios);
  if (most > MOST[pacing])
    found.push(`${of}: one took ${most.toFixed(3)} of its limit, at most ${MOST[pacing]}`);
  const over = Math.max(...runs.map(({ overP4 }) => overP4));
  if (pacing === 'barrier' && over > 0) found.push(`P4: ${over} requests too many in a batch`);
  const throttled = runs.reduce((sum, run) => sum + run.throttled, 0);
  if (throttled > 0) found.push(`P5: ${throttled} requests throttled`);
  return found;
}
