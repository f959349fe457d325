import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Row {
  readonly kind: string;
  readonly bound: string;
  readonly command: string;
  readonly file: string;
  readonly name: string;
}

/** By hand, from the API's contract. */
const KINDS = [
  'access',
  'approval',
  'floor',
  'freeze',
  'health',
  'operation',
  'queue',
  'recovery',
  'resume',
  'soak',
  'throttling',
  'unreachable',
  'window',
];

const section = /## Every wait(.*?)\n## /s.exec(readFileSync('docs/RUNBOOK.md', 'utf8'))?.[1] ?? '';

const rows: readonly Row[] = section
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [kind = '', , bound = '', command = '', test = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    const [file = '', name = ''] = test.replaceAll('`', '').split(' > ');
    return { kind: kind.replaceAll('`', ''), bound, command, file, name };
  });

describe('the table of waits', () => {
  // Feature [Service behaviour that is expected] Every wait stands in one table with its bound, its command and its test (issue 11)
  it('has every kind of wait', () => {
    expect([...new Set(rows.map(({ kind }) => kind))].toSorted()).toEqual(KINDS);
  });

  it.each(rows)('$kind: has a bound, a command, and a test that is there ($name)', (row) => {
    expect(row.bound).not.toBe('');
    expect(row.command).toContain('`');
    expect(existsSync(`test/${row.file}`)).toBe(true);
    expect(readFileSync(`test/${row.file}`, 'utf8')).toContain(row.name);
  });
});
