import { parseArgs } from 'node:util';
import { draw } from '../test/simulation/draw.ts';
import type { Drawn } from '../test/simulation/draw.ts';
import { simulate } from '../test/simulation/simulate.ts';

const USAGE = `npm run simulate -- --seeds N [--from S]
Runs N rollouts in virtual time, each drawn by a seed from S (1): another set, another strategy, other faults, crashes of
the host and lost workflows. Each is judged by the simulator's log; ends with 1 when something does not hold.`;

/** A whole number from `least` on, or undefined. */
function numberFrom(text: string | undefined, least: number): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : undefined;
}

function readArguments(): { readonly seeds: number; readonly from: number } | undefined {
  try {
    const { values } = parseArgs({
      options: { seeds: { type: 'string' }, from: { type: 'string', default: '1' } },
    });
    const [seeds, from] = [numberFrom(values.seeds, 1), numberFrom(values.from, 0)];
    return seeds === undefined || from === undefined ? undefined : { seeds, from };
  } catch {
    return undefined;
  }
}

function described({ count, mayBeDown, spec, faults, crashPercent, losses }: Drawn): string {
  const { batchBy, pacing } = spec['strategy'] as Readonly<Record<string, unknown>>;
  const troubles: string[] = faults.map(({ kind }) => kind);
  if (crashPercent > 0) troubles.push(`crashes ${crashPercent} %`);
  if (losses.length > 0) troubles.push(`lost ${losses.length}`);
  return `${count} by ${String(batchBy)}, ${String(pacing)}, ${mayBeDown} down; ${troubles.join(', ') || 'no trouble'}`;
}

async function main({ seeds, from }: { readonly seeds: number; readonly from: number }): Promise<boolean> {
  const started = performance.now();
  const broken: number[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const drawn = draw(seed);
    const { phase, crashes, recoveries, virtualSeconds, violations } = await simulate(drawn);
    const verdict = violations.length === 0 ? 'holds ' : 'BROKEN';
    console.log(
      `${verdict} seed ${seed}: ${phase} after ${virtualSeconds} s, ${crashes} crashes, ${recoveries} recoveries (${described(drawn)})`,
    );
    for (const violation of violations) console.log(`         ${violation}`);
    if (violations.length > 0) broken.push(seed);
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${seeds} rollouts in ${seconds} s, ${broken.length} of them broken`);
  for (const seed of broken) console.log(`the same again: npm run simulate -- --seeds 1 --from ${seed}`);
  return broken.length === 0;
}

const given = readArguments();
if (given === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = (await main(given)) ? 0 : 1;
}
