import { describe, expect, it } from 'vitest';
import { featuresIn, problemsOf, readReport } from '../../tools/features-check.ts';

const FILE = 'test/a.test.ts';
const CHANGE = { what: 'the last commit', at: 1000 };

/** A table of features, each with the test of `test/a.test.ts` that is to prove it. */
function table(...tests: readonly string[]): string {
  const rows = tests.map((test, index) => `| f${index} | Control | \`${FILE}\` | ${test} |`);
  return [
    '# Features',
    '',
    '| feature | source | test file | test |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** A report as vitest writes it: tests of one file by name, those of a group behind ` > `. */
function report(tests: Readonly<Record<string, string>>, startTime = 2000) {
  const assertionResults = Object.entries(tests).map(([name, status]) => {
    const titles = name.split(' > ');
    return { ancestorTitles: titles.slice(0, -1), title: titles.at(-1), status };
  });
  const text = JSON.stringify({ startTime, testResults: [{ name: `/root/${FILE}`, assertionResults }] });
  return readReport('fast', text, '/root');
}

function check(markdown: string, tests: Readonly<Record<string, string>>, startTime?: number) {
  return problemsOf(featuresIn(markdown), [report(tests, startTime)], CHANGE);
}

const GOOD = { 'holds the floor': 'passed', 'a pause > sends nothing': 'passed' };

describe('the table of features', () => {
  it('is in order when each of its tests has passed', () => {
    expect(check(table('holds the floor', 'a pause > sends nothing'), GOOD)).toEqual([]);
  });

  it('must name tests that are there, to the letter', () => {
    expect(check(table('holds the flor'), GOOD)).toEqual([
      `line 5, "f0": ${FILE} has no test "holds the flor"`,
    ]);
    expect(check(table('sends nothing'), GOOD)).toHaveLength(1);
  });

  it('must name a file that was run', () => {
    expect(check(table('holds the floor').replaceAll('a.test', 'b.test'), GOOD)).toEqual([
      'line 5, "f0": no file test/b.test.ts was run',
    ]);
  });

  it.each(['failed', 'skipped', 'pending', 'todo'])('must not name a test that is %s', (status) => {
    expect(check(table('holds the floor'), { 'holds the floor': status })).toEqual([
      `line 5, "f0": the test "holds the floor" of ${FILE} did not pass: ${status}`,
    ]);
  });

  it('may lean on one test three times, not four', () => {
    const rows = ['holds the floor', 'holds the floor', 'holds the floor'];
    expect(check(table(...rows), GOOD)).toEqual([]);
    expect(check(table(...rows, 'holds the floor'), GOOD)).toEqual([
      `the test "holds the floor" of ${FILE} serves 4 rows, more than 3: lines 5, 6, 7, 8`,
    ]);
  });

  it('is not proven by a run from before the last change', () => {
    expect(check(table('holds the floor'), GOOD, 999)).toEqual([
      expect.stringContaining('the report fast of 1970-01-01T00:00:00.999Z is older than the last commit'),
    ]);
  });

  it('must name a test and a source in each row, and some rows at all', () => {
    expect(check(table(''), GOOD)).toEqual(['line 5, "f0": it names no test']);
    expect(check(table('holds the floor').replace('Control', ''), GOOD)).toEqual([
      'line 5, "f0": it names no source',
    ]);
    expect(check('# Features', GOOD)).toEqual(['no table names a test']);
  });

  it('has other tables beside it, and names with a bar in them', () => {
    const others = '| feature | source | comes with |\n| --- | --- | --- |\n| surge | J57 | surge |\n\n';
    const markdown = others + table(String.raw`a \| b`);
    expect(featuresIn(markdown)).toMatchObject([{ feature: 'f0', test: 'a | b' }]);
    expect(check(markdown, { 'a | b': 'passed' })).toEqual([]);
  });
});
