import { inRows } from './generic.ts';
import { plain } from './text.ts';

/**
 * Any data as RFC 4180 has it, a header above: objects a row each, and what is nested in one as JSON. Words of others
 * are spelled out as everywhere, and no cell of text is a formula to a spreadsheet.
 */
export function csvOf(value: unknown): string {
  const { names, rows } = inRows(value);
  if (rows.length === 0) return '';
  return [names, ...rows].map((row) => lineOf(row)).join('');
}

function lineOf(row: readonly unknown[]): string {
  const line = row.map((cell) => cellOf(cell)).join(',');
  // Readers take an empty line for none.
  return `${line === '' ? '""' : line}\r\n`;
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = harmless(textOf(value));
  return /[",;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  return JSON.stringify(value);
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** What spreadsheets take for the beginning of a formula, in both widths, also behind blanks (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/** Text that no spreadsheet calculates: an apostrophe in front of it says that it is text. */
function harmless(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${plain(text)}` : plain(text);
}
