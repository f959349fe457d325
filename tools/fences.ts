import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { cacheCompiled } from './compile-cache.ts';
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
  const ran = await passWhole(chosen);
  if (ran === undefined) {
    process.exitCode = 1;
    return;
  }
  const verdicts = await judge(longestFirst(chosen, ran));
  const wrong = verdicts.filter((verdict) => !isKilled(verdict));
  console.log(`\n${verdicts.length} fences, ${wrong.length} of them not missed by their test`);
  for (const verdict of wrong) console.log(line(verdict));
  process.exitCode = chosen.length > 0 && wrong.length === 0 ? 0 : 1;
}

/**
 * With all fences in place every test must pass: else its failure would prove nothing. Answers with how long each took,
 * or with nothing where one failed.
 */
async function passWhole(fences: readonly Fence[]): Promise<Outcome['ran'] | undefined> {
  const files = [...Map.groupBy(fences, ({ test: [file] }) => file).values()];
  const outcomes = await onEachCore(files, async (runner, group) =>
    runner.run(group.map(({ test }) => test)),
  );
  const [ran, failed, broken] = [
    outcomes.flatMap((outcome) => outcome.ran),
    outcomes.flatMap((outcome) => outcome.failed),
    outcomes.flatMap((outcome) => outcome.broken),
  ];
  console.log(`with every fence in place ${ran.length} tests ran, ${failed.length + broken.length} failed`);
  for (const { test, message } of failed) console.log(`  ${test}: ${message}`);
  for (const message of broken) console.log(`  ${message}`);
  return failed.length === 0 && broken.length === 0 ? ran : undefined;
}

/** What takes longest first, so that no core is left with it alone in the end. */
function longestFirst(fences: readonly Fence[], ran: Outcome['ran']): readonly Fence[] {
  const took = ({ test: [file, name] }: Fence): number =>
    ran
      .filter((one) => one.file === `test/${file}` && one.test.includes(name))
      .reduce((sum, { ms }) => sum + ms, 0);
  return fences.toSorted((a, b) => took(b) - took(a));
}

async function judge(fences: readonly Fence[]): Promise<readonly Verdict[]> {
  return onEachCore(fences, async (runner, fence) => {
    const started = performance.now();
    const outcome = await runner.runWithout(fence);
    const verdict = { fence, outcome, seconds: (performance.now() - started) / 1000 };
    console.log(line(verdict));
    return verdict;
  });
}

/** Does the work in its order, each core taking what comes next. */
async function onEachCore<T, R>(
  items: readonly T[],
  act: (runner: FenceRunner, item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const left = [...items];
  const work = async (): Promise<void> => {
    await using runner = await FenceRunner.open();
    for (let item = left.shift(); item !== undefined; item = left.shift())
      results.push(await act(runner, item));
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), left.length) }, work));
  return results;
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
      : outcome.ran.length === 0
        ? 'NO TEST RAN'
        : 'SURVIVED';
  return `${took}  ${what}\n         ${why}: ${fence.test.join(': ')}`;
}

cacheCompiled();
await main();
