const INDENT = '  ';

/** Data as people write it down: a name and a value in each line, what belongs to it below and further in. */
export function plainText(value: unknown): string {
  return linesOf(value).join('\n');
}

function linesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => itemLines(linesOf(item)));
  if (isRecord(value)) return Object.entries(value).flatMap(([name, inner]) => fieldLines(name, inner));
  return [scalarText(value)];
}

/** A dash before the first line of an item; the others stand below it. */
function itemLines(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? '- ' : INDENT}${line}`);
}

function fieldLines(name: string, value: unknown): readonly string[] {
  if (isBlank(value)) return [`${name}: none`];
  if (typeof value !== 'object' || value === null) return [`${name}: ${scalarText(value)}`];
  return [`${name}:`, ...linesOf(value).map((line) => `${INDENT}${line}`)];
}

function isBlank(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
