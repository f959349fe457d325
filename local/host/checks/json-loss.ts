/** What a result loses on its way through JSON; undefined for nothing. */
export function lostInJson(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value);
  if (['function', 'symbol', 'bigint'].includes(typeof value)) return `a ${typeof value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return firstLost(value);
  const { constructor } = value;
  if (constructor !== undefined && constructor !== Object) return `a ${constructor.name}`;
  return firstLost(Object.values(value));
}

function firstLost(values: readonly unknown[]): string | undefined {
  return values.map(lostInJson).find((lost) => lost !== undefined);
}
