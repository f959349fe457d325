import { IMAGE_VERSION, inverse } from './delta.ts';
import type { PropertyChange } from './delta.ts';
import type { LedgerRow } from './ledger.ts';

/**
 * What puts the model back. Where it said `latest`, it is pinned to the version that most touched instances ran:
 * `latest` would bring them to whatever is newest by now.
 */
export function wayBack(
  delta: readonly PropertyChange[],
  rows: readonly LedgerRow[],
): readonly PropertyChange[] {
  const ran = commonest(rows.filter((row) => row.touched).map((row) => row.imageBefore));
  return inverse(delta).map((change) =>
    change.path === IMAGE_VERSION && change.after === 'latest' && ran !== undefined
      ? { ...change, after: ran }
      : change,
  );
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
