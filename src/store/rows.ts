/** Numbers as row keys: zero-padded, so that text order is number order. */
export function numberRow(number: number): string {
  return String(number).padStart(8, '0');
}
