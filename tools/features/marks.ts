/** A comment above a test that says which feature the test proves. */
export interface Mark {
  readonly section: string;
  readonly feature: string;
  /** Where it was asked for: a heading of the requirements, or a row of the comparison with other systems. */
  readonly source: string;
  readonly file: string;
  readonly line: number;
  /** Of a table of tests: the one case that proves it, with the names of its groups, joined with ` > `. */
  readonly only?: string;
}

const MARK = /^\s*\/\/ Feature \[([^\]]+)\] (.+?) \(([^()]*)\)$/;
const ONLY = /^\s*\/\/ {3}shown by: (.+)$/;
const MISSPELT = /^\s*\/\/ *feature *\[/i;

/**
 * The marks in a test file: `// Feature [Control] Skip a batch (Control, H50)`, and below it, where the test is a table
 * of cases, `//   shown by: the whole name of the case`.
 *
 * @throws Error for a comment that looks like a mark and is none.
 */
export function marksIn(file: string, text: string): readonly Mark[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const [, section, feature, source] = MARK.exec(line) ?? [];
    if (section === undefined || feature === undefined || source === undefined) {
      if (MISSPELT.test(line))
        throw new Error(`${file}:${index + 1} is no mark of a feature: ${line.trim()}`);
      return [];
    }
    const only = ONLY.exec(lines[index + 1] ?? '')?.[1];
    return [{ section, feature, source, file, line: index + 1, ...(only !== undefined && { only }) }];
  });
}
