import { cut, pad, plain, widthOf } from './text.ts';

type Cell = string | number | boolean | null | undefined;

const WIDEST_CELL = 100;

/** Plain columns under a dashed rule, as `az --output table` prints them. */
export function table(names: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const headers = names.map((name) => plain(name));
  const cells = rows.map((row) => row.map((cell) => cut(words(cell), WIDEST_CELL)));
  const widths = headers.map((header, column) =>
    Math.max(header.length, ...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ');
  const rule = widths.map((width) => '-'.repeat(width));
  return [headers, rule, ...cells].map((row) => `${line(row).trimEnd()}\n`).join('');
}

/** One `name  value` line each; those without a value are left out. */
export function fields(pairs: readonly (readonly [name: string, value: Cell])[]): string {
  const given = pairs
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => [plain(name), value] as const);
  const width = Math.max(0, ...given.map(([name]) => name.length));
  return given.map(([name, value]) => `${name.padEnd(width)}  ${words(value)}\n`).join('');
}

function words(cell: Cell): string {
  return cell === undefined || cell === null ? '' : plain(String(cell));
}
