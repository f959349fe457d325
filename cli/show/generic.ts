import { fields, table } from './table.ts';
import { plain } from './text.ts';

type Cell = string | number | boolean | null | undefined;
type Fields = Readonly<Record<string, unknown>>;

/** Any data as a table: objects a row each, as `az --output table` prints them. */
export function genericText(value: unknown): string {
  if (!Array.isArray(value)) {
    return isFields(value)
      ? fields(Object.entries(value).map(([name, cell]) => [name, cellOf(cell)]))
      : lineOf(value);
  }
  const all: readonly unknown[] = value;
  if (all.length === 0) return '';
  if (!all.every((row) => isFields(row)) && !all.every((row) => Array.isArray(row))) {
    return all.map((row) => lineOf(row)).join('');
  }
  const { names, rows } = inRows(all);
  return table(
    names,
    rows.map((row) => row.map((cell) => cellOf(cell))),
  );
}

interface Rows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Any data as rows of as many cells as there are names; what has no names gets numbered ones. */
export function inRows(value: unknown): Rows {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (all.every((row) => isFields(row))) {
    const names = [...new Set(all.flatMap((row) => Object.keys(row)))];
    return { names, rows: all.map((row) => names.map((name) => row[name])) };
  }
  const cells = all.map((row): readonly unknown[] => (Array.isArray(row) ? row : [row]));
  const widest = Math.max(...cells.map((row) => row.length));
  const names = Array.from({ length: widest }, (_, column) => `Column${column + 1}`);
  return { names, rows: cells.map((row) => names.map((_, column) => row[column])) };
}

/** Values between tabs, a line each, as `az --output tsv` prints them: nothing nested, nothing named. */
export function tsvOf(value: unknown): string {
  const rows: readonly unknown[] = Array.isArray(value) ? value : [value];
  return rows
    .map(
      (row) =>
        `${valuesOf(row)
          .map((cell) => tsvCell(cell))
          .join('\t')}\n`,
    )
    .join('');
}

function valuesOf(row: unknown): readonly unknown[] {
  if (Array.isArray(row)) return row;
  return isFields(row) ? Object.values(row) : [row];
}

function tsvCell(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value)) return String(value.length);
  return isFields(value) ? '' : plain(wordOf(value));
}

/** What is nested has no place in a cell. */
function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return undefined;
  return value.every((one) => !isFields(one) && !Array.isArray(one)) ? value.join(', ') : undefined;
}

function lineOf(value: unknown): string {
  return value === null || value === undefined ? '' : `${plain(wordOf(value))}\n`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
