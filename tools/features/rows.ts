import type { Mark } from './marks.ts';
import type { Outcome, Report } from './report.ts';

/** A row of `docs/FEATURES.md`: a feature and the test that proved it in the last run. */
export interface Row extends Mark {
  readonly test: string;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly problems: readonly string[];
}

/** A test that proves everything proves nothing in particular. */
const MOST_ROWS = 3;

/** Finds the test below each mark in the lanes' reports; a mark whose test is missing or did not pass is a problem. */
export function rowsOf(marks: readonly Mark[], reports: readonly Report[]): Rows {
  const found = marks.map((mark) => rowOf(mark, reports));
  const rows = found.filter((row) => typeof row !== 'string');
  const problems = found.filter((row) => typeof row === 'string');
  const none = marks.length === 0 ? ['no test is marked with a feature'] : [];
  return { rows, problems: [...none, ...problems, ...overworked(rows)] };
}

function rowOf(mark: Mark, reports: readonly Report[]): Row | string {
  const { file, line, only, feature } = mark;
  const where = `${file}:${line}, "${feature}"`;
  const outcomes = reports.flatMap(({ files }) => files.get(file) ?? []);
  if (outcomes.length === 0) return `${where}: no lane has run this file`;
  const below = belowMark(line, outcomes);
  if (below.length === 0) return `${where}: no test stands below the mark`;
  const named = only === undefined ? below : below.filter(({ test }) => test === only);
  const [first] = named;
  if (first === undefined) return `${where}: the test below has no case "${only}"`;
  const other = named.find(({ status }) => status !== 'passed');
  if (other !== undefined) return `${where}: the test "${other.test}" did not pass: ${other.status}`;
  if (named.length > 1 && only === undefined) {
    return `${where}: the test below is a table of ${named.length}; name the case with "shown by:"`;
  }
  return { ...mark, test: first.test };
}

/** The test nearest below the mark: one, or all cases of one table. */
function belowMark(line: number, outcomes: readonly Outcome[]): readonly Outcome[] {
  const nearest = Math.min(
    ...outcomes.filter((outcome) => outcome.line > line).map((outcome) => outcome.line),
  );
  return outcomes.filter((outcome) => outcome.line === nearest);
}

function overworked(rows: readonly Row[]): readonly string[] {
  const byTest = Map.groupBy(rows, ({ file, test }) => `"${test}" of ${file}`);
  return [...byTest]
    .filter(([, found]) => found.length > MOST_ROWS)
    .map(([test, found]) => `the test ${test} proves ${found.length} features, more than ${MOST_ROWS}`);
}
