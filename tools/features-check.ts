/** One feature and the test that proves it, as `docs/FEATURES.md` has it. */
export interface Feature {
  readonly line: number;
  readonly feature: string;
  readonly source: string;
  readonly file: string;
  readonly test: string;
}

/** What a lane's run tells: when it began, and how each test of each file went. */
export interface Report {
  readonly name: string;
  readonly startedAt: number;
  /** By file, then by the names of the groups and the test, joined with ` > `; a name may stand there twice. */
  readonly tests: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** The newest change that a report must be younger than. */
export interface LastChange {
  readonly what: string;
  readonly at: number;
}

/** A test that proves everything proves nothing in particular. */
const MOST_ROWS = 3;

const HEADER = ['feature', 'source', 'test file', 'test'];

/** The rows of the tables that name tests; tables of another shape, such as what is not there yet, are left out. */
export function featuresIn(markdown: string): readonly Feature[] {
  const features: Feature[] = [];
  let isInside = false;
  for (const [index, line] of markdown.split('\n').entries()) {
    const cells = cellsOf(line);
    if (cells.length === 0) isInside = false;
    else if (cells.join('|') === HEADER.join('|')) isInside = true;
    else if (isInside && !cells.every((cell) => /^:?-+:?$/.test(cell))) {
      const [feature = '', source = '', file = '', test = ''] = cells;
      features.push({ line: index + 1, feature, source, file: unquoted(file), test: unquoted(test) });
    }
  }
  return features;
}

/** A `|` inside a cell is written `\|`. */
function cellsOf(line: string): readonly string[] {
  const text = line.trim();
  if (!text.startsWith('|')) return [];
  return text
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

function unquoted(cell: string): string {
  return /^`(.*)`$/.exec(cell)?.[1] ?? cell;
}

interface VitestReport {
  readonly startTime: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** Reads what vitest's JSON reporter wrote; files become relative to `root`. */
export function readReport(name: string, text: string, root: string): Report {
  const { startTime, testResults } = JSON.parse(text) as VitestReport;
  const tests = new Map<string, Map<string, readonly string[]>>();
  for (const { name: path, assertionResults } of testResults) {
    const ofFile = new Map<string, readonly string[]>();
    for (const { ancestorTitles, title, status } of assertionResults) {
      const test = [...ancestorTitles, title].join(' > ');
      ofFile.set(test, [...(ofFile.get(test) ?? []), status]);
    }
    tests.set(path.replace(`${root}/`, ''), ofFile);
  }
  return { name, startedAt: startTime, tests };
}

/** All that speaks against the table: tests that are not there, did not pass, were not run since, or prove too much. */
export function problemsOf(
  features: readonly Feature[],
  reports: readonly Report[],
  change: LastChange,
): readonly string[] {
  const stale = reports
    .filter(({ startedAt }) => startedAt <= change.at)
    .map(
      ({ name, startedAt }) =>
        `the report ${name} of ${time(startedAt)} is older than ${change.what} of ${time(change.at)}: run that lane again`,
    );
  const none = features.length === 0 ? ['no table names a test'] : [];
  const rows = features.flatMap((feature) => {
    const problem = problemOf(feature, reports);
    return problem === undefined ? [] : [`line ${feature.line}, "${feature.feature}": ${problem}`];
  });
  return [...stale, ...none, ...rows, ...overworked(features)];
}

function problemOf({ source, file, test }: Feature, reports: readonly Report[]): string | undefined {
  if (source === '') return 'it names no source';
  if (file === '' || test === '') return 'it names no test';
  const files = reports.flatMap(({ tests }) => tests.get(file) ?? []);
  if (files.length === 0) return `no file ${file} was run`;
  const statuses = files.flatMap((tests) => tests.get(test) ?? []);
  if (statuses.length === 0) return `${file} has no test "${test}"`;
  const other = statuses.find((status) => status !== 'passed');
  return other === undefined ? undefined : `the test "${test}" of ${file} did not pass: ${other}`;
}

function overworked(features: readonly Feature[]): readonly string[] {
  const byTest = Map.groupBy(features, ({ file, test }) => `"${test}" of ${file}`);
  return [...byTest]
    .filter(([, rows]) => rows.length > MOST_ROWS)
    .map(
      ([test, rows]) =>
        `the test ${test} serves ${rows.length} rows, more than ${MOST_ROWS}: lines ${rows.map(({ line }) => line).join(', ')}`,
    );
}

function time(at: number): string {
  return new Date(at).toISOString();
}
