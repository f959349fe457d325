import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { marksIn } from './features/marks.ts';
import { linesIn, pageOf } from './features/page.ts';
import { readReport } from './features/report.ts';
import type { Report } from './features/report.ts';
import { rowsOf } from './features/rows.ts';

const PAGE = 'docs/FEATURES.md';
const FORMATTER = 'node_modules/oxfmt/bin/oxfmt';
/** What whole runs of the lanes leave behind: `vitest.config.ts`. */
const LANES = { fast: 'npm test', long: 'npm run test:long' };
/** A run is of no use once one of these has changed. */
const TESTED = ['src', 'local', 'cli', 'bin', 'test', 'package-lock.json'];

interface Change {
  readonly what: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

function git(...words: readonly string[]): string {
  return execFileSync('git', words, { encoding: 'utf8' });
}

/** The commit that is checked out, or a file that was touched after it: a pull or an edit since the run. */
function lastChange(): Change {
  const head: Change = { what: 'the last commit', at: Number(git('log', '-1', '--format=%ct')) * 1000 };
  return git('ls-files', '-z', '--', ...TESTED)
    .split('\0')
    .filter((file) => file !== '' && existsSync(file))
    .map((file) => ({ what: file, at: statSync(file).mtimeMs }))
    .reduce((newest, change) => (change.at > newest.at ? change : newest), head);
}

function reportOf(lane: keyof typeof LANES): Report | string {
  const file = `.local/reports/${lane}.json`;
  if (!existsSync(file)) return `There is no ${file}: run ${LANES[lane]} first, the whole lane.`;
  return readReport(lane, readFileSync(file, 'utf8'), process.cwd());
}

function staleIn(reports: readonly Report[]): readonly string[] {
  const change = lastChange();
  const time = (at: number): string => new Date(at).toISOString();
  return reports
    .filter(({ startedAt }) => startedAt <= change.at)
    .map(
      ({ name, startedAt }) =>
        `the report ${name} of ${time(startedAt)} is older than ${change.what} of ${time(change.at)}: run that lane again`,
    );
}

function differences(expected: string, found: string): readonly string[] {
  const [there, wanted] = [new Set(linesIn(found)), new Set(linesIn(expected))];
  const advice = 'npm run features -- --write makes the page anew';
  return [
    ...[...wanted].filter((line) => !there.has(line)).map((line) => `${PAGE} lacks ${line} (${advice})`),
    ...[...there].filter((line) => !wanted.has(line)).map((line) => `no test proves ${line} (${advice})`),
  ];
}

/** Makes `docs/FEATURES.md` from the tests' marks and the lanes' reports, or holds the page against them. */
function main(isWriting: boolean): number {
  const found = Object.keys(LANES).map((lane) => reportOf(lane as keyof typeof LANES));
  const missing = found.filter((report) => typeof report === 'string');
  if (missing.length > 0) {
    for (const one of missing) console.log(one);
    return 1;
  }
  const reports = found.filter((report) => typeof report !== 'string');
  const marks = globSync('test/**/*.{test,long}.ts')
    .sort()
    .flatMap((file) => marksIn(file, readFileSync(file, 'utf8')));
  const { rows, problems } = rowsOf(marks, reports);
  const page = pageOf(rows);
  if (isWriting && problems.length === 0) {
    writeFileSync(PAGE, page);
    execFileSync(process.execPath, [FORMATTER, PAGE], { stdio: 'inherit' });
  }
  const shown = problems.length > 0 ? [] : differences(page, readFileSync(PAGE, 'utf8'));
  const all = [...(isWriting ? [] : staleIn(reports)), ...problems, ...shown];
  for (const problem of all) console.log(problem);
  const tests = new Set(rows.map(({ file, test }) => `${file} ${test}`));
  console.log(`${rows.length} features, ${tests.size} tests, ${all.length} problems`);
  return all.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.includes('--write'));
