import { parseArgs } from 'node:util';
import { judgeRun } from './support/makespan.ts';
import type { Judged } from './support/makespan.ts';
import { startLab } from '../test/lab/lab.ts';

/**
 * How long a rollout takes, in virtual time, against what no client could beat: the same instances with the same seed,
 * their ends known as they happen (P1 and P2 of the anchors' section 3.5). Seeds from 101 on are never used for tuning.
 */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '5' }, from: { type: 'string', default: '101' } },
});
const SHAPES = [
  { count: 10, pacing: 'barrier', target: 1.05 },
  { count: 100, pacing: 'barrier', target: 1.05 },
  { count: 1000, pacing: 'barrier', target: 1.05 },
  { count: 10, pacing: 'sliding', target: 1.15 },
  { count: 100, pacing: 'sliding', target: 1.08 },
  { count: 1000, pacing: 'sliding', target: 1.08 },
] as const;

async function rollOut(count: number, pacing: 'barrier' | 'sliding', seed: number): Promise<Judged> {
  await using lab = await startLab({ count, seed });
  const { phase, batches } = await lab.rollOut({ strategy: { pacing, maxUnavailable: '20%' } });
  if (phase !== 'succeeded') throw new Error(`The rollout ended ${phase}.`);
  return judgeRun(lab.log, batches);
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

for (const { count, pacing, target } of SHAPES) {
  const runs: Judged[] = [];
  for (let index = 0; index < Number(values.seeds); index += 1)
    runs.push(await rollOut(count, pacing, Number(values.from) + index));
  const ratios = runs.map(({ seconds, limits }) => seconds / limits[pacing]);
  console.log(
    `${count} instances, ${pacing}: ${Math.round(mean(runs.map(({ seconds }) => seconds)))} s, ` +
      `${mean(ratios).toFixed(3)} of the limit (at most ${Math.max(...ratios).toFixed(3)}, wanted ${target}), ` +
      `${Math.round(mean(runs.map(({ requests }) => requests)))} requests, ` +
      `${runs.reduce((sum, { throttled }) => sum + throttled, 0)} of them throttled`,
  );
}
