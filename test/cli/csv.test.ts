import { parse } from 'csv-parse/sync';
import { array, assert, constantFrom, double, oneof, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../cli/show/csv.ts';
import { aRollout } from './rollouts.ts';
import { runAgainst } from './run.ts';
import { ok } from './scripted-app.ts';

/** As another reader has it: strict in quotes, line ends and the number of cells. */
function read(csv: string): readonly (readonly string[])[] {
  return parse(csv, { record_delimiter: '\r\n', skip_empty_lines: false });
}

const LISTED = 'GET /api/rollouts?top=20';

async function listed(reasons: readonly string[], ...more: readonly string[]) {
  const value = reasons.map((reason) => aRollout({ reason }));
  const ran = await runAgainst({ [LISTED]: [ok({ value })] }, ['list', '-o', 'csv', ...more]);
  expect(ran.code, ran.err).toBe(0);
  return ran.out;
}

describe('CSV', () => {
  // Feature [For a bad night] Any data as CSV by RFC 4180, for spreadsheets (CLI)
  it('has a header, a row for each rollout, and as many cells in each', async () => {
    const rows = await listed(['plain', 'one, "two"; three']);
    const [names = [], ...cells] = read(rows);
    expect(names).toEqual(expect.arrayContaining(['id', 'scaleSet', 'phase', 'reason']));
    const reason = names.indexOf('reason');
    expect(cells.map((row) => row[reason])).toEqual(['plain', 'one, "two"; three']);
  });

  it('of a query has what was asked for, numbers and all', async () => {
    const query = '[].{id: id, n: `-1.5`, no: null, yes: `true`, list: [`1`, `2`], deep: {a: [{b: reason}]}}';
    expect(await listed(['it'], '--query', query)).toBe(
      'id,n,no,yes,list,deep\r\n20261120-100000-0000a001,-1.5,,true,"1, 2","{""a"":[{""b"":""it""}]}"\r\n',
    );
    expect(await listed(['it'], '--query', '[].[reason, phase]')).toBe('Column1,Column2\r\nit,accepted\r\n');
    expect(await listed(['it', 'that'], '--query', '[].reason')).toBe('Column1\r\nit\r\nthat\r\n');
    expect(await listed(['it'], '--query', '[0].reason')).toBe('Column1\r\nit\r\n');
  });

  it('of nothing is nothing, and of an empty text a row', async () => {
    expect(await listed([])).toBe('');
    expect(read(await listed(['']))).toHaveLength(2);
    expect(read(await listed([''], '--query', '[].reason'))).toEqual([['Column1'], ['']]);
  });

  // Feature [For a bad night] No cell of CSV is a formula to a spreadsheet (CLI)
  //   shown by: CSV > makes text of =1+1
  it.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
    ['+49 30', "'+49 30"],
    ["-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "' =1"],
    ['\rx', "' x"],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['x;=1', 'x;=1'],
    ['-3', '-3'],
    ['-3.5', '-3.5'],
    ['a=b', 'a=b'],
  ])('makes text of %s', async (reason, cell) => {
    expect(read(await listed([reason], '--query', '[].{reason: reason}'))).toEqual([['reason'], [cell]]);
  });

  it('makes text of names of columns, too', async () => {
    expect(read(await listed(['x'], '--query', '[].{"=1+1": reason}'))).toEqual([["'=1+1"], ['x']]);
  });

  it('is whole for every text, and has no sign that a terminal acts on', () => {
    const signs = constantFrom(
      '"',
      ',',
      ';',
      '=',
      '+',
      '-',
      '@',
      "'",
      '\t',
      '\r',
      '\n',
      ' ',
      '\u001B',
      '\u202E',
    );
    const cells = string({ unit: oneof(signs, string()) });
    const number = double({ noNaN: true, noDefaultInfinity: true });
    const tables = array(record({ a: cells, b: cells, c: number }), { minLength: 1 });
    assert(
      property(tables, (rows) => {
        const written = csvOf(rows);
        const [names, ...all] = read(written);
        expect(names).toEqual(['a', 'b', 'c']);
        expect(all).toHaveLength(rows.length);
        expect(written.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        for (const [index, [a = '', , c]] of all.entries()) {
          expect(a).toMatch(/^(?:[^=+\-@]|-?\d+(?:\.\d+)?$|$)/);
          expect(Number(c) === rows[index]?.c, c).toBe(true);
        }
      }),
    );
  });

  it('is not written row by row: --follow is refused', async () => {
    const { code, err } = await runAgainst({}, ['events', '@latest', '--follow', '-o', 'csv']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: --follow and -o csv contradict each other\n',
    });
  });
});
