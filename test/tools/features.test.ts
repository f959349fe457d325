import { describe, expect, it } from 'vitest';
import { marksIn } from '../../tools/features/marks.ts';
import { linesIn, pageOf } from '../../tools/features/page.ts';
import { readReport } from '../../tools/features/report.ts';
import { rowsOf } from '../../tools/features/rows.ts';

const FILE = 'test/a.test.ts';

interface Ran {
  readonly test: string;
  readonly line: number;
  readonly status?: string;
}

/** A report as vitest writes it: tests of one file, the names of groups before ` > `. */
function report(...ran: readonly Ran[]) {
  const assertionResults = ran.map(({ test, line, status = 'passed' }) => {
    const titles = test.split(' > ');
    return { ancestorTitles: titles.slice(0, -1), title: titles.at(-1), status, location: { line } };
  });
  const text = JSON.stringify({
    startTime: 2000,
    testResults: [{ name: `/root/${FILE}`, assertionResults }],
  });
  return readReport('fast', text, '/root');
}

function rows(text: string, ...ran: readonly Ran[]) {
  return rowsOf(marksIn(FILE, text), [report(...ran)]);
}

const MARK = '// Feature [Control] Skip a batch (Control, H50)';
const FLOOR = { test: 'holds the floor', line: 2 };

describe('a feature', () => {
  it('is proven by the test below its mark', () => {
    const { rows: found, problems } = rows(MARK, FLOOR, { test: 'later', line: 9 });
    expect(problems).toEqual([]);
    expect(found).toMatchObject([
      { section: 'Control', feature: 'Skip a batch', source: 'Control, H50', test: 'holds the floor' },
    ]);
  });

  it('is proven by the case that its mark names, where the test is a table', () => {
    const cases = [
      { test: 'a pause > in planning', line: 3 },
      { test: 'a pause > in soaking', line: 3, status: 'failed' },
    ];
    const { rows: found, problems } = rows(`${MARK}\n//   shown by: a pause > in planning`, ...cases);
    expect(problems).toEqual([]);
    expect(found).toMatchObject([{ test: 'a pause > in planning' }]);
    expect(rows(`${MARK}\n//   shown by: a pause > in panning`, ...cases).problems).toEqual([
      `${FILE}:1, "Skip a batch": the test below has no case "a pause > in panning"`,
    ]);
  });

  it('is not proven by a table as a whole', () => {
    expect(rows(MARK, { test: 'a', line: 3 }, { test: 'b', line: 3 }).problems).toEqual([
      `${FILE}:1, "Skip a batch": the test below is a table of 2; name the case with "shown by:"`,
    ]);
  });

  it.each(['failed', 'skipped', 'pending', 'todo'])('is not proven by a test that is %s', (status) => {
    expect(rows(MARK, { ...FLOOR, status })).toEqual({
      rows: [],
      problems: [`${FILE}:1, "Skip a batch": the test "holds the floor" did not pass: ${status}`],
    });
  });

  it('is not proven by a file that no lane has run, nor by nothing below it', () => {
    expect(rowsOf(marksIn('test/b.test.ts', MARK), [report(FLOOR)]).problems).toEqual([
      'test/b.test.ts:1, "Skip a batch": no lane has run this file',
    ]);
    expect(rows(`\n\n${MARK}`, FLOOR).problems).toEqual([
      `${FILE}:3, "Skip a batch": no test stands below the mark`,
    ]);
    expect(rows('', FLOOR).problems).toEqual(['no test is marked with a feature']);
  });

  it('shares its test with two others, not with three', () => {
    const below = { ...FLOOR, line: 9 };
    expect(rows([MARK, MARK, MARK].join('\n'), below).problems).toEqual([]);
    expect(rows([MARK, MARK, MARK, MARK].join('\n'), below).problems).toEqual([
      `the test "holds the floor" of ${FILE} proves 4 features, more than 3`,
    ]);
  });

  it('has a mark that can be read, or the page is not made', () => {
    expect(() => marksIn(FILE, '// Feature [Control] Skip a batch')).toThrow(`${FILE}:1 is no mark`);
    expect(() => marksIn(FILE, '// feature[Control] Skip a batch (H50)')).toThrow('no mark of a feature');
  });
});

describe('the page of features', () => {
  const page = pageOf(rows(MARK.replace('Skip a', 'Skip | a'), FLOOR).rows);

  it('has a row for each, under its heading', () => {
    expect(page).toContain('## Control\n\n| feature | source | test file | test |');
    expect(page).toContain(
      String.raw`| Skip \| a batch | Control, H50 | ${'`test/a.test.ts`'} | holds the floor |`,
    );
  });

  it('is compared by its rows, whatever the width of the columns', () => {
    const wide = page.replaceAll('| Control, H50 |', '| Control, H50      |').replaceAll('---', '-----');
    expect(linesIn(wide)).toEqual(linesIn(page));
    expect(linesIn(page.replace('H50', 'H51'))).not.toEqual(linesIn(page));
  });
});
