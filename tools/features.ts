import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { featuresIn, problemsOf, readReport } from './features-check.ts';
import type { LastChange } from './features-check.ts';

const TABLE = 'docs/FEATURES.md';
/** What whole runs of the two lanes leave behind: `vitest.config.ts`. */
const REPORTS = { fast: '.local/reports/fast.json', long: '.local/reports/long.json' };
/** A run is of no use once one of these has changed. */
const TESTED = ['src', 'local', 'cli', 'bin', 'test', 'package-lock.json'];

function git(...words: readonly string[]): string {
  return execFileSync('git', words, { encoding: 'utf8' });
}

/** The commit that is checked out, or a file that was touched after it: a pull or an edit since the run. */
function lastChange(): LastChange {
  const head: LastChange = { what: 'the last commit', at: Number(git('log', '-1', '--format=%ct')) * 1000 };
  return git('ls-files', '-z', '--', ...TESTED)
    .split('\0')
    .filter((file) => file !== '' && existsSync(file))
    .map((file) => ({ what: file, at: statSync(file).mtimeMs }))
    .reduce((newest, change) => (change.at > newest.at ? change : newest), head);
}

/** Holds `docs/FEATURES.md` against the last whole run of both lanes: `npm run features`. */
function main(): number {
  const missing = Object.entries(REPORTS).filter(([, file]) => !existsSync(file));
  if (missing.length > 0) {
    const lanes = { fast: 'npm test', long: 'npm run test:long' };
    for (const [lane, file] of missing) {
      console.log(`There is no ${file}: run ${lanes[lane as keyof typeof lanes]} first, the whole lane.`);
    }
    return 1;
  }
  const features = featuresIn(readFileSync(TABLE, 'utf8'));
  const reports = Object.entries(REPORTS).map(([lane, file]) =>
    readReport(lane, readFileSync(file, 'utf8'), process.cwd()),
  );
  const problems = problemsOf(features, reports, lastChange());
  for (const problem of problems) console.log(`${TABLE}: ${problem}`);
  const tests = new Set(features.map(({ file, test }) => `${file} ${test}`));
  console.log(`${features.length} features, ${tests.size} tests, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = main();
