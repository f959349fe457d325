/** One test of a lane's run. */
export interface Outcome {
  /** The names of its groups and its own, joined with ` > `. */
  readonly test: string;
  /** Where its file calls `it`; all cases of a table stand on one line. */
  readonly line: number;
  readonly status: string;
}

/** What a lane's run tells: when it began, and how each test of each file went. */
export interface Report {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly files: ReadonlyMap<string, readonly Outcome[]>;
}

interface VitestReport {
  readonly startTime: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly location?: { readonly line: number };
    }[];
  }[];
}

/** Reads what vitest's JSON reporter wrote; files become relative to `root`. */
export function readReport(name: string, text: string, root: string): Report {
  const { startTime, testResults } = JSON.parse(text) as VitestReport;
  const files = testResults.map(({ name: path, assertionResults }) => {
    const outcomes = assertionResults.map(({ ancestorTitles, title, status, location }) => ({
      test: [...ancestorTitles, title].join(' > '),
      line: location?.line ?? 0,
      status,
    }));
    return [path.replace(`${root}/`, ''), outcomes] as const;
  });
  return { name, startedAt: startTime, files: new Map(files) };
}
