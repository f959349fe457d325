/** The one of the names that was probably meant, if one is near enough. */
export function meantBy(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  const near = names
    .map((name) => ({ name, far: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(Math.max(name.length, typed.length) * 0.4)))
    .sort((a, b) => a.far - b.far);
  const longer = names.filter((name) => wanted.length > 2 && name.toLowerCase().startsWith(wanted));
  return longer.length === 1 ? longer[0] : near[0]?.name;
}

/** How many letters are to be added, taken, changed or swapped with their neighbours. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      now.push(
        Math.min(
          at(now, column - 1) + 1,
          at(rows[row - 1], column) + 1,
          at(rows[row - 1], column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(rows[row - 2], column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(now);
  }
  return at(rows[from.length], to.length);
}

function at(row: readonly number[] | undefined, column: number): number {
  return row?.[column] ?? Number.POSITIVE_INFINITY;
}
