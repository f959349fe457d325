/**
 * The fields of a query as the Functions host hands them on: one text for each name, whose case does not count, in the
 * order of their coming, repeated ones joined (`1,2`; GrpcMessageConversionExtensions of the host, and Kestrel 10.0).
 */
export function joinedQuery(url: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const found = new Map<string, string>();
  for (const [name, value] of new URL(url).searchParams) {
    const known = names.get(name.toLowerCase());
    if (known === undefined) names.set(name.toLowerCase(), name);
    const before = known === undefined ? undefined : found.get(known);
    found.set(known ?? name, before === undefined ? value : `${before},${value}`);
  }
  return found;
}

/** The first value under a name, whatever its case. */
export function firstInQuery(url: string, wanted: string): string | undefined {
  const entry = [...new URL(url).searchParams].find(([name]) => name.toLowerCase() === wanted);
  return entry?.[1];
}
