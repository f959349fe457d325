import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { FENCES } from './fences/all.ts';
import { removeFence } from './fences/fence.ts';
import type { Fence } from './fences/fence.ts';
import { FenceRunner, sourceOf } from './fences/run.ts';
import type { Outcome } from './fences/run.ts';

interface Verdict {
  readonly fence: Fence;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/**
 * Takes each fence out of the source, one at a time and in memory only, and shows which test fails then; ends with 1
 * when one does not. `--only TEXT` looks at the fences whose name, file or invariant has the text.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
  const chosen = FENCES.filter(({ name, file, invariant, test }) =>
    [name, file, `${invariant} `, test[0]].some((text) => text.includes(values.only)),
  );
  for (const fence of chosen) removeFence(sourceOf(fence), fence);
  if (!(await passesWhole(chosen))) {
    process.exitCode = 1;
    return;
  }
  const verdicts = await judge(chosen);
  const wrong = verdicts.filter((verdict) => !isKilled(verdict));
  console.log(`\n${verdicts.length} fences, ${wrong.length} of them not missed by their test`);
  for (const verdict of wrong) console.log(line(verdict));
  process.exitCode = chosen.length > 0 && wrong.length === 0 ? 0 : 1;
}

/** With all fences in place every test must pass: else its failure would prove nothing. */
async function passesWhole(fences: readonly Fence[]): Promise<boolean> {
  await using runner = await FenceRunner.open();
  const { ran, failed, broken } = await runner.run(fences.map(({ test }) => test));
  console.log(`with every fence in place ${ran} tests ran, ${failed.length + broken.length} failed`);
  for (const { test, message } of failed) console.log(`  ${test}: ${message}`);
  for (const message of broken) console.log(`  ${message}`);
  return failed.length === 0 && broken.length === 0;
}

async function judge(fences: readonly Fence[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const left = [...fences];
  const work = async (): Promise<void> => {
    await using runner = await FenceRunner.open();
    for (let fence = left.shift(); fence !== undefined; fence = left.shift()) {
      const started = performance.now();
      const outcome = await runner.run([fence.test], fence);
      const verdict = { fence, outcome, seconds: (performance.now() - started) / 1000 };
      verdicts.push(verdict);
      console.log(line(verdict));
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), left.length) }, work));
  return verdicts;
}

function isKilled({ outcome: { failed, broken } }: Verdict): boolean {
  return failed.length > 0 && broken.length === 0;
}

function line(verdict: Verdict): string {
  const { fence, outcome, seconds } = verdict;
  const what = `${fence.invariant.padEnd(4)}${fence.name} (${fence.file})`;
  const [first] = outcome.failed;
  const took = `${seconds.toFixed(1)} s`.padStart(7);
  if (first !== undefined && isKilled(verdict))
    return `${took}  ${what}\n         killed by ${fence.test[0]}: ${first.test}\n           ${first.message}`;
  const why =
    outcome.broken.length > 0
      ? `BROKEN: ${outcome.broken.join('; ')}`
      : outcome.ran === 0
        ? 'NO TEST RAN'
        : 'SURVIVED';
  return `${took}  ${what}\n         ${why}: ${fence.test.join(': ')}`;
}

await main();
